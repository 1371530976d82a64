using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Verification;
using MigrationGuard.Verification.Planning;

namespace MigrationGuard.Tests.Verification;

/// <summary>A source table that nobody thought of is seen.</summary>
public sealed class CoverageTests
{
    [Fact]
    public void A_table_that_no_entity_covers_is_named()
    {
        var coverage = Of(Options(["dbo.Contact"], []), Table("Contact"), Table("Case"));
        coverage.Uncovered.Select(remark => (remark.Comparison, remark.Table)).ShouldBe([("crm", "dbo.Case")]);
        coverage.Excluded.ShouldBeEmpty();
    }

    [Fact]
    public void A_table_that_is_excluded_with_a_reason_is_named_with_it()
    {
        var coverage = Of(Options(["Contact"], [new("dbo.Case", "empty since 2019")]), Table("Contact"), Table("Case"));
        coverage.Uncovered.ShouldBeEmpty();
        coverage.Excluded.ShouldBe([new TableRemark("crm", "dbo.Case", "empty since 2019")]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void A_table_that_is_excluded_without_a_reason_is_uncovered(string reason) =>
        Of(Options([], [new("Case", reason)]), Table("Case")).Uncovered.Count.ShouldBe(1);

    [Fact]
    public void Excluding_a_table_that_is_not_there_covers_nothing() =>
        Of(Options([], [new("Cases", "no longer used")]), Table("Case")).Uncovered.Single().Table.ShouldBe("dbo.Case");

    [Fact]
    public void A_table_covered_under_another_case_is_covered() =>
        Of(Options(["CASE"], []), Table("Case")).Uncovered.ShouldBeEmpty();

    [Fact]
    public void A_name_that_fits_two_tables_covers_neither() =>
        Of(Options(["CASE"], []), Table("Case"), Table("case")).Uncovered.Count.ShouldBe(2);

    [Fact]
    public void A_table_of_the_same_name_in_another_schema_is_another_table() =>
        Of(Options(["Case"], []), Table("Case"), Table("Case", schema: "archive")).Uncovered.Single().Table.ShouldBe("archive.Case");

    [Fact]
    public void Views_need_no_cover() =>
        Of(Options([], []), Table("Active") with { IsView = true }).Uncovered.ShouldBeEmpty();

    [Fact]
    public void An_uncovered_table_is_never_GO()
    {
        CheckResult[] matches = [new() { Comparison = "crm", Check = CheckNames.RecordCount, Outcome = new CheckOutcome.Match() }];
        Verdicts.Of(matches, Scope.Full, uncoveredTables: 0).ShouldBe(Verdict.Go);
        Verdicts.Of(matches, Scope.Full, uncoveredTables: 1).ShouldBe(Verdict.Incomplete);
        Verdicts.Of(matches, Scope.Partial, uncoveredTables: 0).ShouldBe(Verdict.Incomplete);
    }

    private static Coverage Of(ComparisonOptions options, params Table[] tables) =>
        Coverage.Of("crm", options, new Catalogue(new ServerDescription("test", "1", "crm", "test:crm", null, "none"), "dbo", tables));

    private static ComparisonOptions Options(string[] entities, List<ExcludedTable> excluded) => new()
    {
        Entities = entities.ToDictionary(table => table, table => new EntityOptions { Source = table }),
        Excluded = excluded,
    };

    private static Table Table(string name, string schema = "dbo") => new(new TableName(schema, name), IsView: false, null, [], []);
}

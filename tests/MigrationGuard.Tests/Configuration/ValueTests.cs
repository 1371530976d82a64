using MigrationGuard.Databases;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.Configuration;

public sealed class ValueTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{ "Databases": { "x": { "Provider": "Sqlite", "MaxConnections": "4" } } }""", "Databases:x:MaxConnections", "expected a whole number, found text.")]
    [InlineData("""{ "Databases": { "x": { "Provider": "Sqlite", "MaxConnections": 1.5 } } }""", "Databases:x:MaxConnections", "expected a whole number, found one that is not, or is out of range.")]
    [InlineData("""{ "Databases": { "x": { "Provider": "Sqlite", "MaxConnections": 3000000000 } } }""", "Databases:x:MaxConnections", "expected a whole number, found one that is not, or is out of range.")]
    [InlineData("""{ "Databases": { "x": { "Provider": 1 } } }""", "Databases:x:Provider", "expected one of SqlServer, PostgreSql, Sqlite, found a number.")]
    [InlineData("""{ "Databases": { "x": { "Provider": "Oracle" } } }""", "Databases:x:Provider", "expected one of SqlServer, PostgreSql, Sqlite, found other text.")]
    [InlineData("""{ "Databases": { "x": { "ConnectionString": "y" } } }""", "Databases:x:Provider", "is missing.")]
    [InlineData("""{ "Databases": { "x": "Data Source=x" } }""", "Databases:x", "expected an object, found text.")]
    [InlineData("""{ "Databases": [] }""", "Databases", "expected an object, found a list.")]
    [InlineData("""{ "Verification": { "DeadlineHours": 1e999 } }""", "Verification:DeadlineHours", "expected a number, found one that is not, or is out of range.")]
    [InlineData("""{ "Verification": { "DeadlineHours": true } }""", "Verification:DeadlineHours", "expected a number, found true.")]
    [InlineData("""{ "Project": { "Name": null } }""", "Project:Name", "expected text, found null.")]
    [InlineData("""{ "Comparisons": { "c": { "AllowSameDatabase": "true" } } }""", "Comparisons:c:AllowSameDatabase", "expected true or false, found text.")]
    [InlineData("""{ "Comparisons": { "c": { "Queries": "queries" } } }""", "Comparisons:c:Queries", "expected a list, found text.")]
    [InlineData("""{ "Comparisons": { "c": { "Queries": [{}] } } }""", "Comparisons:c:Queries:0", "expected text, found an object.")]
    [InlineData("""{ "Comparisons": { "c": { "Excluded": "dbo.X" } } }""", "Comparisons:c:Excluded", "expected an object of tables and reasons, or a list, found text.")]
    [InlineData("""{ "Comparisons": { "c": { "Excluded": ["dbo.X"] } } }""", "Comparisons:c:Excluded:0", "expected a table and a reason, found text.")]
    [InlineData("""{ "Comparisons": { "c": { "Excluded": [{ "Table": "x", "Reson": "y" }] } } }""", "Comparisons:c:Excluded:0:Reson", "is not a known option.")]
    [InlineData("""{ "Comparisons": { "c": { "Entities": { "e": { "BreakdownBy": [["a", 1]] } } } } }""", "Comparisons:c:Entities:e:BreakdownBy:0:1", "expected text, found a number.")]
    [InlineData("""{ "Comparisons": { "c": { "FrozenAt": "yesterday" } } }""", "Comparisons:c:FrozenAt", "expected a date and time with its offset, found text.")]
    [InlineData("""{ "Comparisons": { "c": { "ExpectedDifferences": [{ "Expires": "31/12/2026" }] } } }""", "Comparisons:c:ExpectedDifferences:0:Expires", "expected a date, found text.")]
    public void A_value_of_the_wrong_type_is_a_problem_that_says_what_was_expected_and_found(string section, string place, string problem)
    {
        var first = _folder.Problems($$"""{ "MigrationGuard": {{section}} }""").First();

        first.Place.ShouldBe(place);
        first.Problem.ShouldBe(problem);
        first.Remedy.ShouldNotBeEmpty();
    }

    [Fact]
    public void Enumerations_are_matched_in_any_case()
    {
        _folder.ReadSection("""{ "Store": { "Provider": "postgresql" } }""").Store.Provider.ShouldBe(Provider.PostgreSql);
        _folder.ReadSection("""{ "Comparisons": { "c": { "Depth": "Counts" } } }""").Comparisons["c"].Depth.ShouldBe(Depth.Counts);
    }

    [Fact]
    public void A_number_does_not_stand_for_an_enumeration_even_as_text()
    {
        _folder.Problems("""{ "MigrationGuard": { "Store": { "Provider": "1" } } }""").ShouldHaveSingleItem().Place.ShouldBe("Store:Provider");
    }

    [Theory]
    [InlineData("""{ "dbo.A": "one", "dbo.B": "two" }""")]
    [InlineData("""[ { "Table": "dbo.A", "Reason": "one" }, { "table": "dbo.B", "reason": "two" } ]""")]
    [InlineData("""[ { "dbo.A": "one" }, { "Table": "dbo.B", "Reason": "two" } ]""")]
    [InlineData("""[ { "dbo.A": "one", "dbo.B": "two" } ]""")]
    public void Excluded_tables_are_an_object_a_list_or_both(string excluded)
    {
        _folder.Load(ConfigurationFolder.Valid($"\"Excluded\": {excluded}")).Comparisons["crm"].Excluded
            .ShouldBe([new ExcludedTable("dbo.A", "one"), new ExcludedTable("dbo.B", "two")]);
    }

    [Fact]
    public void An_excluded_table_may_be_called_Table()
    {
        _folder.Load(ConfigurationFolder.Valid("\"Excluded\": { \"Table\": \"an unlucky name\" }")).Comparisons["crm"].Excluded
            .ShouldBe([new ExcludedTable("Table", "an unlucky name")]);
    }

    [Fact]
    public void A_breakdown_is_by_a_column_or_a_combination()
    {
        var options = _folder.ReadSection("""{ "Comparisons": { "c": { "Entities": { "e": { "BreakdownBy": ["a", ["a", "b"]] } } } } }""");

        options.Comparisons["c"].Entities["e"].BreakdownBy.Select(by => string.Join("+", by.Columns)).ShouldBe(["a", "a+b"]);
    }

    [Theory]
    [InlineData("2026-03-06T18:00:00+01:00", 17)]
    [InlineData("2026-03-06T18:00:00Z", 18)]
    [InlineData("2026-03-06T18:00-02:00", 20)]
    [InlineData("2026-03-06T18:00:00.0000000+00:00", 18)]
    public void The_freeze_time_is_a_moment(string text, int utcHour)
    {
        _folder.Load(ConfigurationFolder.Valid($"\"FrozenAt\": \"{text}\"")).Comparisons["crm"].FrozenAt
            .ShouldBe(new DateTimeOffset(2026, 3, 6, utcHour, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("2026-03-06T18:00:00")]
    [InlineData("2026-03-06T18:00")]
    [InlineData("2026-03-06")]
    public void A_freeze_time_without_an_offset_is_a_problem(string text)
    {
        var problem = _folder.OnlyProblem($"\"FrozenAt\": \"{text}\"");

        problem.Place.ShouldBe("Comparisons:crm:FrozenAt");
        problem.Problem.ShouldStartWith("has no offset");
        problem.Remedy.ShouldContain("+00:00");
    }

    [Fact]
    public void What_may_be_unset_may_be_null()
    {
        var difference = _folder.ReadSection("""
            { "Comparisons": { "c": { "FrozenAt": null, "ExpectedDifferences": [
                { "Expires": null, "ApprovedBy": null, "AtMost": null, "Groups": [["1", null]] } ] } } }
            """).Comparisons["c"].ExpectedDifferences.ShouldHaveSingleItem();

        difference.Expires.ShouldBeNull();
        difference.Groups.ShouldHaveSingleItem().ShouldBe(["1", null]);
    }

    [Fact]
    public void An_expiry_is_a_day()
    {
        _folder.ReadSection("""{ "Comparisons": { "c": { "ExpectedDifferences": [{ "Expires": "2026-12-31" }] } } }""")
            .Comparisons["c"].ExpectedDifferences[0].Expires.ShouldBe(new DateOnly(2026, 12, 31));
    }
}

using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Verification;

/// <summary>What a query pair must say, on every pair of engines.</summary>
public sealed class QueryPairConformance : IDisposable
{
    private const string ByState = "SELECT state, count(*) AS cases, max(id) AS highest FROM cases GROUP BY state";
    private const string EachCase = "SELECT id, title, state FROM cases";

    private readonly QueryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task Equal_results_match_and_a_changed_value_a_missing_row_and_an_extra_row_are_found(Provider source, Provider target)
    {
        _folder.WriteQuery("each-case", "id", EachCase);
        await using var migration = await CreateAsync(source, target);
        var equal = await VerifyAsync(migration, "each-case");
        equal.ShouldMatch();
        (equal.Source!["rows"].Number, equal.Target!["matched"].Number).ShouldBe((12, 12));
        equal.Proves.ShouldBe("A title: DPIA 4.2");
        equal.Entity.ShouldBeNull();

        await migration.Target.ExecuteAsync("UPDATE cases SET title = 'case 3' WHERE id = 3");
        await migration.Target.ExecuteAsync("DELETE FROM cases WHERE id = 5");
        await migration.Target.ExecuteAsync(TestMigration.CaseRow(13));
        var differing = await VerifyAsync(migration, "each-case");
        differing.ShouldMismatch()
            .Select(finding => (finding.Kind, finding.Group!.Single().Number, finding.Columns?.Single(), finding.Source?.Text, finding.Target?.Text))
            .ShouldBe(
            [
                (FindingKinds.ValueDiffers, 3L, "title", "Case 3", "case 3"),
                (FindingKinds.MissingInTarget, 5L, null, null, null),
                (FindingKinds.ExtraInTarget, 13L, null, null, null),
            ], ignoreOrder: true);
        differing.Source!["matched"].Number.ShouldBe(10);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task A_tolerance_allows_what_it_says_and_no_more_and_is_recorded(Provider source, Provider target)
    {
        _folder.WriteQuery("by-state", "state", ByState, "tolerance: cases = 1", "tolerance: highest = 2");
        await using var migration = await CreateAsync(source, target);
        (await VerifyAsync(migration, "by-state")).Narrowed.ShouldBeEmpty();

        await migration.Target.ExecuteAsync(TestMigration.CaseRow(13));
        var within = await VerifyAsync(migration, "by-state");
        within.ShouldMismatch().Single().Columns.ShouldBe(["highest"]);
        within.Narrowed.ShouldContain("cases: numbers up to 1 apart are taken as the same");

        await migration.Target.ExecuteAsync("DELETE FROM cases WHERE id IN (1, 13)");
        (await VerifyAsync(migration, "by-state")).ShouldMatch();
        await migration.Target.ExecuteAsync("DELETE FROM cases WHERE id = 4");
        (await VerifyAsync(migration, "by-state")).ShouldMismatch().Single().Columns.ShouldBe(["cases"]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task Results_that_cannot_be_matched_are_not_checked_with_the_reason(Provider source, Provider target)
    {
        _folder.WriteQuery("duplicate-key", "state", "SELECT state, id FROM cases");
        _folder.WriteQuery("no-key-column", "number", EachCase);
        _folder.WriteQuery("same-name-twice", "id", "SELECT id, state AS a, state AS a FROM cases");
        _folder.WriteQuery("fails", "id", "SELECT id, colour FROM cases");
        _folder.WriteQuery("other-engine-only", "id", EachCase, "engine: " + OtherThan(source, target));
        await using var migration = await CreateAsync(source, target);
        var results = (await migration.VerifyAsync()).Where(result => result.Entity is null).ToDictionary(result => result.Check);
        results["query:duplicate-key"].ShouldNotBeChecked().ShouldContain("two rows with the key");
        results["query:no-key-column"].ShouldNotBeChecked().ShouldContain("no column number");
        results["query:same-name-twice"].ShouldNotBeChecked().ShouldContain("two columns of one name");
        results["query:fails"].ShouldNotBeChecked().ShouldContain("colour");
        results["query:other-engine-only"].ShouldNotBeChecked().ShouldContain("has no text for");
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task More_rows_than_allowed_are_not_checked_and_more_findings_are_counted_by_their_kind(Provider source, Provider target)
    {
        _folder.WriteQuery("each-case", "id", EachCase);
        await using var migration = await CreateAsync(source, target);
        migration.Limits.MaxQueryRows = 11;
        (await VerifyAsync(migration, "each-case")).ShouldNotBeChecked().ShouldContain("more than 11 rows");

        migration.Limits.MaxQueryRows = 100;
        migration.Limits.MaxFindings = 2;
        await migration.Target.ExecuteAsync("DELETE FROM cases WHERE id > 6");
        await migration.Target.ExecuteAsync("UPDATE cases SET state = 9 WHERE id < 4");
        var rest = (await VerifyAsync(migration, "each-case")).ShouldMismatch().Skip(2).ToList();
        rest.Select(finding => (finding.Kind, finding.Count)).ShouldBe([(FindingKinds.MissingInTarget, 6), (FindingKinds.ValueDiffers, 1)]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task What_is_no_query_is_refused_before_it_is_sent(Provider source, Provider target)
    {
        _folder.WriteQuery("writes", "id", TestMigration.CaseRow(99));
        _folder.WriteQuery("two-statements", "id", EachCase + "; " + TestMigration.CaseRow(99));
        _folder.WriteQuery("two-without-separator", "id", EachCase + " " + TestMigration.CaseRow(99));
        await using var migration = await CreateAsync(source, target);
        foreach (var result in (await migration.VerifyAsync()).Where(result => result.Entity is null))
        {
            result.ShouldNotBeChecked().ShouldContain("was not sent");
            // Nothing was read either.
            (result.Source, result.Target, result.Seconds).ShouldBe((null, null, 0));
        }
        (await migration.Source.CountAsync("SELECT count(*) FROM cases")).ShouldBe(12);
        (await migration.Target.CountAsync("SELECT count(*) FROM cases")).ShouldBe(12);
    }

    [SkippableFact]
    public async Task Two_texts_under_one_name_are_each_run_on_their_engine_and_differing_columns_are_not_checked()
    {
        _folder.Write("a.sql", QueryFolder.Query("by-engine", "id", "SELECT id, title COLLATE BINARY AS title FROM cases", "engine: sqlite"));
        _folder.Write("b.sql", QueryFolder.Query("by-engine", "id", "SELECT id, title::text AS title FROM cases", "engine: postgresql"));
        await using var migration = await CreateAsync(Provider.Sqlite, Provider.PostgreSql);
        var result = await VerifyAsync(migration, "by-engine");
        result.ShouldMatch();
        result.SourceSql!.ShouldContain("COLLATE BINARY");
        result.TargetSql!.ShouldContain("::text");

        _folder.Write("b.sql", QueryFolder.Query("by-engine", "id", "SELECT id, title::text AS caption FROM cases", "engine: postgresql"));
        (await VerifyAsync(migration, "by-engine")).ShouldNotBeChecked().ShouldContain("different columns: title, caption");
    }

    private async Task<TestMigration> CreateAsync(Provider source, Provider target)
    {
        var migration = await TestMigration.CreateAsync(source, target);
        migration.QueryDirectory = _folder.Path;
        migration.Options.Queries = ["."];
        return migration;
    }

    private static Task<CheckResult> VerifyAsync(TestMigration migration, string query) => migration.VerifyAsync(CheckNames.Query(query));

    // For a pair of one engine there is another without a text on both sides, for a mixed pair on at least one.
    private static string OtherThan(Provider source, Provider target) =>
        Enum.GetValues<Provider>().First(provider => provider != source && provider != target).ToString().ToLowerInvariant();
}

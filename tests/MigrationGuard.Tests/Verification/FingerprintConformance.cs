using System.Text.Json;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Tests.Servers;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.Verification;

/// <summary>What the comparison of rows must say, on every pair of engines.</summary>
public sealed class FingerprintConformance
{
    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task Equal_tables_match_with_equal_fingerprints(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target);
        var result = await migration.VerifyAsync(CheckNames.Fingerprint);
        result.ShouldMatch();
        result.Source!["rows"].Number.ShouldBe(12);
        result.Source["fingerprint"].ShouldBe(result.Target!["fingerprint"]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task The_other_checks_say_the_same_from_the_stream_as_from_a_statement(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target);
        await migration.Target.ExecuteAsync("DELETE FROM cases WHERE id = 7");
        await migration.Target.ExecuteAsync("UPDATE cases SET state = 5, modified_on = '2025-03-01 00:00:00' WHERE id = 3");
        var streamed = await migration.VerifyAsync();
        migration.Options.Depth = Depth.Counts;
        foreach (var stated in await migration.VerifyAsync())
        {
            var same = streamed.Single(result => result.Check == stated.Check && (stated.By is null || result.By!.SequenceEqual(stated.By)));
            Compared(same).ShouldBe(Compared(stated));
        }
    }

    private static string Compared(CheckResult result) =>
        JsonSerializer.Serialize(result with { SourceSql = null, TargetSql = null, Seconds = 0 }, LedgerJson.Readable);

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task A_changed_value_is_found_with_its_column(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target);
        await migration.Target.ExecuteAsync("UPDATE cases SET title = 'Case 5 ' WHERE id = 5");
        var finding = (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMismatch().ShouldHaveSingleItem();
        (finding.Kind, finding.Count).ShouldBe((FindingKinds.Changed, 1));
        finding.Columns.ShouldBe(["title"]);
        finding.Digests.ShouldHaveSingleItem();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task NULL_is_not_an_empty_text(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target);
        await migration.Target.ExecuteAsync("UPDATE cases SET status = '' WHERE id = 4");
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMismatch().Single().Columns.ShouldBe(["status"]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task Missing_extra_and_changed_rows_are_told_apart_where_the_counts_agree(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target);
        await migration.Target.ExecuteAsync("DELETE FROM cases WHERE id = 7");
        await migration.Target.ExecuteAsync(TestMigration.CaseRow(13));
        await migration.Target.ExecuteAsync("UPDATE cases SET state = 9, title = 'x' WHERE id IN (1, 2)");
        await migration.Target.ExecuteAsync("UPDATE cases SET state = 9 WHERE id = 3");
        var results = await migration.VerifyAsync();
        results.Single(result => result.Check == CheckNames.RecordCount).ShouldMatch();
        Said(results.Single(result => result.Check == CheckNames.Fingerprint)).ShouldBe(
            ["missing-in-target 1 ", "extra-in-target 1 ", "changed 2 state,title", "changed 1 state"]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task Values_swapped_between_two_rows_are_found(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target);
        await migration.Target.ExecuteAsync("UPDATE cases SET title = CASE id WHEN 5 THEN 'Case 6' ELSE 'Case 5' END WHERE id IN (5, 6)");
        Said(await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldBe(["changed 2 title"]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task All_rows_that_differ_are_one_finding_of_the_one_column(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target);
        await migration.Target.ExecuteAsync("UPDATE cases SET state = state + 1");
        Said(await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldBe(["changed 12 state"]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task Ignored_columns_are_left_out_and_named(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target);
        migration.Options.Entities[TestMigration.Entity].IgnoreColumns = ["Title"];
        await migration.Target.ExecuteAsync("UPDATE cases SET title = 'x'");
        var result = await migration.VerifyAsync(CheckNames.Fingerprint);
        result.ShouldMatch();
        result.Notes.ShouldContain(note => note.Contains("Not compared, as IgnoreColumns says: title"));
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task A_match_names_the_columns_that_one_side_alone_has(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target);
        (await migration.VerifyAsync(CheckNames.Fingerprint)).Notes.ShouldNotContain(note => LeftOutNotes.IsOfColumns(note));
        foreach (var (database, column) in new[] { (migration.Source, "memo"), (migration.Source, "remark"), (migration.Target, "loaded") })
            await database.ExecuteAsync($"ALTER TABLE cases ADD {(database.Provider == Provider.SqlServer ? "" : "COLUMN ")}{column} varchar(10) NULL");
        var result = await migration.VerifyAsync(CheckNames.Fingerprint);
        result.ShouldMatch();
        LeftOutNotes.Of(result).ShouldBe(
        [
            "Not compared, as the target has no such column, and the source holds nothing but NULL there: memo, remark.",
            "Not compared, as the source has no such column: loaded.",
        ]);
        await migration.Source.ExecuteAsync("UPDATE cases SET remark = 'x' WHERE id = 3");
        var results = await migration.VerifyAsync();
        results.Single(found => found.Check == CheckNames.Schema).ShouldMismatch();
        LeftOutNotes.Of(results.Single(found => found.Check == CheckNames.Fingerprint)).ShouldBe(
        [
            "Not compared, as the target has no such column, though the source holds values there: remark.",
            "Not compared, as the target has no such column, and the source holds nothing but NULL there: memo.",
            "Not compared, as the source has no such column: loaded.",
        ]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task Without_a_key_rows_are_a_multiset_in_which_duplicates_count(Provider source, Provider target)
    {
        await using var migration = await KeylessAsync(source, target, "a", "b", "b", "c");
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMatch();
        // As many rows, and as many different ones: only how often each occurs has changed.
        await migration.Target.ExecuteAsync("DELETE FROM notes");
        foreach (var note in new[] { "a", "b", "c", "c" })
            await migration.Target.ExecuteAsync($"INSERT INTO notes (note) VALUES ('{note}')");
        Said(await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldBe(["missing-in-target 1 ", "extra-in-target 1 "]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task A_key_that_occurs_twice_is_a_finding_of_its_own(Provider source, Provider target)
    {
        await using var migration = await KeylessAsync(source, target, "a", "b", "c");
        migration.Options.Entities["note"].Key = ["note"];
        await migration.Target.ExecuteAsync("UPDATE notes SET note = 'b' WHERE note = 'c'");
        Said(await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldBe(["missing-in-target 1 ", "extra-in-target 1 ", "count-differs  note"]);
    }

    private static async Task<TestMigration> CreateAsync(Provider source, Provider target)
    {
        var migration = await TestMigration.CreateAsync(source, target);
        migration.Options.Depth = Depth.Rows;
        migration.Limits.SettleSeconds = 0;
        return migration;
    }

    private static async Task<TestMigration> KeylessAsync(Provider source, Provider target, params string[] notes)
    {
        var migration = await TestMigration.CreateEmptyAsync(source, target);
        migration.Options.Depth = Depth.Rows;
        migration.Limits.SettleSeconds = 0;
        migration.Options.Entities.Clear();
        migration.Options.Entities["note"] = new EntityOptions { Source = "notes" };
        foreach (var database in new[] { migration.Source, migration.Target })
        {
            await database.ExecuteAsync($"CREATE TABLE notes (note {(database.Provider == Provider.SqlServer ? "nvarchar(20)" : "varchar(20)")} NULL)");
            foreach (var note in notes)
                await database.ExecuteAsync($"INSERT INTO notes (note) VALUES ('{note}')");
        }
        return migration;
    }

    private static IEnumerable<string> Said(CheckResult result) =>
        result.ShouldMismatch().Select(finding => $"{finding.Kind} {finding.Count} {string.Join(",", finding.Columns ?? [])}");
}

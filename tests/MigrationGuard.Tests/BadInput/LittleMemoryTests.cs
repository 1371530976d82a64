using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Commands;
using MigrationGuard.Tests.Verification;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.BadInput;

/// <summary>Tables that would take much memory if their rows or groups were held: the program that compares them may have little.</summary>
public sealed class LittleMemoryTests
{
    private const int Megabytes = 128;

    [SkippableFact]
    public async Task One_key_far_from_all_others_does_not_have_the_whole_table_held()
    {
        Skip.If(OperatingSystem.IsWindows(), "The limit is set by a shell.");
        await using var migration = await CreateAsync("words text NOT NULL");
        // SQLite has no histogram: cut evenly, all rows but one are in the first part.
        await migration.OnBothAsync($"{Numbers(300_000)} INSERT INTO things SELECT i, 'some words of row ' || i FROM numbers; INSERT INTO things VALUES (9223372036854775807, 'sentinel')");
        await migration.Target.ExecuteAsync("UPDATE things SET words = 'other' WHERE id IN (7, 200000); DELETE FROM things WHERE id = 150000; INSERT INTO things VALUES (-5, 'extra')");
        (await VerifyAsync(migration)).Result("thing", CheckNames.Fingerprint).ShouldMismatch()
            .Select(finding => $"{finding.Kind} {finding.Count}").ShouldBe(["missing-in-target 1", "extra-in-target 1", "changed 2"]);
    }

    [SkippableFact]
    public async Task Wide_rows_are_compared_and_shown_without_holding_a_part_of_them_whole()
    {
        Skip.If(OperatingSystem.IsWindows(), "The limit is set by a shell.");
        await using var migration = await CreateAsync("words text NOT NULL");
        await migration.OnBothAsync($"{Numbers(2_000)} INSERT INTO things SELECT i, replace(hex(zeroblob(20000)), '00', 'ab') || i FROM numbers");
        await migration.Target.ExecuteAsync("UPDATE things SET words = words || '!' WHERE id = 1234");
        (await VerifyAsync(migration)).Result("thing", CheckNames.Fingerprint).ShouldMismatch().ShouldHaveSingleItem().Count.ShouldBe(1);

        using var diff = BuiltProgram.StartWithLittleMemory(migration.Folder.Path, Megabytes, "diff", "crm", "thing", "--reveal");
        (await diff.EndsAsync()).ShouldBe((int)ExitCode.NoGo, diff.Error);
    }

    [SkippableFact]
    public async Task A_breakdown_with_a_group_for_each_row_is_given_up_and_the_rows_are_compared()
    {
        Skip.If(OperatingSystem.IsWindows(), "The limit is set by a shell.");
        await using var migration = await CreateAsync("words text NOT NULL");
        migration.Comparison.Entities["thing"].BreakdownBy = [new(["words"])];
        await migration.OnBothAsync($"{Numbers(400_000)} INSERT INTO things SELECT i, 'some words of row ' || i FROM numbers");
        await migration.Target.ExecuteAsync("UPDATE things SET words = 'other' WHERE id = 7");
        var run = await VerifyAsync(migration);
        run.Result("thing", CheckNames.EntityBreakdown).ShouldNotBeChecked().ShouldStartWith("The source has more than 1000 groups by words.");
        run.Result("thing", CheckNames.Fingerprint).ShouldMismatch().ShouldHaveSingleItem().Count.ShouldBe(1);
        run.Result("thing", CheckNames.RecordCount).Source!["rows"].Number.ShouldBe(400_000);
    }

    private static string Numbers(int count) =>
        FormattableString.Invariant($"WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < {count})");

    private static async Task<CommandMigration> CreateAsync(string columns)
    {
        var migration = await CommandMigration.CreateAsync();
        migration.Comparison.Depth = Depth.Rows;
        migration.Comparison.Entities.Clear();
        migration.Comparison.Excluded.Add(new ExcludedTable("cases", "not of this test"));
        migration.Comparison.Entities["thing"] = new EntityOptions { Source = "things" };
        migration.Options.Verification.SettleSeconds = 0;
        await migration.OnBothAsync($"CREATE TABLE things (id INTEGER NOT NULL PRIMARY KEY, {columns})");
        return migration;
    }

    private static async Task<CommandRun> VerifyAsync(CommandMigration migration)
    {
        migration.Folder.Configure(migration.Options);
        using var program = BuiltProgram.StartWithLittleMemory(migration.Folder.Path, Megabytes, "verify");
        (await program.EndsAsync()).ShouldBe((int)ExitCode.NoGo, program.Error);
        return await migration.RunAsync("runs", "show", "latest", "--format", "json");
    }
}

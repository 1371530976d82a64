using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.Verification.Segments;

/// <summary>What is listed of rows that differ is what a run reports of them.</summary>
public sealed class ListedRowsTests
{
    [SkippableFact]
    public async Task Where_a_copy_cut_fractions_only_rows_that_differ_otherwise_are_listed()
    {
        await using var migration = await CreateAsync("date_trunc('second', moment)");
        await migration.Target.ExecuteAsync("UPDATE things SET words = 'other' WHERE id = 7");

        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMismatch().Sum(finding => finding.Count).ShouldBe(1);
        (await migration.ListAsync("thing", 100)).Rows.ShouldHaveSingleItem().Key.Single().Value.ShouldBe("7");
    }

    [SkippableFact]
    public async Task Where_a_copy_rounded_them_a_row_that_was_cut_is_listed()
    {
        await using var migration = await CreateAsync("moment");
        await migration.Target.ExecuteAsync("UPDATE things SET moment = moment - interval '1 second' WHERE id = 7");

        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMismatch().Sum(finding => finding.Count).ShouldBe(1);
        (await migration.ListAsync("thing", 100)).Rows.ShouldHaveSingleItem().Key.Single().Value.ShouldBe("7");
    }

    // Half of the moments are rounded up where they are rounded.
    private static async Task<TestMigration> CreateAsync(string copied)
    {
        var migration = await TestMigration.CreateEmptyAsync(Provider.PostgreSql, Provider.PostgreSql);
        migration.Options.Depth = Depth.Rows;
        migration.Limits.SettleSeconds = 0;
        migration.Options.Entities.Clear();
        migration.Options.Entities["thing"] = new EntityOptions { Source = "things" };
        const string rows = "SELECT i, 'row ' || i, timestamp '2026-03-06 18:00:00' + i * interval '0.1 second' AS moment FROM generate_series(1, 40) AS i";
        await migration.Source.ExecuteAsync($"CREATE TABLE things (id bigint PRIMARY KEY, words text, moment timestamp(3)); INSERT INTO things {rows}");
        await migration.Target.ExecuteAsync($"CREATE TABLE things (id bigint PRIMARY KEY, words text, moment timestamp(0)); INSERT INTO things SELECT id, words, {copied} FROM ({rows}) AS source (id, words, moment)");
        return migration;
    }
}

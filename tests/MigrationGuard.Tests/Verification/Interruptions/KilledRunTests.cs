using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Tests.BadInput;
using MigrationGuard.Tests.Commands;
using MigrationGuard.Tests.Schedule;
using MigrationGuard.Tests.Servers;
using MigrationGuard.Verification;
using Xunit.Abstractions;

namespace MigrationGuard.Tests.Verification.Interruptions;

/// <summary>A run of one large table whose process is killed again and again says in the end what an undisturbed one says.</summary>
public sealed class KilledRunTests(ITestOutputHelper output)
{
    private const int Rounds = 3;

    [SkippableTheory]
    [InlineData(Provider.Sqlite, Provider.Sqlite, false)]
    [InlineData(Provider.PostgreSql, Provider.Sqlite, false)]
    [InlineData(Provider.Sqlite, Provider.PostgreSql, true)]
    public async Task Killed_at_random_moments_and_resumed_it_comes_to_the_same(Provider source, Provider target, bool isUndamaged)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine($"Seed {seed}.");
        var random = new Random(seed);
        await using var migration = await CreateAsync(source, target);
        if (!isUndamaged)
            await DamageAsync(migration.Target);
        var undisturbed = (await migration.VerifyAsync()).Document;
        undisturbed.Verdict.ShouldBe(isUndamaged ? Verdict.Go : Verdict.NoGo);

        string[] args = ["verify"];
        for (var round = 0; round < Rounds; round++)
        {
            using var program = BuiltProgram.Start(migration.Folder.Path, args);
            var ends = program.EndsAsync();
            var segments = random.Next(1, 15) + await SegmentsAsync(migration);
            await Eventually.HoldsAsync(async () => ends.IsCompleted || await SegmentsAsync(migration) >= segments, () => $"No segment was kept. Seed {seed}. {program.Error}");
            if (!ends.IsCompleted)
                program.Kill();
            await ends;
            var died = (await migration.RunAsync("runs", "show", "latest", "--format", "json")).Document;
            died.Finished.ShouldBeNull($"It was not killed in time. Seed {seed}.");
            args = ["verify", "--resume", died.Run];
        }

        var run = (await migration.RunAsync([.. args, "--format", "json"])).Document;
        (run.Verdict, run.Resumed?.Count).ShouldBe((undisturbed.Verdict, Rounds), $"Seed {seed}.");
        run.Results.Select(Told).ShouldBe(undisturbed.Results.Select(Told), $"Seed {seed}.");
        (await SegmentsAsync(migration)).ShouldBe(0);
        (await migration.RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Done);
    }

    [Theory]
    [InlineData("other database")]
    [InlineData("changed column")]
    [InlineData("filter")]
    [InlineData("ignored column")]
    public async Task Segments_of_something_else_are_not_gone_on_with(string change)
    {
        await using var migration = await CreateAsync(Provider.Sqlite, Provider.Sqlite);
        await using var other = await CommandMigration.CreateAsync();
        using (var program = BuiltProgram.Start(migration.Folder.Path, "verify"))
        {
            var ends = program.EndsAsync();
            await Eventually.HoldsAsync(async () => ends.IsCompleted || await SegmentsAsync(migration) >= 3, () => "No segment was kept: " + program.Error);
            program.Kill();
            await ends;
        }
        var died = (await migration.RunAsync("runs", "show", "latest", "--format", "json")).Document;
        died.Finished.ShouldBeNull();
        switch (change)
        {
            case "other database":
                migration.TargetOptions.ConnectionString = other.Target.ConnectionString;
                break;
            case "changed column":
                await migration.Target.ExecuteAsync("ALTER TABLE things ADD COLUMN more text");
                break;
            case "filter":
                migration.Comparison.Entities["thing"].TargetFilter = "id > 0";
                break;
            default:
                migration.Comparison.Entities["thing"].IgnoreColumns = ["words"];
                break;
        }
        (await migration.VerifyAsync("--resume", died.Run)).ShouldExitWith(ExitCode.Usage).Error.ShouldContain($"Run {died.Run} cannot be resumed");
    }

    private static async Task<CommandMigration> CreateAsync(Provider source, Provider target)
    {
        var migration = await CommandMigration.CreateAsync(source, target);
        migration.Comparison.Depth = Depth.Rows;
        migration.Comparison.Entities.Clear();
        migration.Comparison.Excluded.Add(new ExcludedTable("cases", "not of this test"));
        migration.Comparison.Entities["thing"] = new EntityOptions { Source = "things", BreakdownBy = [new(["kind"])] };
        // So small that a segment is a few thousand rows.
        migration.Options.Verification.SegmentSeconds = 0.001;
        migration.Options.Verification.SettleSeconds = 0;
        migration.SourceOptions.MaxConnections = migration.TargetOptions.MaxConnections = 3;
        foreach (var database in new[] { migration.Source, migration.Target })
        {
            await database.ExecuteAsync($"CREATE TABLE things (id {(database.Provider == Provider.Sqlite ? "INTEGER" : "bigint")} NOT NULL PRIMARY KEY, kind int NOT NULL, words text NOT NULL)");
            await database.ExecuteAsync("""
                INSERT INTO things
                WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < 250000)
                SELECT i, i % 5, 'some words of row ' || i FROM numbers
                """);
            await database.ExecuteAsync(database.Provider == Provider.Sqlite ? "ANALYZE" : "ANALYZE things");
        }
        migration.Folder.Configure(migration.Options);
        return migration;
    }

    private static async Task DamageAsync(ScratchDatabase target)
    {
        await target.ExecuteAsync("DELETE FROM things WHERE id IN (3, 125000, 249999)");
        await target.ExecuteAsync("INSERT INTO things VALUES (-7, 1, 'extra'), (300000, 1, 'extra')");
        await target.ExecuteAsync("UPDATE things SET words = words || ' ' WHERE id % 50000 = 1");
        await target.ExecuteAsync("UPDATE things SET kind = kind + 1, words = '' WHERE id % 70000 = 2");
    }

    // How many segments the ledger keeps, as anybody may look while the program writes.
    private static async Task<long> SegmentsAsync(CommandMigration migration)
    {
        var file = migration.Folder.At("migrationguard.db");
        if (!File.Exists(file))
            return 0;
        try
        {
            await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM run_segment";
            return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        }
        catch (SqliteException)
        {
            // The schema is being made.
            return 0;
        }
    }

    private static string Told(CheckResult result) =>
        JsonSerializer.Serialize(result with { Seconds = 0, Exposure = null }, LedgerJson.Compact);
}

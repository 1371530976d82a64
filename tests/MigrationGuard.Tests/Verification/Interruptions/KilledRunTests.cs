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

    private const string PartsOfBefore = "Some parts were read before the run was resumed";

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

        RunDocument? run = null;
        string[] args = ["verify"];
        var killed = 0;
        while (killed < Rounds && run is null)
        {
            var died = await KillAsync(migration, random.Next(1, 4), args);
            if (died.Finished is null)
                killed++;
            else
                run = died;
            args = ["verify", "--resume", died.Run];
        }
        run ??= (await migration.RunAsync([.. args, "--format", "json"])).Document;
        killed.ShouldBeGreaterThan(0, $"It was never killed in time. Seed {seed}.");
        (run.Verdict, run.Resumed?.Count).ShouldBe((undisturbed.Verdict, killed), $"Seed {seed}.");
        run.Results.SelectMany(result => result.Notes).ShouldContain(note => note.StartsWith(PartsOfBefore, StringComparison.Ordinal));
        undisturbed.Results.SelectMany(result => result.Notes).ShouldNotContain(note => note.StartsWith(PartsOfBefore, StringComparison.Ordinal));
        run.Results.Select(Told).ShouldBe(undisturbed.Results.Select(Told), $"Seed {seed}.");
        (await SegmentsAsync(migration)).ShouldBe(0);
        (await migration.RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Done);
    }

    [SkippableFact]
    public async Task Segments_of_something_else_are_not_gone_on_with()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        await using var migration = await CreateAsync(Provider.Sqlite, Provider.Sqlite);
        await using var other = await CommandMigration.CreateAsync();
        var died = await KillAsync(migration, 1, "verify");
        died.Finished.ShouldBeNull();

        migration.Comparison.Entities["thing"].TargetFilter = "id > 0";
        await ShouldBeRefusedAsync(migration, died);
        migration.Comparison.Entities["thing"].TargetFilter = null;
        migration.Comparison.Entities["thing"].IgnoreColumns = ["words"];
        await ShouldBeRefusedAsync(migration, died);
        migration.Comparison.Entities["thing"].IgnoreColumns = [];
        migration.TargetOptions.ConnectionString = other.Target.ConnectionString;
        await ShouldBeRefusedAsync(migration, died);
        migration.TargetOptions.ConnectionString = migration.Target.ConnectionString;
        await migration.Target.ExecuteAsync("ALTER TABLE things ADD COLUMN more text");
        await ShouldBeRefusedAsync(migration, died);
        await migration.Target.ExecuteAsync("ALTER TABLE things DROP COLUMN more");
        (await migration.VerifyAsync("--resume", died.Run)).ShouldExitWith(ExitCode.Done);
    }

    private static async Task ShouldBeRefusedAsync(CommandMigration migration, RunDocument died) =>
        (await migration.VerifyAsync("--resume", died.Run)).ShouldExitWith(ExitCode.Usage).Error.ShouldContain($"Run {died.Run} cannot be resumed");

    /// <summary>Runs the program until so many more segments are kept, and kills it; returns the run as it is then.</summary>
    private static async Task<RunDocument> KillAsync(CommandMigration migration, int segments, params string[] args)
    {
        using var program = BuiltProgram.Start(migration.Folder.Path, args);
        var ends = program.EndsAsync();
        var wanted = segments + await SegmentsAsync(migration);
        await Eventually.HoldsAsync(async () => ends.IsCompleted || await SegmentsAsync(migration) >= wanted, () => "No segment was kept: " + program.Error);
        if (!ends.IsCompleted)
            program.Kill();
        await ends;
        return (await migration.RunAsync("runs", "show", "latest", "--format", "json")).Document;
    }

    private static async Task<CommandMigration> CreateAsync(Provider source, Provider target)
    {
        var migration = await CommandMigration.CreateAsync(source, target);
        migration.Comparison.Depth = Depth.Rows;
        migration.Comparison.Entities.Clear();
        migration.Comparison.Excluded.Add(new ExcludedTable("cases", "not of this test"));
        migration.Comparison.Entities["thing"] = new EntityOptions
        {
            Source = "things",
            BreakdownBy = [new(["kind"])],
            SourceFilter = source == Provider.Sqlite ? "id % 40 <> 0 OR length(hex(zeroblob(100000 + id % 2))) > 0" : "id % 400 <> 0 OR pg_sleep(0.001) IS NOT NULL",
        };
        // As small as segments may be, of a source that is slow enough for many of them.
        migration.Options.Verification.SegmentSeconds = 0.05;
        migration.Options.Verification.SettleSeconds = 0;
        migration.SourceOptions.MaxConnections = migration.TargetOptions.MaxConnections = 2;
        foreach (var database in new[] { migration.Source, migration.Target })
        {
            await database.ExecuteAsync($"CREATE TABLE things (id {(database.Provider == Provider.Sqlite ? "INTEGER" : "bigint")} NOT NULL PRIMARY KEY, kind int NOT NULL, words text NOT NULL)");
            await database.ExecuteAsync("""
                INSERT INTO things
                WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < 400000)
                SELECT i, i % 5, 'some words of row ' || i FROM numbers
                """);
            await database.ExecuteAsync(database.Provider == Provider.Sqlite ? "ANALYZE" : "ANALYZE things");
        }
        migration.Folder.Configure(migration.Options);
        return migration;
    }

    private static async Task DamageAsync(ScratchDatabase target)
    {
        await target.ExecuteAsync("DELETE FROM things WHERE id IN (3, 125000, 399999)");
        await target.ExecuteAsync("INSERT INTO things VALUES (-7, 1, 'extra'), (500000, 1, 'extra')");
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

    // Of when its parts are is told apart: a resumed run has none of the views that an undisturbed one had from end to end.
    private static string Told(CheckResult result) => JsonSerializer.Serialize(
        result with { Seconds = 0, Exposure = null, Notes = [.. result.Notes.Where(note => !note.StartsWith("Read on", StringComparison.Ordinal) && !note.StartsWith(PartsOfBefore, StringComparison.Ordinal))] },
        LedgerJson.Compact);
}

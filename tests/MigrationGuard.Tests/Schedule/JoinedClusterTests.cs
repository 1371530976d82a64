using System.Data.Common;
using System.Globalization;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Schedule;
using MigrationGuard.TestHost;
using MigrationGuard.Tests.Commands;
using MigrationGuard.Tests.Servers;
using MigrationGuard.Tests.Simulation;
using Npgsql;

namespace MigrationGuard.Tests.Schedule;

/// <summary>Two worker processes on one store in PostgreSQL that verify one migration together.</summary>
public sealed class JoinedClusterTests
{
    private const string Reader = "MigrationGuardReader";
    private const int Entities = 24;

    [SkippableFact]
    public async Task A_worker_that_is_killed_in_mid_verification_leaves_its_part_to_the_other()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        await using var cluster = await Cluster.CreateAsync(maxConnections: 3);
        using var first = cluster.Start(cluster.First);
        using var second = cluster.Start(cluster.Second);
        await cluster.AgreeAsync(2);
        using var sampled = new CancellationTokenSource();
        var most = cluster.SampleAsync(sampled.Token);
        cluster.ComesDue();
        await Eventually.HoldsAsync(async () => await cluster.DoneAsync(first) >= 2 && await cluster.IsReadingAsync(first), () => Cluster.Said(first, second));
        first.Kill();
        await cluster.FinishedAsync(() => Cluster.Said(first, second));
        await sampled.CancelAsync();

        // What the killed worker had running ends by itself at its server; the other takes over later than that.
        (await most).ShouldBeLessThanOrEqualTo(3);
        (await cluster.Store.CountAsync("SELECT count(*) FROM run_item WHERE done_at IS NULL")).ShouldBe(0);
        (await cluster.Store.CountAsync("SELECT count(DISTINCT done_by) FROM run_item")).ShouldBe(2, "Both took part.");
        (await cluster.Store.CountAsync("SELECT count(*) FROM (SELECT 1 FROM run_result GROUP BY run_id, document::json->>'entity', document::json->>'check', document::json->>'by' HAVING count(*) > 1) twice")).ShouldBe(0);
        var joined = (await cluster.RunAsync("runs", "show", "latest", "--format", "json")).Document;
        joined.Interrupted.ShouldBeNull();
        (await cluster.RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Done);
        var alone = (await cluster.RunAsync("verify", "--format", "json")).Document;
        ScheduledMigration.Lasting(joined).ShouldBe(ScheduledMigration.Lasting(alone));
        joined.Verdict.ShouldBe(Verdict.NoGo, "A row was lost on purpose.");
    }

    [SkippableFact]
    public async Task Two_workers_that_share_one_connection_never_open_two()
    {
        await using var cluster = await Cluster.CreateAsync(maxConnections: 1);
        using var first = cluster.Start(cluster.First);
        using var second = cluster.Start(cluster.Second);
        await cluster.AgreeAsync(2);
        using var sampled = new CancellationTokenSource();
        var most = cluster.SampleAsync(sampled.Token);
        cluster.ComesDue();
        await cluster.FinishedAsync(() => Cluster.Said(first, second));
        await sampled.CancelAsync();
        (await most).ShouldBe(1);
        (await cluster.Store.CountAsync("SELECT count(DISTINCT done_by) FROM run_item")).ShouldBe(1);
    }

    [SkippableFact]
    public async Task A_worker_that_joins_opens_nothing_until_the_other_has_made_room()
    {
        await using var cluster = await Cluster.CreateAsync(maxConnections: 3, wait: "pg_advisory_xact_lock_shared(7)");
        await using var held = await cluster.HoldAsync("SELECT pg_advisory_lock(7)");
        using var first = cluster.Start(cluster.First);
        await cluster.AgreeAsync(1);
        using var sampled = new CancellationTokenSource();
        var most = cluster.SampleAsync(sampled.Token);
        cluster.ComesDue();
        // The third connection holds the moment that the other two read.
        await Eventually.HoldsAsync(async () => await cluster.WaitingAsync() == 2, () => first.Error);
        using var second = cluster.Start(cluster.Second);
        await Eventually.HoldsAsync(async () => await cluster.BeatsSinceJoiningAsync() >= 3, () => Cluster.Said(first, second));
        (await cluster.WaitingAsync()).ShouldBe(2);
        await held.CloseAsync();
        await cluster.FinishedAsync(() => Cluster.Said(first, second));
        await sampled.CancelAsync();
        (await most).ShouldBe(3);
    }

    /// <summary>A migration with views that take their time, a store for both workers, and a clock.</summary>
    private sealed class Cluster : IAsyncDisposable
    {
        private readonly CommandMigration _migration;

        private Cluster(CommandMigration migration, ScratchDatabase store) => (_migration, Store) = (migration, store);

        public ScratchDatabase Store { get; }

        public WorkingFolder First => _migration.Folder;

        public WorkingFolder Second { get; } = new();

        private string Clock => First.At("clock");

        public static async Task<Cluster> CreateAsync(int maxConnections, string wait = "pg_sleep(0.3)")
        {
            var migration = await CommandMigration.CreateAsync(Provider.PostgreSql, Provider.PostgreSql);
            var cluster = new Cluster(migration, await PostgreSqlTestEngine.Instance.CreateDatabaseAsync());
            foreach (var number in Enumerable.Range(1, Entities))
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"slow_{number}");
                await migration.Source.ExecuteAsync($"CREATE VIEW {name} AS SELECT 1 AS id FROM {wait}");
                await migration.Target.ExecuteAsync($"CREATE VIEW {name} AS SELECT 1 AS id WHERE {number} <> 5");
                migration.AddEntity(name);
            }
            foreach (var options in new[] { migration.SourceOptions, migration.TargetOptions })
            {
                options.MaxConnections = maxConnections;
                options.LockTimeoutSeconds = 0;
                options.ConnectionString = new NpgsqlConnectionStringBuilder(options.ConnectionString) { ApplicationName = Reader }.ConnectionString;
            }
            (migration.Options.Worker.SweepSeconds, migration.Options.Worker.ClusterCheckinSeconds, migration.Options.Worker.HealthUrl) = (1, 1, "");
            migration.Options.Store.Provider = Provider.PostgreSql;
            migration.Options.Store.ConnectionString = cluster.Store.ConnectionString;
            migration.Options.Schedules["nightly"] = new ScheduleOptions { Cron = "0 0 2 * * ?" };
            FileClock.Set(cluster.Clock, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
            return cluster;
        }

        public KillableWorker Start(WorkingFolder folder)
        {
            folder.Configure(_migration.Options);
            return KillableWorker.Start(folder.Path, Clock);
        }

        public Task<CommandRun> RunAsync(params string[] args) => _migration.RunAsync(args);

        public void ComesDue() => FileClock.Set(Clock, new DateTimeOffset(2026, 3, 2, 2, 0, 0, TimeSpan.Zero));

        /// <summary>Waits until so many workers have shared the connections out, and the schedule was seen.</summary>
        public Task AgreeAsync(int workers) => Eventually.HoldsAsync(
            async () => await TablesAsync()
                && await Store.CountAsync("SELECT count(*) FROM mark WHERE name = 'schedule-seen.nightly'") == 1
                && await Store.CountAsync($"SELECT count(*) FROM worker WHERE peers = (SELECT string_agg(id, ',' ORDER BY started) FROM worker) AND (SELECT count(*) FROM worker) = {workers}") == workers,
            () => $"No {workers} workers that agree.");

        /// <summary>Items that a worker has done.</summary>
        public async Task<long> DoneAsync(KillableWorker worker) =>
            await Store.CountAsync($"SELECT count(*) FROM run_item WHERE done_by LIKE '{Like(worker)}'");

        /// <summary>Whether a worker compares something at the moment, by Quartz's own record.</summary>
        public async Task<bool> IsReadingAsync(KillableWorker worker) => await Store.CountAsync(
            $"SELECT count(*) FROM qrtz_fired_triggers WHERE state = 'EXECUTING' AND job_group = 'items' AND instance_name LIKE '{Like(worker)}'") > 0;

        /// <summary>A connection to the source that has run a statement, and holds what it locked until it is closed.</summary>
        public async Task<DbConnection> HoldAsync(string sql)
        {
            var connection = _migration.Source.Connect();
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
            return connection;
        }

        /// <summary>Readings of the source that wait for a lock.</summary>
        public Task<long> WaitingAsync() => Store.CountAsync($"SELECT count(*) FROM pg_stat_activity WHERE datname = '{_migration.Source.Name}' AND application_name = '{Reader}' AND wait_event_type = 'Lock'");

        /// <summary>Seconds, and so beats, from when the second worker joined to the last that was heard of both.</summary>
        public async Task<long> BeatsSinceJoiningAsync() => await Store.CountAsync("SELECT count(*) FROM worker") < 2
            ? 0
            : await Store.CountAsync("SELECT floor(extract(epoch FROM min(seen::timestamptz) - max(started::timestamptz)))::int FROM worker");

        public Task FinishedAsync(Func<string> otherwise) => Eventually.HoldsAsync(
            async () => await Store.CountAsync("SELECT count(*) FROM run WHERE finished_seq IS NOT NULL") == 1, otherwise);

        public static string Said(KillableWorker first, KillableWorker second) => $"First:\n{first.Error}\nSecond:\n{second.Error}";

        /// <summary>The most connections seen open to the source or the target at once, idle ones included.</summary>
        public async Task<long> SampleAsync(CancellationToken stop)
        {
            long most = 0;
            while (!stop.IsCancellationRequested)
            {
                most = Math.Max(most, await Store.CountAsync(
                    $"SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM pg_stat_activity WHERE application_name = '{Reader}' AND datname IN ('{_migration.Source.Name}', '{_migration.Target.Name}') GROUP BY datname) each"));
                await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
            }
            return most;
        }

        public async ValueTask DisposeAsync()
        {
            await Store.DisposeAsync();
            await _migration.DisposeAsync();
            Second.Dispose();
        }

        private async Task<bool> TablesAsync() =>
            await Store.CountAsync("SELECT count(*) FROM information_schema.tables WHERE table_name IN ('worker', 'mark')") == 2;

        private static string Like(KillableWorker worker) => string.Create(CultureInfo.InvariantCulture, $"%-{worker.Id}-%");
    }
}

using System.Net;
using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Schedule;
using MigrationGuard.Tests.BadInput;
using MigrationGuard.Tests.Commands;
using MigrationGuard.Tests.Servers;
using Npgsql;

namespace MigrationGuard.Tests.Schedule;

/// <summary>Several workers on one store in PostgreSQL.</summary>
public sealed class WorkerClusterTests
{
    [SkippableFact]
    public async Task A_sweep_never_runs_on_two_workers_at_once()
    {
        await using var database = await PostgreSqlTestEngine.Instance.CreateDatabaseAsync();
        using var folders = new TwoFolders();
        var overlap = new Overlap();
        await using var first = RunningWorker.Start(folders.First, On(database), ("once", overlap.RunAsync));
        await using var second = RunningWorker.Start(folders.Second, On(database), ("once", overlap.RunAsync));
        await Eventually.HoldsAsync(() => overlap.Rounds >= 6, () => first.Error + second.Error);
        overlap.Most.ShouldBe(1);
        await first.BecomesAsync(HttpStatusCode.OK);
        // Whoever did not run the last round knows of it all the same.
        await second.BecomesAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Workers_that_share_no_store_would_be_seen_running_it_at_once()
    {
        using var folders = new TwoFolders();
        var overlap = new Overlap();
        await using var first = RunningWorker.Start(folders.First, RunningWorker.Options(), ("once", overlap.RunAsync));
        await using var second = RunningWorker.Start(folders.Second, RunningWorker.Options(), ("once", overlap.RunAsync));
        await Eventually.HoldsAsync(() => overlap.Most == 2, () => first.Error + second.Error);
    }

    [SkippableFact]
    public async Task The_round_of_a_worker_that_was_killed_is_taken_over()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        await using var database = await PostgreSqlTestEngine.Instance.CreateDatabaseAsync();
        using var folders = new TwoFolders();
        var options = On(database);
        options.Store.LockTimeoutSeconds = 600;
        await (await LedgerStore.OpenAsync(options.Store, folders.First.Path, TimeProvider.System, CancellationToken.None)).DisposeAsync();
        // Nobody can read the ledger, so the round that verifies it goes on until it is let go.
        await using var holder = database.Connect();
        await holder.OpenAsync();
        await using var held = await holder.BeginTransactionAsync();
        await using (var command = holder.CreateCommand())
        {
            command.CommandText = "LOCK TABLE ledger_entry IN ACCESS EXCLUSIVE MODE";
            await command.ExecuteNonQueryAsync();
        }
        folders.First.Configure(options);
        using var killed = BuiltProgram.Start(folders.First.Path, "serve");
        await Eventually.HoldsAsync(async () => await ExecutingAsync(database) is not null, () => killed.Error);
        var owner = await ExecutingAsync(database);

        var rounds = 0;
        options.Worker.HealthUrl = RunningWorker.Options().Worker.HealthUrl;
        await using var other = RunningWorker.Start(folders.Second, options, services =>
        {
            WorkerFeatures.Add(services);
            services.AddSweep("count", _ => _ => Task.FromResult(Interlocked.Increment(ref rounds)));
        });
        await Eventually.HoldsAsync(() => Volatile.Read(ref rounds) >= 4, () => other.Error);
        (await ExecutingAsync(database)).ShouldBe(owner, "A round whose worker lives is its worker's.");

        killed.Kill();
        await Eventually.HoldsAsync(async () => await ExecutingAsync(database) is { } now && now != owner, () => other.Error);
        await held.RollbackAsync();
        await Eventually.HoldsAsync(async () => await database.CountAsync("SELECT count(*) FROM mark WHERE name = 'ledger-check'") == 1, () => other.Error);
        await other.StopAsync();
    }

    [SkippableFact]
    public async Task A_store_that_goes_away_is_unready_and_its_return_needs_no_restart()
    {
        await using var database = await PostgreSqlTestEngine.Instance.CreateDatabaseAsync();
        using var folder = new WorkingFolder();
        var rounds = 0;
        await using var worker = RunningWorker.Start(folder, On(database), ("count", _ => Task.FromResult(Interlocked.Increment(ref rounds))));
        await worker.BecomesAsync(HttpStatusCode.OK);
        await AllowConnectionsAsync(database, allowed: false);
        var answer = await worker.BecomesAsync(HttpStatusCode.ServiceUnavailable);
        answer["checks"]!["store"]!["status"]!.GetValue<string>().ShouldBe("unready");
        await AllowConnectionsAsync(database, allowed: true);
        await worker.BecomesAsync(HttpStatusCode.OK);
        var before = Volatile.Read(ref rounds);
        await Eventually.HoldsAsync(() => Volatile.Read(ref rounds) > before, () => worker.Error);
    }

    private static MigrationGuardOptions On(ScratchDatabase database)
    {
        var options = RunningWorker.Options();
        options.Store.Provider = Provider.PostgreSql;
        options.Store.ConnectionString = database.ConnectionString;
        return options;
    }

    private static async Task<string?> ExecutingAsync(ScratchDatabase database) =>
        await database.CountAsync("SELECT count(*) FROM information_schema.tables WHERE table_name = 'qrtz_fired_triggers'") == 0
            ? null
            : (string?)await database.ScalarAsync("SELECT instance_name FROM qrtz_fired_triggers WHERE job_name = 'ledger-check' AND state = 'EXECUTING'");

    private static async Task AllowConnectionsAsync(ScratchDatabase database, bool allowed)
    {
        await using var server = new NpgsqlConnection(PostgreSqlTestEngine.Server.Demand());
        await server.OpenAsync();
        await using var command = new NpgsqlCommand(
            $"ALTER DATABASE {database.Name} WITH ALLOW_CONNECTIONS {allowed}; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE NOT {allowed} AND datname = '{database.Name}'", server);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A sweep that counts how many of it run at the same time.</summary>
    private sealed class Overlap
    {
        private int _now;
        private int _most;
        private int _rounds;

        public int Most => Volatile.Read(ref _most);

        public int Rounds => Volatile.Read(ref _rounds);

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            var now = Interlocked.Increment(ref _now);
            InterlockedMax(now);
            // Long enough to reach into the next interval of the other worker.
            await Task.Delay(TimeSpan.FromMilliseconds(700), cancellationToken);
            Interlocked.Decrement(ref _now);
            Interlocked.Increment(ref _rounds);
        }

        private void InterlockedMax(int value)
        {
            for (var seen = Most; seen < value; seen = Most)
                Interlocked.CompareExchange(ref _most, value, seen);
        }
    }

    private sealed class TwoFolders : IDisposable
    {
        public WorkingFolder First { get; } = new();

        public WorkingFolder Second { get; } = new();

        public void Dispose()
        {
            First.Dispose();
            Second.Dispose();
        }
    }
}

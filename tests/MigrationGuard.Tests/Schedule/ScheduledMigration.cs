using System.Text.Json;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Schedule;
using MigrationGuard.Tests.Commands;
using MigrationGuard.Tests.Decommissioning;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Schedule;

/// <summary>A migration that a worker verifies every night at two, by a clock that the test sets.</summary>
internal sealed class ScheduledMigration : IAsyncDisposable
{
    private readonly QueryFolder _queries = new();
    private int _rounds;

    private ScheduledMigration(CommandMigration migration)
    {
        Migration = migration;
        var options = RunningWorker.Options();
        (migration.Options.Worker.SweepSeconds, migration.Options.Worker.HealthUrl) = (1, options.Worker.HealthUrl);
        migration.Options.Worker.ShutdownSeconds = options.Worker.ShutdownSeconds;
        migration.Options.Schedules["nightly"] = new ScheduleOptions { Cron = "0 0 2 * * ?" };
        migration.Folder.Time = Clock;
    }

    public CommandMigration Migration { get; }

    public SetClock Clock { get; } = SetClock.At(2026, 3, 1);

    public static async Task<ScheduledMigration> CreateAsync() => new(await CommandMigration.CreateAsync());

    /// <summary>Adds what a run can meet: a mismatch, a table that is missing, query pairs, a table of nobody and one left out.</summary>
    public async Task AddEverythingAsync()
    {
        await Migration.Target.ExecuteAsync("DELETE FROM cases WHERE id = 7");
        Migration.AddEntity("ghost", "no_such_table");
        await Migration.OnBothAsync("CREATE TABLE fees (id int NOT NULL PRIMARY KEY, kind varchar(20))");
        await Migration.OnBothAsync("INSERT INTO fees VALUES (1, 'a'), (2, 'b')");
        Migration.AddEntity("fees");
        Migration.Comparison.Entities["fees"].BreakdownBy = [new(["kind"]), new(["no_such_column"])];
        await Migration.Source.ExecuteAsync("CREATE TABLE nobodys (id int)");
        await Migration.Source.ExecuteAsync("CREATE TABLE left_out (id int)");
        Migration.Comparison.Excluded.Add(new("left_out", "not migrated"));
        _queries.WriteQuery("all-cases", "id", "SELECT id, state FROM cases");
        _queries.WriteQuery("all-fees", "id", "SELECT id, kind FROM fees");
        _queries.WriteQuery("broken", "id", "SELECT id FROM no_such_table");
        Migration.Comparison.Queries = [_queries.Path];
    }

    /// <summary>A worker with all features of the product, whose rounds are counted beside them.</summary>
    public RunningWorker Start() => RunningWorker.Start(Migration.Folder, Migration.Options, services =>
    {
        WorkerFeatures.Add(services);
        services.AddSweep("count", _ => _ => Task.FromResult(Interlocked.Increment(ref _rounds)));
    });

    /// <summary>Waits until sweeps have looked some more times.</summary>
    public async Task SweptAsync(RunningWorker worker)
    {
        var from = Volatile.Read(ref _rounds);
        await Eventually.HoldsAsync(() => Volatile.Read(ref _rounds) >= from + 4, () => worker.Error);
    }

    public async Task<T> OnLedgerAsync<T>(Func<LedgerStore, Task<T>> ask)
    {
        await using var store = await LedgerStore.OpenAsync(Migration.Options.Store, Migration.Folder.Path, Clock, CancellationToken.None);
        return await ask(store);
    }

    /// <summary>The runs of the ledger, the newest first, without their results.</summary>
    public Task<IReadOnlyList<RunDocument>> RunsAsync() => OnLedgerAsync(store => store.ListRunsAsync(100, CancellationToken.None));

    /// <summary>How many items of runs that workers share out are not done.</summary>
    public Task<int> UndoneAsync() =>
        OnLedgerAsync(store => store.ReadAsync(ledger => ledger.FirstAsync<int>("SELECT COUNT(*) FROM run_item WHERE done_at IS NULL"), CancellationToken.None));

    /// <summary>Waits until so many runs are finished, and nothing else is begun; returns the newest.</summary>
    public async Task<RunDocument> FinishedAsync(RunningWorker worker, int runs = 1)
    {
        IReadOnlyList<RunDocument> all = [];
        await Eventually.HoldsAsync(
            async () => (all = await RunsAsync()).Count(run => run.Finished is not null) >= runs,
            () => $"{all.Count} runs begun\n{worker.Error}");
        all.Count.ShouldBe(runs, worker.Error);
        return (await OnLedgerAsync(store => store.FindRunAsync(all[0].Run, CancellationToken.None)))!;
    }

    /// <summary>A run without what differs from run to run of the same data.</summary>
    public static string Lasting(RunDocument run)
    {
        var json = JsonSerializer.SerializeToNode(run, LedgerJson.Readable)!.AsObject();
        // A run of several workers goes on by itself, and so has no plan to be resumed by.
        foreach (var member in new[] { "run", "started", "finished", "label", "planHash", "planParts" })
            json.Remove(member);
        foreach (var result in json["results"]!.AsArray())
            result!.AsObject().Remove("seconds").ShouldBeTrue();
        foreach (var server in json["servers"]!.AsArray())
        {
            foreach (var member in new[] { "clockOffsetSeconds", "clockWithinSeconds" })
                server!.AsObject().Remove(member);
        }
        return json.ToJsonString(LedgerJson.Readable);
    }

    public async ValueTask DisposeAsync()
    {
        await Migration.DisposeAsync();
        _queries.Dispose();
    }
}

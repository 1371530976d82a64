using System.Net;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Tests.Commands;
using Microsoft.Data.Sqlite;

namespace MigrationGuard.Tests.Schedule;

/// <summary>A whole worker on SQLite: it sweeps, answers for its health, and stops when told to.</summary>
public sealed class WorkerTests
{
    [Fact]
    public async Task A_worker_becomes_ready_sweeps_again_and_again_and_stops_when_told_to()
    {
        using var folder = new WorkingFolder();
        var rounds = 0;
        await using var worker = RunningWorker.Start(folder, RunningWorker.Options(), ("count", _ => Task.FromResult(Interlocked.Increment(ref rounds))));
        await worker.BecomesAsync(HttpStatusCode.OK);
        await Eventually.HoldsAsync(() => Volatile.Read(ref rounds) >= 3, () => worker.Error);
        await worker.StopAsync();
        worker.Error.ShouldContain("Stopped.");
        File.Exists(folder.At("migrationguard.schedule.db")).ShouldBeTrue();
        Directory.EnumerateFiles(folder.At("logs"), "migrationguard-*.jsonl").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_was_missed_while_no_worker_ran_is_looked_for_as_soon_as_one_starts()
    {
        using var folder = new WorkingFolder();
        var options = RunningWorker.Options();
        options.Worker.SweepSeconds = 3600;
        for (var start = 0; start < 2; start++)
        {
            var looked = new TaskCompletionSource();
            await using var worker = RunningWorker.Start(folder, options, ("look", _ => { looked.TrySetResult(); return Task.CompletedTask; }));
            await looked.Task.WaitAsync(Eventually.Patience);
        }
    }

    [Fact]
    public async Task Nothing_is_lost_with_the_schedule()
    {
        using var folder = new WorkingFolder();
        var options = RunningWorker.Options();
        for (var start = 0; start < 2; start++)
        {
            var looked = new TaskCompletionSource();
            await using (var worker = RunningWorker.Start(folder, options, ("look", _ => { looked.TrySetResult(); return Task.CompletedTask; })))
                await looked.Task.WaitAsync(Eventually.Patience);
            await CarriedLedger.WithoutItsScheduleAsync(folder, options, $"carried-{start}.db");
        }
    }

    [Fact]
    public async Task A_sweep_that_fails_stops_no_other_and_is_late_in_readiness()
    {
        using var folder = new WorkingFolder();
        var rounds = 0;
        await using var worker = RunningWorker.Start(
            folder, RunningWorker.Options(),
            ("broken", _ => throw new InvalidOperationException("The shelf is empty.")),
            ("sound", _ => Task.FromResult(Interlocked.Increment(ref rounds))));
        var answer = await worker.BecomesAsync(HttpStatusCode.ServiceUnavailable);
        await Eventually.HoldsAsync(async () => (answer = (await worker.ReadinessAsync())!.Value.Body)["checks"]!["schedule"]!["says"]!.GetValue<string>() == "Late: broken.", () => answer.ToJsonString());
        answer["checks"]!["schedule"]!["data"]!["broken"]!.GetValue<string>().ShouldStartWith("not yet, failed");
        Volatile.Read(ref rounds).ShouldBeGreaterThan(1);
        worker.Error.ShouldContain("The shelf is empty.");
    }

    [Fact]
    public async Task Work_in_hand_is_waited_for()
    {
        using var folder = new WorkingFolder();
        var (began, end, ended) = (new TaskCompletionSource(), new TaskCompletionSource(), false);
        await using var worker = RunningWorker.Start(folder, RunningWorker.Options(), ("slow", async _ =>
        {
            began.TrySetResult();
            await end.Task;
            ended = true;
        }));
        await began.Task.WaitAsync(Eventually.Patience);
        var stopping = worker.StopAsync();
        await Eventually.HoldsAsync(() => worker.Error.Contains("Stopping:", StringComparison.Ordinal), () => worker.Error);
        stopping.IsCompleted.ShouldBeFalse();
        end.SetResult();
        await stopping;
        ended.ShouldBeTrue();
        worker.Error.ShouldNotContain("abandoned");
    }

    [Fact]
    public async Task Work_that_takes_longer_than_there_is_to_stop_is_abandoned()
    {
        using var folder = new WorkingFolder();
        var options = RunningWorker.Options();
        options.Worker.ShutdownSeconds = 1;
        var began = new TaskCompletionSource();
        await using var worker = RunningWorker.Start(folder, options, ("endless", cancellationToken =>
        {
            began.TrySetResult();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        }));
        await began.Task.WaitAsync(Eventually.Patience);
        await worker.StopAsync().WaitAsync(Eventually.Patience);
        worker.Error.ShouldContain("being abandoned: [\"endless\"]");
        worker.Error.ShouldNotContain("failed");
    }

    [Fact]
    public async Task A_second_worker_on_the_same_SQLite_store_is_refused()
    {
        using var folder = new WorkingFolder();
        await using var worker = RunningWorker.Start(folder, RunningWorker.Options());
        await worker.BecomesAsync(HttpStatusCode.OK);
        await using (var second = RunningWorker.Start(folder, RunningWorker.Options()))
            (await Should.ThrowAsync<LedgerException>(() => second.BecomesAsync(HttpStatusCode.OK))).Message.ShouldContain("another worker has it");
        await worker.StopAsync();
        await using var third = RunningWorker.Start(folder, RunningWorker.Options());
        await third.BecomesAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_ledger_that_somebody_keeps_locked_is_unready_until_it_is_let_go()
    {
        using var folder = new WorkingFolder();
        var options = RunningWorker.Options();
        options.Store.LockTimeoutSeconds = 1;
        await using var worker = RunningWorker.Start(folder, options);
        await worker.BecomesAsync(HttpStatusCode.OK);
        await using (var connection = new SqliteConnection($"Data Source={folder.At("migrationguard.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var transaction = connection.BeginTransaction();
            var answer = await worker.BecomesAsync(HttpStatusCode.ServiceUnavailable);
            answer["checks"]!["store"]!["status"]!.GetValue<string>().ShouldBe("unready");
            answer["checks"]!["clock"]!["status"]!.GetValue<string>().ShouldBe("ready");
        }
        await worker.BecomesAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_worker_that_is_told_to_listen_nowhere_works_all_the_same()
    {
        using var folder = new WorkingFolder();
        var options = RunningWorker.Options();
        var looked = new TaskCompletionSource();
        options.Worker.HealthUrl = "";
        await using var worker = RunningWorker.Start(folder, options, ("look", _ => { looked.TrySetResult(); return Task.CompletedTask; }));
        await looked.Task.WaitAsync(Eventually.Patience);
        await worker.StopAsync();
    }
}

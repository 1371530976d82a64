using MigrationGuard.Ledger.Runs;
using MigrationGuard.Schedule;

namespace MigrationGuard.Tests.Schedule;

/// <summary>Scheduled verification by one worker on SQLite: when it runs.</summary>
public sealed class ScheduledRunTests
{
    [Fact]
    public async Task A_schedule_runs_once_when_its_time_comes_and_not_before()
    {
        await using var scheduled = await ScheduledMigration.CreateAsync();
        await using var worker = scheduled.Start();
        await scheduled.SweptAsync(worker);
        scheduled.Clock.Now = new(2026, 3, 2, 1, 59, 59, TimeSpan.Zero);
        await scheduled.SweptAsync(worker);
        (await scheduled.RunsAsync()).ShouldBeEmpty();
        scheduled.Clock.Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
        var run = await scheduled.FinishedAsync(worker);
        (run.Verdict, run.Label, run.Started).ShouldBe((Verdict.Go, "schedule:nightly", scheduled.Clock.Now));
        scheduled.Clock.Now = new(2026, 3, 3, 1, 59, 59, TimeSpan.Zero);
        await scheduled.SweptAsync(worker);
        (await scheduled.FinishedAsync(worker)).Run.ShouldBe(run.Run);
        scheduled.Clock.Now = new(2026, 3, 3, 2, 0, 0, TimeSpan.Zero);
        await scheduled.FinishedAsync(worker, runs: 2);
        await worker.StopAsync();
        (await scheduled.Migration.RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Done);
    }

    [Fact]
    public async Task What_was_missed_while_no_worker_ran_is_caught_up_once()
    {
        await using var scheduled = await ScheduledMigration.CreateAsync();
        await using (var worker = scheduled.Start())
        {
            await scheduled.SweptAsync(worker);
            await worker.StopAsync();
        }
        scheduled.Clock.Now = new(2026, 3, 9, 12, 0, 0, TimeSpan.Zero);
        await using (var worker = scheduled.Start())
        {
            await scheduled.FinishedAsync(worker);
            await scheduled.SweptAsync(worker);
            await scheduled.FinishedAsync(worker);
            await worker.StopAsync();
        }
        (await scheduled.OnLedgerAsync(store => store.ReadAsync(ledger => ledger.ListAsync<string>("SELECT due FROM scheduled_run"), CancellationToken.None)))
            .ShouldBe(["2026-03-09T02:00:00.0000000Z"]);
    }

    [Fact]
    public async Task Two_schedules_each_verify_their_own_comparisons()
    {
        await using var scheduled = await ScheduledMigration.CreateAsync();
        scheduled.Migration.Options.Comparisons["other"] = scheduled.Migration.Comparison;
        scheduled.Migration.Options.Schedules["nightly"].Comparisons = ["crm"];
        scheduled.Migration.Options.Schedules["at-three"] = new ScheduleOptions { Cron = "0 0 3 * * ?", Comparisons = ["other"] };
        await using var worker = scheduled.Start();
        await scheduled.SweptAsync(worker);
        scheduled.Clock.Now = new(2026, 3, 2, 2, 30, 0, TimeSpan.Zero);
        var first = await scheduled.FinishedAsync(worker);
        scheduled.Clock.Now = new(2026, 3, 2, 3, 30, 0, TimeSpan.Zero);
        var second = await scheduled.FinishedAsync(worker, runs: 2);
        (first.Label, first.LimitedTo, first.Scope).ShouldBe(("schedule:nightly", "comparison crm", Scope.Partial));
        (second.Label, second.LimitedTo, second.Scope).ShouldBe(("schedule:at-three", "comparison other", Scope.Partial));
        second.Results.Select(result => result.Comparison).Distinct().ShouldBe(["other"]);
    }

    [Fact]
    public async Task A_schedules_hours_are_those_of_its_time_zone()
    {
        await using var scheduled = await ScheduledMigration.CreateAsync();
        scheduled.Migration.Options.Project.TimeZone = "Asia/Tokyo";
        await using var worker = scheduled.Start();
        await scheduled.SweptAsync(worker);
        // Two in the morning of 2 March in Tokyo is five in the afternoon before.
        scheduled.Clock.Now = new(2026, 3, 1, 17, 0, 0, TimeSpan.Zero);
        await scheduled.FinishedAsync(worker);
    }
}

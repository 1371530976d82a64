using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Tests.BadInput;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Schedule;

/// <summary>Scheduled runs that do not come to their end in time, or whose worker is stopped.</summary>
public sealed class UnfinishedRunTests
{
    [Fact]
    public async Task A_run_that_is_stopped_is_gone_on_with_when_a_worker_comes_back_even_without_its_schedule()
    {
        await using var scheduled = await ScheduledMigration.CreateAsync();
        await scheduled.Migration.AddEndlessAsync();
        scheduled.Migration.Options.Worker.ShutdownSeconds = 4;
        await using (var worker = scheduled.Start())
        {
            await scheduled.SweptAsync(worker);
            scheduled.Clock.Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
            await Eventually.HoldsAsync(async () => await scheduled.UndoneAsync() == 1, () => worker.Error);
            await worker.StopAsync();
        }
        (await scheduled.UndoneAsync()).ShouldBe(1);
        await CarriedLedger.WithoutItsScheduleAsync(scheduled.Migration.Folder, scheduled.Migration.Options, "carried.db");
        scheduled.Migration.Options.Worker.ShutdownSeconds = 20;
        await scheduled.Migration.Source.ExecuteAsync("DROP VIEW endless");
        await scheduled.Migration.Source.ExecuteAsync("CREATE TABLE endless (id int)");
        await using (var worker = scheduled.Start())
        {
            var run = await scheduled.FinishedAsync(worker);
            (run.Verdict, run.Interrupted).ShouldBe((Verdict.Go, null));
        }
    }

    [Fact]
    public async Task What_is_left_at_the_deadline_is_not_checked_and_the_run_is_finished_as_interrupted()
    {
        await using var scheduled = await ScheduledMigration.CreateAsync();
        await scheduled.Migration.AddEndlessAsync();
        scheduled.Migration.Options.Verification.DeadlineHours = 3;
        scheduled.Migration.Options.Worker.ShutdownSeconds = 4;
        await using var worker = scheduled.Start();
        await scheduled.SweptAsync(worker);
        scheduled.Clock.Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
        await Eventually.HoldsAsync(async () => await scheduled.UndoneAsync() == 1, () => worker.Error);
        scheduled.Clock.Now = new(2026, 3, 2, 4, 59, 59, TimeSpan.Zero);
        await scheduled.SweptAsync(worker);
        (await scheduled.RunsAsync()).Single().Finished.ShouldBeNull();
        scheduled.Clock.Now = new(2026, 3, 2, 5, 0, 0, TimeSpan.Zero);
        var run = await scheduled.FinishedAsync(worker);
        run.Interrupted.ShouldBe("The run's deadline, 2026-03-02 05:00 UTC, passed.");
        run.Results.Single(result => result.Entity == "endless").ShouldNotBeChecked().ShouldBe("The run's deadline, 2026-03-02 05:00 UTC, passed. This was not read.");
        run.Results.Where(result => result.Entity != "endless").ShouldAllBe(result => result.Outcome is CheckOutcome.Match);
    }

    [Fact]
    public async Task A_time_that_comes_while_the_last_run_goes_on_is_skipped_and_the_next_is_free()
    {
        await using var scheduled = await ScheduledMigration.CreateAsync();
        await scheduled.Migration.AddEndlessAsync();
        scheduled.Migration.Options.Verification.DeadlineHours = 36;
        scheduled.Migration.Options.Worker.ShutdownSeconds = 4;
        await using var worker = scheduled.Start();
        await scheduled.SweptAsync(worker);
        scheduled.Clock.Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
        await Eventually.HoldsAsync(async () => await scheduled.UndoneAsync() == 1, () => worker.Error);
        scheduled.Clock.Now = new(2026, 3, 3, 2, 0, 0, TimeSpan.Zero);
        await Eventually.HoldsAsync(() => worker.Error.Contains("is still going on", StringComparison.Ordinal), () => worker.Error);
        (await scheduled.RunsAsync()).Count.ShouldBe(1);
        scheduled.Clock.Now = new(2026, 3, 3, 14, 0, 0, TimeSpan.Zero);
        await scheduled.FinishedAsync(worker);
        scheduled.Clock.Now = new(2026, 3, 4, 2, 0, 0, TimeSpan.Zero);
        await Eventually.HoldsAsync(async () => (await scheduled.RunsAsync()).Count == 2, () => worker.Error);
    }
}

using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Schedule;
using MigrationGuard.Tests.BadInput;
using MigrationGuard.Tests.Retention.BackupPromises;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Schedule;

/// <summary>Scheduled verification by one worker on SQLite: when it runs, and that it comes to what a run by hand comes to.</summary>
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
    public async Task A_schedule_of_back_ups_makes_the_run_that_somebody_would_have_asked_for_and_tells_of_what_is_wrong()
    {
        using var backups = new BackupFolder(days: 1);
        await using var scheduled = await ScheduledMigration.CreateAsync();
        var options = scheduled.Migration.Options;
        options.Backups = backups.Options.Backups;
        options.Backups.Stores["share"].Folder = backups.Working.At("backups");
        options.Backups.Promises = new() { ["log-every-hour"] = backups.Options.Backups.Promises["log-every-hour"] };
        options.Schedules.Clear();
        options.Schedules["back-ups"] = new ScheduleOptions { Cron = "0 0 12 * * ?", What = ScheduledWork.Backups };
        await using var worker = scheduled.Start();
        await scheduled.SweptAsync(worker);
        scheduled.Clock.Now = backups.Clock.Now;
        var run = await scheduled.FinishedAsync(worker);
        (run.Kind, run.Verdict, run.Label).ShouldBe((RunKinds.Backups, Verdict.Go, "schedule:back-ups"));
        run.Results.ShouldHaveSingleItem().Check.ShouldBe("backup:log-every-hour");

        File.Delete(backups.File(BackupFolder.LogName(-3)));
        scheduled.Clock.Now = backups.Clock.Now.AddDays(1);
        (await scheduled.FinishedAsync(worker, runs: 2)).Verdict.ShouldBe(Verdict.NoGo);
        await scheduled.SweptAsync(worker);
        await worker.StopAsync();
        (await scheduled.OnLedgerAsync(store => store.ReadAsync(ledger => ledger.ListAsync<string>("SELECT due FROM scheduled_run WHERE run_id IS NOT NULL ORDER BY due"), CancellationToken.None)))
            .ShouldBe(["2026-03-20T12:00:00.0000000Z", "2026-03-21T12:00:00.0000000Z"]);
        (await scheduled.OnLedgerAsync(store => store.ReadAsync(ledger => ledger.FirstAsync<long>("SELECT COUNT(*) FROM notification WHERE topic = 'run-mismatch'"), CancellationToken.None))).ShouldBe(1);
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

    [Fact]
    public async Task A_joined_run_is_what_a_run_by_one_process_is()
    {
        await using var scheduled = await ScheduledMigration.CreateAsync();
        await scheduled.AddEverythingAsync();
        await using (var worker = scheduled.Start())
        {
            await scheduled.SweptAsync(worker);
            scheduled.Clock.Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
            await scheduled.FinishedAsync(worker);
            await worker.StopAsync();
        }
        var joined = (await scheduled.Migration.RunAsync("runs", "show", "latest", "--format", "json")).Document;
        var alone = (await scheduled.Migration.VerifyAsync()).Document;
        ScheduledMigration.Lasting(joined).ShouldBe(ScheduledMigration.Lasting(alone));
        joined.Results.Select(result => result.Outcome.Name).Distinct().Order().ShouldBe(["match", "mismatch", "not-checked"]);
        (joined.Uncovered.Count, joined.Excluded.Count, joined.Servers.Count, joined.Verdict).ShouldBe((1, 1, 2, Verdict.NoGo));
        (await scheduled.Migration.RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Done);
    }

    [Fact]
    public async Task A_lost_row_is_no_go_in_the_joined_run()
    {
        await using var scheduled = await ScheduledMigration.CreateAsync();
        await scheduled.Migration.Target.ExecuteAsync("DELETE FROM cases WHERE id = 7");
        await using var worker = scheduled.Start();
        await scheduled.SweptAsync(worker);
        scheduled.Clock.Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
        var run = await scheduled.FinishedAsync(worker);
        run.Verdict.ShouldBe(Verdict.NoGo);
        run.Results.Single(result => result.Check == CheckNames.RecordCount).ShouldMismatch();
    }

    [Fact]
    public async Task A_run_with_nothing_to_read_is_finished_all_the_same()
    {
        await using var scheduled = await ScheduledMigration.CreateAsync();
        scheduled.Migration.Comparison.Entities.Clear();
        scheduled.Migration.AddEntity("ghost", "no_such_table");
        await using var worker = scheduled.Start();
        await scheduled.SweptAsync(worker);
        scheduled.Clock.Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
        (await scheduled.FinishedAsync(worker)).Verdict.ShouldBe(Verdict.Incomplete);
    }

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
            await Eventually.HoldsAsync(async () => await UndoneAsync(scheduled) == 1, () => worker.Error);
            await worker.StopAsync();
        }
        (await UndoneAsync(scheduled)).ShouldBe(1);
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
        await Eventually.HoldsAsync(async () => await UndoneAsync(scheduled) == 1, () => worker.Error);
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
        await Eventually.HoldsAsync(async () => await UndoneAsync(scheduled) == 1, () => worker.Error);
        scheduled.Clock.Now = new(2026, 3, 3, 2, 0, 0, TimeSpan.Zero);
        await Eventually.HoldsAsync(() => worker.Error.Contains("is still going on", StringComparison.Ordinal), () => worker.Error);
        (await scheduled.RunsAsync()).Count.ShouldBe(1);
        scheduled.Clock.Now = new(2026, 3, 3, 14, 0, 0, TimeSpan.Zero);
        await scheduled.FinishedAsync(worker);
        scheduled.Clock.Now = new(2026, 3, 4, 2, 0, 0, TimeSpan.Zero);
        await Eventually.HoldsAsync(async () => (await scheduled.RunsAsync()).Count == 2, () => worker.Error);
    }

    [Fact]
    public async Task More_items_than_may_be_read_at_once_keep_no_sweep_waiting()
    {
        await using var scheduled = await ScheduledMigration.CreateAsync();
        scheduled.Migration.Options.Worker.Concurrency = 1;
        scheduled.Migration.Options.Worker.ShutdownSeconds = 4;
        await scheduled.Migration.AddEndlessAsync();
        foreach (var number in Enumerable.Range(1, 60))
            scheduled.Migration.AddEntity(FormattableString.Invariant($"endless-{number}"), "endless");
        await using var worker = scheduled.Start();
        await scheduled.SweptAsync(worker);
        scheduled.Clock.Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
        await Eventually.HoldsAsync(async () => await UndoneAsync(scheduled) is 61 or 62, () => worker.Error);
        await scheduled.SweptAsync(worker);
        await scheduled.SweptAsync(worker);
        (await UndoneAsync(scheduled)).ShouldBeGreaterThanOrEqualTo(61);
    }

    private static Task<int> UndoneAsync(ScheduledMigration scheduled) => scheduled.OnLedgerAsync(store =>
        store.ReadAsync(ledger => ledger.FirstAsync<int>("SELECT COUNT(*) FROM run_item WHERE done_at IS NULL"), CancellationToken.None));
}

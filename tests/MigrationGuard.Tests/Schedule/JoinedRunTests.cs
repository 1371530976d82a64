using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Tests.BadInput;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Schedule;

/// <summary>A scheduled run, whose items workers share out, comes to what a run by hand comes to.</summary>
public sealed class JoinedRunTests
{
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
        await Eventually.HoldsAsync(async () => await scheduled.UndoneAsync() is 61 or 62, () => worker.Error);
        await scheduled.SweptAsync(worker);
        await scheduled.SweptAsync(worker);
        (await scheduled.UndoneAsync()).ShouldBeGreaterThanOrEqualTo(61);
    }
}

using MigrationGuard.Configuration;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Runs;
using MigrationGuard.Runs.Joined;
using MigrationGuard.Schedule.Logging;
using MigrationGuard.Verification.Planning;

namespace MigrationGuard.Schedule;

/// <summary>Verification without being asked: which schedules are due, and what is left to do of the runs begun for them.</summary>
/// <remarks>
/// A time that comes while the schedule's last run is still going on is skipped, and recorded as skipped. Two runs beside each
/// other would take turns at the same connections, to say the same of the same data, later. As every run ends at its
/// deadline, none keeps its schedule from coming round again.
/// </remarks>
internal sealed class ScheduledRuns(
    LedgerStore store, JoinedRuns runs, KeepingRuns keeping, WorkerShares shares, ItemJobs jobs, MigrationGuardOptions options, Secrets secrets, ProgramContext program)
{
    /// <summary>The sweep: ends what is over, and gives out what is due and has no job.</summary>
    /// <exception cref="InvalidOperationException">The run of a schedule could not be begun when it was last tried; it is tried again.</exception>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var run in await runs.ListUnfinishedAsync(cancellationToken))
        {
            if (!await runs.FinishAsync(run, cancellationToken))
                await jobs.AddItemsAsync(await runs.ListUndoneAsync(run, cancellationToken), cancellationToken);
        }
        await runs.ForgetFinishedAsync(cancellationToken);
        var failures = new List<string>();
        foreach (var name in options.Schedules.Keys)
        {
            if (await DueAsync(name, cancellationToken) is null)
                continue;
            await jobs.AddBeginningAsync(name, cancellationToken);
            if (await store.ReadAsync(ledger => MarkAsync(ledger, FailureMark(name)), cancellationToken) is { Length: > 0 } failure)
                failures.Add($"Schedule {name}: its run could not be begun: {failure}");
        }
        if (failures.Count > 0)
            throw new InvalidOperationException(string.Join(" ", failures));
    }

    /// <summary>Begins the run of a schedule, if it is due.</summary>
    /// <returns>False when a database may not be read by this worker now, so that another has to plan.</returns>
    public async Task<bool> BeginAsync(string name, CancellationToken cancellationToken)
    {
        if (!options.Schedules.TryGetValue(name, out var schedule) || await DueAsync(name, cancellationToken) is not { } due)
            return true;
        if (await store.ReadAsync(ledger => JoinedRuns.FindUnfinishedAsync(ledger, name), cancellationToken) is { } running)
        {
            await runs.SkipAsync(name, due, running, cancellationToken);
            return true;
        }
        if (schedule.What != ScheduledWork.Comparisons)
            return await TryAsync(name, () => keeping.VerifyAsync(schedule.What, new ScheduledTime(name, due), cancellationToken), cancellationToken);
        var selection = new Selection(schedule.Comparisons, []);
        if (!options.Comparisons.Where(comparison => selection.Includes(comparison.Key)).All(comparison => shares.Reach(comparison.Value)))
            return false;
        return await TryAsync(
            name,
            async () =>
            {
                if (await runs.BeginAsync(name, due, selection, cancellationToken) is { } run && !await runs.FinishAsync(run, cancellationToken))
                    await jobs.AddItemsAsync(await runs.ListUndoneAsync(run, cancellationToken), cancellationToken);
            },
            cancellationToken);
    }

    private async Task<bool> TryAsync(string name, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
            await NoteAsync(name, "", cancellationToken);
            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // The sweep says so round after round, and so somebody hears of it.
            await NoteAsync(name, secrets.Mask(e.Message.ReplaceLineEndings(" ")), cancellationToken);
            throw;
        }
    }

    // A schedule that was never seen before has missed nothing.
    private async Task<DateTimeOffset?> DueAsync(string name, CancellationToken cancellationToken)
    {
        var schedule = options.Schedules[name];
        var seen = "schedule-seen." + name;
        var since = await store.ReadAsync(
            async ledger => await ledger.FirstAsync<string>("SELECT MAX(due) FROM scheduled_run WHERE schedule = @name", new { name }) ?? await MarkAsync(ledger, seen),
            cancellationToken);
        if (since is not null)
            return DueTimes.Newest(schedule.Cron, TimeZoneInfo.FindSystemTimeZoneById(schedule.TimeZone ?? options.Project.TimeZone), Moments.Read(since), program.Time.GetUtcNow());
        await store.WriteAsync(ledger => SetMarkAsync(ledger, seen, Moments.Text(ledger.Now)), cancellationToken);
        return null;
    }

    private async Task NoteAsync(string name, string failure, CancellationToken cancellationToken)
    {
        if ((await store.ReadAsync(ledger => MarkAsync(ledger, FailureMark(name)), cancellationToken) ?? "") != failure)
            await store.WriteAsync(ledger => SetMarkAsync(ledger, FailureMark(name), failure), cancellationToken);
    }

    private static string FailureMark(string name) => "schedule-failure." + name;

    private static Task<string?> MarkAsync(LedgerReading ledger, string mark) => ledger.FirstAsync<string>("SELECT value FROM mark WHERE name = @mark", new { mark });

    private static async Task<bool> SetMarkAsync(LedgerTransaction ledger, string mark, string value)
    {
        await ledger.SetMarkAsync(mark, value);
        return true;
    }
}

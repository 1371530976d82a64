using Microsoft.Extensions.Logging;
using MigrationGuard.Configuration;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Schedule;
using MigrationGuard.Verification;
using MigrationGuard.Verification.Planning;
using MigrationGuard.Verification.Running;

namespace MigrationGuard.Runs.Joined;

/// <summary>Runs that several workers carry out together: their beginning and their end, each in one transaction of the ledger.</summary>
internal sealed partial class JoinedRuns(
    LedgerStore store, MigrationGuardOptions options, RunsInHand inHand, ProgramContext program, Actor actor, ILogger<JoinedRuns> log)
{
    private const string Unfinished = "SELECT r.id FROM scheduled_run s JOIN run r ON r.id = s.run_id WHERE r.finished_seq IS NULL";

    /// <summary>Runs of schedules that have no end yet, the oldest first.</summary>
    public Task<IReadOnlyList<string>> ListUnfinishedAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(ledger => ledger.ListAsync<string>(Unfinished + " ORDER BY r.started_seq"), cancellationToken);

    /// <summary>Lets go of what this worker keeps of runs that others have ended.</summary>
    public async Task ForgetFinishedAsync(CancellationToken cancellationToken)
    {
        var known = inHand.Ids;
        if (known.Count == 0)
            return;
        foreach (var run in known.Except(await ListUnfinishedAsync(cancellationToken), StringComparer.Ordinal))
            inHand.Forget(run);
    }

    /// <summary>What is still to be done of a run.</summary>
    public Task<IReadOnlyList<JoinedItem>> ListUndoneAsync(string run, CancellationToken cancellationToken) =>
        store.ReadAsync(ledger => JoinedItem.ListUndoneAsync(ledger, run), cancellationToken);

    /// <summary>The run of a schedule that has no end yet; null when there is none.</summary>
    public static Task<string?> FindUnfinishedAsync(LedgerReading ledger, string schedule) =>
        ledger.FirstAsync<string>(Unfinished + " AND s.schedule = @schedule", new { schedule });

    /// <summary>Plans a run and begins it: the schedule's time, the run and its items are durable together, or none of them is.</summary>
    /// <returns>The run; null when another worker had begun it.</returns>
    /// <exception cref="ConfigurationException">A connection string cannot be read.</exception>
    public async Task<string?> BeginAsync(string schedule, DateTimeOffset due, Selection selection, CancellationToken cancellationToken)
    {
        await store.RecordConfigurationAsync(options, actor);
        var header = RunRecords.Begin(options, selection, "schedule:" + schedule, program.Time);
        var part = inHand.New(Deadline(header));
        RunPlan plan;
        try
        {
            plan = await part.PlanAsync(selection);
            header = header.Planned(plan.Comparisons);
            if (!await store.WriteAsync(ledger => WriteBeginningAsync(ledger, new ScheduledTime(schedule, due), header, plan), cancellationToken))
            {
                part.Dispose();
                return null;
            }
        }
        catch
        {
            part.Dispose();
            throw;
        }
        inHand.Keep(header.Run, part);
        Begun(log, schedule, Moments.Text(due), header.Run, plan.Readings.Count);
        return header.Run;
    }

    /// <summary>Records that a schedule's time came while its last run was still going on, and so begins none.</summary>
    public async Task SkipAsync(string schedule, DateTimeOffset due, string running, CancellationToken cancellationToken)
    {
        var written = await store.WriteAsync(
            async ledger =>
            {
                var time = new ScheduledTime(schedule, due);
                if (await time.IsTakenAsync(ledger))
                    return false;
                await time.WriteAsync(ledger, run: null, running, actor);
                return true;
            },
            cancellationToken);
        if (written)
            Skipped(log, schedule, Moments.Text(due), running);
    }

    /// <summary>Ends a run of which nothing is left to do, or whose deadline has passed: then what is left is not checked.</summary>
    /// <returns>Whether this ended it: among workers that try, one does.</returns>
    public async Task<bool> FinishAsync(string run, CancellationToken cancellationToken)
    {
        var finished = await store.WriteAsync(ledger => WriteEndAsync(ledger, run), cancellationToken);
        if (finished is null)
            return false;
        inHand.Forget(run);
        Finished(log, run, finished.Verdict.Spelt(), finished.Results.Count);
        return true;
    }

    public DateTimeOffset Deadline(RunDocument run) => run.Started + TimeSpan.FromHours(options.Verification.DeadlineHours);

    private async Task<bool> WriteBeginningAsync(LedgerTransaction ledger, ScheduledTime time, RunDocument header, RunPlan plan)
    {
        if (await time.IsTakenAsync(ledger))
            return false;
        await ledger.BeginRunAsync(header, actor);
        await time.WriteAsync(ledger, header.Run, stillRunning: null, actor);
        await ledger.AddResultsAsync(header.Run, [.. plan.NotChecked.Select(result => (0, result))]);
        await JoinedItem.InsertAsync(ledger, header.Run, plan);
        return true;
    }

    private async Task<RunDocument?> WriteEndAsync(LedgerTransaction ledger, string run)
    {
        if (await ledger.FindUnfinishedRunAsync(run) is not { } header)
            return null;
        var undone = await JoinedItem.ListUndoneAsync(ledger, run);
        if (undone.Count > 0 && ledger.Now < Deadline(header))
            return null;
        var interrupted = undone.Count > 0 ? RunStop.DeadlinePassed(Deadline(header)) : null;
        foreach (var item in undone)
            await item.CompleteAsync(ledger, item.NotChecked(RunStop.NotReadBecause(interrupted!)), WorkerIdentity.Current);
        var finished = header.Ended(await ledger.ListResultsAsync(run), interrupted, ledger.Now);
        await ledger.FinishRunAsync(finished, actor);
        return finished;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Schedule {Schedule}, due {Due}: run {Run} is begun, with {Items} entities and query pairs.")]
    private static partial void Begun(ILogger log, string schedule, string due, string run, int items);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Schedule {Schedule}, due {Due}: nothing is begun, as run {Run} is still going on.")]
    private static partial void Skipped(ILogger log, string schedule, string due, string run);

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {Run} is finished: {Verdict}, {Results} results.")]
    private static partial void Finished(ILogger log, string run, string verdict, int results);
}

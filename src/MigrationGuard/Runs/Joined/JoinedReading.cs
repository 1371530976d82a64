using System.Diagnostics;
using Microsoft.Extensions.Logging;
using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Schedule;
using MigrationGuard.Verification;

namespace MigrationGuard.Runs.Joined;

/// <summary>Reads one item of a joined run after the other, as this worker is given them.</summary>
internal sealed partial class JoinedReading(
    LedgerStore store, JoinedRuns runs, RunsInHand inHand, WorkerShares shares, WorkInHand work, MigrationGuardOptions options, ProgramContext program, ILogger<JoinedReading> log)
{
    /// <summary>Reads an item, unless that has been done, and finishes the run when nothing else is left of it.</summary>
    /// <returns>False when a database may not be read by this worker now, so that another has to.</returns>
    /// <remarks>An item that is stopped stays undone, and is read again by whoever is given it next.</remarks>
    public async Task<bool> ReadAsync(string run, int ordinal, CancellationToken cancellationToken)
    {
        var (header, item) = await store.ReadAsync(
            async ledger => (await ledger.FindUnfinishedRunAsync(run), await JoinedItem.FindUndoneAsync(ledger, run, ordinal)), cancellationToken);
        if (header is null || item is null)
            return true;
        if (options.Comparisons.TryGetValue(item.Comparison, out var comparison) && !shares.Reach(comparison))
            return false;
        using var piece = work.Begin($"{run} {item.Name}");
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, work.Abandoned, shares.Lost);
        using var activity = WorkerTelemetry.Source.StartActivity("item " + item.Name);
        activity?.SetTag("migrationguard.run", run);
        var began = Stopwatch.GetTimestamp();
        using var stop = new RunStop(runs.Deadline(header), program.Time, stopped.Token);
        if (await ReadAsync(header, item, comparison, stop) is not { } results)
        {
            activity?.SetStatus(ActivityStatusCode.Error, "stopped");
            Stopped(log, run, item.Name, stop.Reason);
            return true;
        }
        if (!await KeepAsync(item, results))
            return true;
        var outcome = Worst(results);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        WorkerTelemetry.ItemsVerified.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        WorkerTelemetry.ItemDuration.Record(seconds, new KeyValuePair<string, object?>("outcome", outcome));
        Compared(log, run, item.Name, outcome, seconds);
        return true;
    }

    private async Task<IReadOnlyList<CheckResult>?> ReadAsync(RunDocument header, JoinedItem item, ComparisonOptions? comparison, RunStop stop)
    {
        if (comparison is null)
            return item.NotChecked($"The configuration names no comparison {item.Comparison} any more. Verify again.");
        try
        {
            var plan = await inHand.Of(header.Run, runs.Deadline(header)).PlanAsync(item.Comparison, comparison).WaitAsync(stop.Token);
            var reading = plan.Readings.FirstOrDefault(reading => reading.Entity == item.Entity && reading.Query == item.Query);
            var read = reading is null ? [] : await reading.ReadAsync(stop);
            return read is null ? null : item.Completed(read, plan);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (DatabaseException e)
        {
            return item.NotChecked(e.Message);
        }
    }

    // Not cancelled: what has been read is kept, also when the worker is stopping.
    private async Task<bool> KeepAsync(JoinedItem item, IReadOnlyList<CheckResult> results)
    {
        var (kept, left) = await store.WriteAsync(
            async ledger =>
            {
                var kept = await item.CompleteAsync(ledger, results, WorkerIdentity.Current);
                return (kept, await JoinedItem.CountUndoneAsync(ledger, item.Run));
            },
            CancellationToken.None);
        if (!kept)
            Dropped(log, item.Run, item.Name);
        if (left == 0)
            await runs.FinishAsync(item.Run, CancellationToken.None);
        return kept;
    }

    private static string Worst(IReadOnlyList<CheckResult> results)
    {
        string[] fromBad = ["mismatch", "not-checked", "accepted"];
        return fromBad.FirstOrDefault(name => results.Any(result => result.Outcome.Name == name)) ?? "match";
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {Run}: {Item} is {Outcome}, in {Seconds:0.0} s.")]
    private static partial void Compared(ILogger log, string run, string item, string outcome, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {Run}: {Item} was stopped, and is still to be read. {Reason}")]
    private static partial void Stopped(ILogger log, string run, string item, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {Run}: {Item} had been done by another worker meanwhile; what was read here is dropped.")]
    private static partial void Dropped(ILogger log, string run, string item);
}

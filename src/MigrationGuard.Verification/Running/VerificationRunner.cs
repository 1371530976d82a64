using System.Collections.Concurrent;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification.Planning;

namespace MigrationGuard.Verification.Running;

/// <summary>Carries plans out: the largest tables first, several at once, each result kept as soon as it is there.</summary>
/// <param name="limits">Limits that hold for every run.</param>
/// <param name="time">The clock of expiries.</param>
/// <param name="keep">Takes results into the ledger.</param>
/// <param name="observer">Told how it goes.</param>
public sealed class VerificationRunner(VerificationOptions limits, TimeProvider time, KeepResults keep, IRunObserver observer)
{
    /// <summary>Runs the plans to their end or until <paramref name="stop"/>; what was not read by then is kept as not-checked.</summary>
    public async Task<RunOutcome> RunAsync(IReadOnlyList<ComparisonPlan> plans, RunStop stop)
    {
        var plan = RunPlan.Of(plans, limits, time);
        if (plan.NotChecked.Count > 0)
            await keep(0, plan.NotChecked);
        observer.Planned(plan.Readings.Count, plan.Readings.Sum(reading => reading.ApproximateRows));
        var results = new ConcurrentDictionary<int, IReadOnlyList<CheckResult>>();
        var unread = 0;
        // The token is not given to the loop: every reading has its results, and those that come after the stop say so.
        await Parallel.ForEachAsync(plan.LargestFirst, new ParallelOptions { MaxDegreeOfParallelism = Parallelism(plans) }, async (reading, _) =>
        {
            var read = await ReadAsync(reading, stop);
            if (read is null)
            {
                Interlocked.Increment(ref unread);
                read = reading.NotChecked(stop.NotRead);
            }
            await keep(reading.Ordinal, read);
            observer.Finished(reading.Name, read, reading.ApproximateRows);
            results[reading.Ordinal] = read;
        });
        var interrupted = stop.Token.IsCancellationRequested && (unread > 0 || plan.NotChecked.Count > 0) ? stop.Reason : null;
        return new RunOutcome([.. plan.NotChecked, .. results.OrderBy(entry => entry.Key).SelectMany(entry => entry.Value)], interrupted);
    }

    private async Task<IReadOnlyList<CheckResult>?> ReadAsync(PlannedReading reading, RunStop stop)
    {
        if (stop.Token.IsCancellationRequested)
            return null;
        observer.Started(reading.Name);
        return await reading.ReadAsync(stop);
    }

    // Each database keeps its own limit; more readings than connections would only wait.
    private static int Parallelism(IReadOnlyList<ComparisonPlan> plans) =>
        Math.Max(1, plans.SelectMany(plan => new[] { plan.Source, plan.Target }).Distinct().Sum(database => database.MaxConnections));
}

/// <summary>What a run came to.</summary>
/// <param name="Results">All results, in the order of the plans.</param>
/// <param name="Interrupted">Why the run ended before its end; null when it did not.</param>
public sealed record RunOutcome(IReadOnlyList<CheckResult> Results, string? Interrupted);

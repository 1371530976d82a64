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
    private static readonly Dictionary<int, IReadOnlyList<CheckResult>> Nothing = [];

    /// <summary>Runs the plans to their end or until <paramref name="stop"/>; what was not read by then is kept as not-checked.</summary>
    public Task<RunOutcome> RunAsync(IReadOnlyList<ComparisonPlan> plans, RunStop stop) => RunAsync(RunPlan.Of(plans, limits, time), Nothing, stop);

    /// <summary>Runs a plan to its end or until <paramref name="stop"/>; what was not read by then is kept as not-checked.</summary>
    /// <param name="kept">Results that an earlier process of the run has kept, by their places: those are not read again.</param>
    public async Task<RunOutcome> RunAsync(RunPlan plan, IReadOnlyDictionary<int, IReadOnlyList<CheckResult>> kept, RunStop stop)
    {
        if (plan.NotChecked.Count > 0 && !kept.ContainsKey(0))
            await keep(0, plan.NotChecked);
        var left = plan.LargestFirst.Where(reading => !kept.ContainsKey(reading.Ordinal)).ToList();
        observer.Planned(left.Count, left.Sum(reading => reading.ApproximateRows));
        var results = new ConcurrentDictionary<int, IReadOnlyList<CheckResult>>(plan.Readings.Where(reading => kept.ContainsKey(reading.Ordinal)).ToDictionary(reading => reading.Ordinal, reading => kept[reading.Ordinal]));
        var unread = 0;
        // The token is not given to the loop: every reading has its results, and those that come after the stop say so.
        await Parallel.ForEachAsync(left, new ParallelOptions { MaxDegreeOfParallelism = Parallelism(plan.Comparisons) }, async (reading, _) =>
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
        var notChecked = plan.NotChecked.Count > 0 && kept.TryGetValue(0, out var known) ? known : plan.NotChecked;
        return new RunOutcome([.. notChecked, .. results.OrderBy(entry => entry.Key).SelectMany(entry => entry.Value)], interrupted);
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

using System.Collections.Concurrent;
using System.Diagnostics;
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
        var planned = await KeepPlannedAsync(plans);
        var work = Ordered(plans, planned.Count);
        observer.Planned(work.Count, work.Sum(item => item.Reading.ApproximateRows));
        var results = new ConcurrentDictionary<int, IReadOnlyList<CheckResult>>();
        var unread = 0;
        // The token is not given to the loop: every reading has its results, and those that come after the stop say so.
        await Parallel.ForEachAsync(work, new ParallelOptions { MaxDegreeOfParallelism = Parallelism(plans) }, async (item, _) =>
        {
            var read = await ReadAsync(item.Reading, stop);
            if (read is null)
            {
                Interlocked.Increment(ref unread);
                read = item.Reading.NotChecked(stop.Reason + " This was not read.");
            }
            await keep(item.Ordinal, read);
            observer.Finished(item.Reading.Name, read, item.Reading.ApproximateRows);
            results[item.Ordinal] = read;
        });
        var interrupted = stop.Token.IsCancellationRequested && (unread > 0 || planned.Count > 0) ? stop.Reason : null;
        return new RunOutcome([.. planned, .. results.OrderBy(entry => entry.Key).SelectMany(entry => entry.Value)], interrupted);
    }

    private async Task<IReadOnlyList<CheckResult>> KeepPlannedAsync(IReadOnlyList<ComparisonPlan> plans)
    {
        var notChecked = plans.SelectMany(plan => plan.NotChecked).ToList();
        if (notChecked.Count > 0)
            await keep(0, notChecked);
        return notChecked;
    }

    private List<(Reading Reading, int Ordinal)> Ordered(IReadOnlyList<ComparisonPlan> plans, int firstOrdinal)
    {
        var ordered = new List<(Reading Reading, int Ordinal)>();
        var ordinal = firstOrdinal;
        foreach (var plan in plans)
        {
            foreach (var reading in Readings(plan))
            {
                ordered.Add((reading, ordinal));
                ordinal += reading.ResultCount;
            }
        }
        // Results keep the configuration's order; the work begins with what takes longest, so that it does not end with it.
        return [.. ordered.OrderByDescending(item => item.Reading.ApproximateRows)];
    }

    private IEnumerable<Reading> Readings(ComparisonPlan plan) =>
    [
        .. plan.Entities.Select(entity => new EntityReading(plan, entity, time)),
        .. plan.Queries.Select(query => new QueryReading(plan, query, limits, time)),
    ];

    private async Task<IReadOnlyList<CheckResult>?> ReadAsync(Reading reading, RunStop stop)
    {
        if (stop.Token.IsCancellationRequested)
            return null;
        observer.Started(reading.Name);
        try
        {
            return await reading.ReadAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A defect of this program costs one reading, not the night's other results. Its message may quote a value.
            var place = new StackTrace(e).GetFrame(0)?.GetMethod();
            return reading.NotChecked($"This program failed with {e.GetType().Name} in {place?.DeclaringType?.Name}.{place?.Name}. Report it, with what the table and its columns are.");
        }
    }

    // Each database keeps its own limit; more readings than connections would only wait.
    private static int Parallelism(IReadOnlyList<ComparisonPlan> plans) =>
        Math.Max(1, plans.SelectMany(plan => new[] { plan.Source, plan.Target }).Distinct().Sum(database => database.MaxConnections));
}

/// <summary>What a run came to.</summary>
/// <param name="Results">All results, in the order of the plans.</param>
/// <param name="Interrupted">Why the run ended before its end; null when it did not.</param>
public sealed record RunOutcome(IReadOnlyList<CheckResult> Results, string? Interrupted);

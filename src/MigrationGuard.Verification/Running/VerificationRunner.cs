using System.Globalization;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification.Planning;

namespace MigrationGuard.Verification.Running;

/// <summary>Carries plans out: the largest tables first, several at once, each result kept as soon as it is there.</summary>
/// <param name="limits">Limits that hold for every run.</param>
/// <param name="time">The clock of deadlines and expiries.</param>
/// <param name="keep">Takes results into the ledger.</param>
/// <param name="observer">Told how it goes.</param>
public sealed class VerificationRunner(VerificationOptions limits, TimeProvider time, KeepResults keep, IRunObserver observer)
{
    /// <summary>
    /// Runs the plans to their end, to the deadline, or until <paramref name="cancellationToken"/> is cancelled; what was not
    /// read by then is kept as not-checked.
    /// </summary>
    /// <param name="plans">The comparisons.</param>
    /// <param name="deadline">When the run stops whatever is left.</param>
    /// <param name="cancellationToken">Ends the run early, for example on Ctrl-C.</param>
    /// <returns>Why the run ended before its end; null when it did not.</returns>
    public async Task<RunOutcome> RunAsync(IReadOnlyList<ComparisonPlan> plans, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        var results = new List<CheckResult>(await KeepPlannedAsync(plans));
        var work = Ordered(plans, results.Count);
        observer.Planned(work.Count, work.Sum(item => item.Reading.ApproximateRows));
        using var timeout = new CancellationTokenSource(Max(deadline - time.GetUtcNow(), TimeSpan.Zero), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        string? interrupted = null;
        // The token is not given to the loop: every reading runs, and those that come after the stop say so.
        await Parallel.ForEachAsync(work, new ParallelOptions { MaxDegreeOfParallelism = Parallelism(plans) }, async (item, _) =>
        {
            var read = await ReadAsync(item.Reading, stop.Token);
            if (read is null)
            {
                interrupted = cancellationToken.IsCancellationRequested
                    ? "The run was interrupted."
                    : string.Create(CultureInfo.InvariantCulture, $"The run's deadline, {deadline.UtcDateTime:yyyy-MM-dd HH:mm} UTC, passed.");
                read = item.Reading.NotChecked(interrupted + " This was not read.");
            }
            await keep(item.Ordinal, read);
            observer.Finished(item.Reading.Name, read, item.Reading.ApproximateRows);
            lock (results)
                results.AddRange(read);
        });
        return new RunOutcome(results, interrupted);
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

    private async Task<IReadOnlyList<CheckResult>?> ReadAsync(Reading reading, CancellationToken stop)
    {
        if (stop.IsCancellationRequested)
            return null;
        observer.Started(reading.Name);
        try
        {
            return await reading.ReadAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
    }

    // Each database keeps its own limit; more readings than connections would only wait.
    private static int Parallelism(IReadOnlyList<ComparisonPlan> plans) =>
        Math.Max(1, plans.SelectMany(plan => new[] { plan.Source, plan.Target }).Distinct().Sum(database => database.MaxConnections));

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}

/// <summary>What a run came to.</summary>
/// <param name="Results">All results, in no order.</param>
/// <param name="Interrupted">Why the run ended before its end; null when it did not.</param>
public sealed record RunOutcome(IReadOnlyList<CheckResult> Results, string? Interrupted);

using System.Diagnostics;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Verification.Planning;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Verification.Running;

/// <summary>Everything a run is to do: its readings, each with its place among the run's results, and the results it has already.</summary>
/// <remarks>Whoever carries a run out, alone or with others, takes the places from here: so both come to the same results in the same order.</remarks>
public sealed class RunPlan
{
    private RunPlan(IReadOnlyList<ComparisonPlan> comparisons, IReadOnlyList<CheckResult> notChecked, IReadOnlyList<PlannedReading> readings) =>
        (Comparisons, NotChecked, Readings) = (comparisons, notChecked, readings);

    public IReadOnlyList<ComparisonPlan> Comparisons { get; }

    /// <summary>What is known not to be checkable; kept at place 0.</summary>
    public IReadOnlyList<CheckResult> NotChecked { get; }

    /// <summary>In the configuration's order, which results keep.</summary>
    public IReadOnlyList<PlannedReading> Readings { get; }

    /// <summary>In the order of the work: it begins with what takes longest, so that it does not end with it.</summary>
    public IEnumerable<PlannedReading> LargestFirst => Readings.OrderByDescending(reading => reading.ApproximateRows);

    /// <param name="time">The clock of expiries.</param>
    /// <param name="segments">Where the reading at a place keeps parts of it; null when nobody keeps them.</param>
    public static RunPlan Of(IReadOnlyList<ComparisonPlan> comparisons, VerificationOptions limits, TimeProvider time, Func<int, SegmentLog>? segments = null)
    {
        var notChecked = comparisons.SelectMany(plan => plan.NotChecked).ToList();
        var readings = new List<PlannedReading>();
        var ordinal = notChecked.Count;
        foreach (var plan in comparisons)
        {
            foreach (var entity in plan.Entities)
                Add(plan, entity.Name, null, new EntityReading(plan, entity, limits, time) { Segments = segments?.Invoke(ordinal) });
            foreach (var query in plan.Queries)
                Add(plan, null, query.Name, new QueryReading(plan, query, limits, time));
        }
        return new RunPlan(comparisons, notChecked, readings);

        void Add(ComparisonPlan plan, string? entity, string? query, Reading reading)
        {
            readings.Add(new PlannedReading(reading, ordinal, plan, entity, query));
            ordinal += reading.ResultCount;
        }
    }
}

/// <summary>One reading of a run: an entity or a query pair.</summary>
public sealed class PlannedReading
{
    private readonly Reading _reading;

    internal PlannedReading(Reading reading, int ordinal, ComparisonPlan comparison, string? entity, string? query) =>
        (_reading, Ordinal, Comparison, Entity, Query) = (reading, ordinal, comparison, entity, query);

    /// <summary>Where the first of its results stands among all results of the run.</summary>
    public int Ordinal { get; }

    public ComparisonPlan Comparison { get; }

    /// <summary>The entity's name; null for a query pair.</summary>
    public string? Entity { get; }

    /// <summary>The query pair's name; null for an entity.</summary>
    public string? Query { get; }

    /// <summary>What is read, for a reader of the progress.</summary>
    public string Name => _reading.Name;

    /// <summary>Results it makes, always as many.</summary>
    public int ResultCount => _reading.ResultCount;

    /// <summary>Rows by metadata, for planning only.</summary>
    public long ApproximateRows => _reading.ApproximateRows;

    /// <summary>Reads both sides and judges; null when it was stopped before it had. Throws nothing else than for want of memory.</summary>
    public async Task<IReadOnlyList<CheckResult>?> ReadAsync(RunStop stop)
    {
        try
        {
            return await _reading.ReadAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return null;
        }
        catch (LedgerException e)
        {
            // Of the parts that are kept, or were: it has its place and its remedy.
            return NotChecked(e.Message);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A defect of this program costs one reading, not the night's other results. Its message may quote a value.
            var place = new StackTrace(e).GetFrame(0)?.GetMethod();
            return NotChecked($"This program failed with {e.GetType().Name} in {place?.DeclaringType?.Name}.{place?.Name}. Report it, with what the table and its columns are.");
        }
    }

    /// <summary>Its results when it could not be read at all.</summary>
    public IReadOnlyList<CheckResult> NotChecked(string reason) => _reading.NotChecked(reason);
}

using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification.ExpectedDifferences;
using MigrationGuard.Verification.Planning;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Running;

/// <summary>One unit of work of a run: both sides are read at once, then judged.</summary>
internal abstract class Reading(ComparisonPlan comparison, TimeProvider time)
{
    /// <summary>What is read, for a reader of the progress.</summary>
    public abstract string Name { get; }

    /// <summary>Results this reading makes, always as many.</summary>
    public abstract int ResultCount { get; }

    /// <summary>Rows by metadata, for planning only.</summary>
    public virtual long ApproximateRows => 0;

    protected ComparisonPlan Comparison { get; } = comparison;

    protected TimeProvider Time { get; } = time;

    /// <summary>Reads and judges. A database that fails makes not-checked results; a defect of this program is thrown.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public abstract Task<IReadOnlyList<CheckResult>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>The results when this could not be read at all.</summary>
    public abstract IReadOnlyList<CheckResult> NotChecked(string reason);

    protected CheckResult Finish(CheckResult result) => ExpectedDifference.Apply(
        result with { Notes = [.. Comparison.Notes, .. result.Notes] },
        Comparison.ExpectedDifferences,
        DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime));

    /// <summary>Does the same on both sides at once, each to its end: what one brings is shown although the other fails.</summary>
    /// <returns>What they brought, and the wall time of the slower side.</returns>
    protected async Task<(BothSides<T> Both, double Seconds)> OnBothSidesAsync<T>(Func<Side, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var started = Time.GetTimestamp();
        var both = await BothSides<T>.ReadAsync(read, endsTogether: false, cancellationToken);
        return (both, Time.GetElapsedTime(started).TotalSeconds);
    }
}

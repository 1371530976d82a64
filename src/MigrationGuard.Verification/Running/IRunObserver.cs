using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Verification.Running;

/// <summary>Told how a run goes. Calls come from several threads; none may throw.</summary>
public interface IRunObserver
{
    /// <summary>Everything is planned and about to begin.</summary>
    /// <param name="readings">Entities and query pairs to read.</param>
    /// <param name="approximateRows">Rows to read by the engines' own metadata, for an estimate of the time left.</param>
    void Planned(int readings, long approximateRows);

    /// <summary>The reading of an entity or query pair begins.</summary>
    void Started(string reading);

    /// <summary>The results of a reading are durable in the ledger and may be shown.</summary>
    /// <param name="reading">The entity or query pair.</param>
    /// <param name="results">Its results.</param>
    /// <param name="approximateRows">The rows it was planned with.</param>
    void Finished(string reading, IReadOnlyList<CheckResult> results, long approximateRows);
}

/// <summary>Takes results into the ledger.</summary>
/// <param name="ordinal">Where the first of them stands among all results of the run.</param>
/// <param name="results">Results of one reading.</param>
/// <returns>Completes once they are durable.</returns>
public delegate Task KeepResults(int ordinal, IReadOnlyList<CheckResult> results);

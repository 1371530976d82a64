using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Evidence.Gathering;

/// <summary>Every run that the ledger holds, with as many of its results as commitments are weighed by.</summary>
/// <remarks>
/// A pack may be of one run of long ago; what it says of a commitment is said of all runs, or an old GO would be told as if nothing had been
/// found since. Of runs before the newest that looked at everything, only what no later run looked at again still counts, so that years of
/// nightly runs fit into memory.
/// </remarks>
internal static class RunHistory
{
    /// <param name="isKnown">Whether a run counts: it was there at the moment that is spoken of.</param>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public static async Task<IReadOnlyList<RunDocument>> OfAsync(LedgerStore store, Predicate<RunDocument> isKnown, CancellationToken cancellationToken)
    {
        var headers = (await store.ListRunsAsync(int.MaxValue, cancellationToken)).Where(run => isKnown(run)).OrderByDescending(ResultHistory.Ended).ThenByDescending(run => run.Run, StringComparer.Ordinal);
        var (history, seen, pastKinds) = (new List<RunDocument>(), new HashSet<ResultKey>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var header in headers)
        {
            var run = (await store.FindRunAsync(header.Run, cancellationToken))!;
            var past = pastKinds.Contains(run.Kind ?? "");
            history.Add(run with
            {
                Results = [.. run.Results.Where(result => seen.Add(ResultKey.Of(result)) || !past).Select(result => result with { Breakdown = null, SourceSql = null, TargetSql = null })],
            });
            if (ResultHistory.IsWhole(run))
                pastKinds.Add(run.Kind ?? "");
        }
        return history;
    }
}

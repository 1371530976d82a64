using MigrationGuard.Decommissioning.Partners;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Verification;

namespace MigrationGuard.Watch;

/// <summary>Starts and stops the clocks of partners by what finished runs say, and escalates those that ran out.</summary>
internal sealed class PartnerClock(LedgerStore store, IReadOnlyDictionary<string, ComparisonOptions> comparisons, PartnerNotices notices, TimeProvider time)
{
    private readonly FinishedRuns _runs = new(store, "partners");

    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await _runs.ForEachAsync(TakeAsync, cancellationToken);
        if (await store.ReadAsync(ledger => PartnerNotices.IsAnyOverdueAsync(ledger, time.GetUtcNow()), cancellationToken))
            await store.WriteAsync(notices.EscalateAsync, cancellationToken);
    }

    private async Task TakeAsync(LedgerTransaction ledger, RunDocument run)
    {
        foreach (var results in run.Results.GroupBy(result => result.Comparison, StringComparer.OrdinalIgnoreCase))
        {
            var options = comparisons.FirstOrDefault(comparison => string.Equals(comparison.Key, results.Key, StringComparison.OrdinalIgnoreCase)).Value;
            if (options?.Partner is { } partner)
                await notices.TakeAsync(ledger, MismatchesOf(run, results.Key, [.. results]), PartnerOf(partner));
        }
    }

    private static Mismatches MismatchesOf(RunDocument run, string comparison, IReadOnlyList<CheckResult> results)
    {
        var mismatches = results.Where(result => result.Outcome is CheckOutcome.Mismatch)
            .Select(result => (Result: result, ((CheckOutcome.Mismatch)result.Outcome).Findings)).ToList();
        return new Mismatches(
            run.Run,
            comparison,
            run.Finished!.Value,
            // What could not be checked says nothing: a mismatch known of it stands.
            [.. results.Where(result => result.Outcome is not CheckOutcome.NotChecked).Select(MismatchSentences.NameOf)],
            mismatches.DistinctBy(item => MismatchSentences.NameOf(item.Result)).ToDictionary(item => MismatchSentences.NameOf(item.Result), item => MismatchSentences.Of(item.Result, item.Findings)),
            MismatchSentences.Rows(mismatches),
            names => MismatchSentences.Rows(mismatches.Where(item => names.Contains(MismatchSentences.NameOf(item.Result)))));
    }

    private static Partner PartnerOf(PartnerOptions options) =>
        new(options.Name, options.Contact, options.OwnerRole, options.EscalateTo, TimeSpan.FromHours(options.TellWithinHours));
}

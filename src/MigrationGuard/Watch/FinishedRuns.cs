using System.Globalization;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Watch;

/// <summary>Runs that finished since a piece of work last looked, one after the other.</summary>
/// <remarks>How far it has come is kept in the transaction that acts on a run: no run is passed over, and none is acted on twice.</remarks>
internal sealed class FinishedRuns(LedgerStore store, string mark)
{
    /// <summary>Acts on each run, the oldest first. Runs that finished before this was called for the first time are history.</summary>
    /// <exception cref="LedgerException">The ledger could not be read or written; the runs acted on so far stay so.</exception>
    public async Task ForEachAsync(Func<LedgerTransaction, RunDocument, Task> act, CancellationToken cancellationToken)
    {
        var last = await store.ReadAsync(ReadMarkAsync, cancellationToken);
        if (last is null)
        {
            await store.WriteAsync(BeginAsync, cancellationToken);
            return;
        }
        foreach (var finished in await store.ReadAsync(ledger => NextAsync(ledger, last.Value), cancellationToken))
        {
            var run = await store.FindRunAsync(finished.Id, cancellationToken);
            await store.WriteAsync(
                async ledger =>
                {
                    if (await ReadMarkAsync(ledger) >= finished.Seq)
                        return 0;
                    await act(ledger, run!);
                    await ledger.SetMarkAsync(mark, finished.Seq.ToString(CultureInfo.InvariantCulture));
                    return 1;
                },
                cancellationToken);
        }
    }

    private static Task<IReadOnlyList<Finished>> NextAsync(LedgerReading ledger, long last) => ledger.ListAsync<Finished>(
        "SELECT id AS Id, finished_seq AS Seq FROM run WHERE finished_seq > @last ORDER BY finished_seq", new { last });

    private async Task<long?> ReadMarkAsync(LedgerReading ledger) =>
        await ledger.FirstAsync<string>("SELECT value FROM mark WHERE name = @mark", new { mark }) is { } value ? long.Parse(value, CultureInfo.InvariantCulture) : null;

    private async Task<int> BeginAsync(LedgerTransaction ledger)
    {
        if (await ReadMarkAsync(ledger) is null)
            await ledger.SetMarkAsync(mark, (await ledger.FirstAsync<long?>("SELECT MAX(seq) FROM ledger_entry") ?? 0).ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private sealed record Finished
    {
        public string Id { get; init; } = "";

        public long Seq { get; init; }
    }
}

/// <summary>What differed in a run, without any value of a row: messages leave the farm.</summary>
internal static class MismatchSentences
{
    /// <summary>What a result is of, the same from run to run.</summary>
    public static string NameOf(CheckResult result) =>
        (result.Entity is null ? "" : result.Entity + ", ") + result.Check + (result.By is null ? "" : " by " + string.Join(", ", result.By));

    public static string Of(CheckResult result, IReadOnlyList<Finding> findings)
    {
        var kinds = findings.GroupBy(finding => finding.Kind).Select(kind => kind.Any(finding => finding.Count is null)
            ? kind.Key
            : string.Create(CultureInfo.InvariantCulture, $"{kind.Key} {kind.Sum(finding => finding.Count):N0}"));
        return $"{NameOf(result)}: {string.Join(", ", kinds)}";
    }

    /// <summary>Rows that differ: of each entity what the check that counts most says, so that no row is counted twice.</summary>
    public static long? Rows(IEnumerable<(CheckResult Result, IReadOnlyList<Finding> Findings)> mismatches)
    {
        var counted = mismatches
            .Select(item => (item.Result.Entity, Count: item.Findings.All(finding => finding.Count is null) ? (long?)null : item.Findings.Sum(finding => finding.Count ?? 0)))
            .Where(item => item.Count is not null)
            .GroupBy(item => item.Entity)
            .Select(entity => entity.Max(item => item.Count))
            .ToList();
        return counted.Count == 0 ? null : counted.Sum();
    }
}

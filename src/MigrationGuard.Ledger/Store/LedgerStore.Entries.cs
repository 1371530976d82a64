using System.Globalization;
using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Ledger.Store;

public sealed partial class LedgerStore
{
    internal const string SelectEntries = """
        SELECT e.seq AS Seq, e.line AS Line, e.hash AS Hash, p.kind AS PayloadKind, p.salt AS Salt, p.payload AS Payload
        FROM ledger_entry e LEFT JOIN ledger_payload p ON p.seq = e.seq
        """;

    /// <summary>Hands over the entries from one place to another, both included, in the order of the chain and one in memory at a time.</summary>
    /// <param name="from">The first, at least 1.</param>
    /// <param name="to">The last; <see cref="long.MaxValue"/> for all that are there.</param>
    /// <exception cref="LedgerException">The store could not be read, or a line is not an entry's.</exception>
    public Task ReadEntriesAsync(long from, long to, Func<LedgerEntry, ValueTask> each, CancellationToken cancellationToken) => _connections.ReadAsync(
        async session =>
        {
            await foreach (var stored in session.StreamAsync<StoredEntry>(SelectEntries + " WHERE e.seq >= @from AND e.seq <= @to ORDER BY e.seq", new { from, to }).WithCancellation(cancellationToken))
                await each(Opened(stored));
            return true;
        },
        cancellationToken);

    /// <summary>The entries of some kinds, in the order of the chain.</summary>
    /// <exception cref="LedgerException">The store could not be read, or a line is not an entry's.</exception>
    public Task<IReadOnlyList<LedgerEntry>> ListEntriesAsync(IReadOnlyList<EntryKind> kinds, CancellationToken cancellationToken) => _connections.ReadAsync<IReadOnlyList<LedgerEntry>>(
        async session => [.. (await session.ListByKeysAsync<StoredEntry>(SelectEntries + " WHERE p.kind IN @keys", kinds.Select(kind => kind.Spelt()))).OrderBy(stored => stored.Seq).Select(Opened)],
        cancellationToken);

    private LedgerEntry Opened(StoredEntry stored)
    {
        var line = EntryLine.Parse(stored.Line)
            ?? throw new LedgerException(_connections.Place, string.Create(CultureInfo.InvariantCulture, $"entry {stored.Seq} is not what an entry's line is."), "See what else is wrong with: migrationguard ledger verify");
        return new LedgerEntry(line, stored is { Salt: { } salt, Payload: { } payload } ? new SealedPayload(salt, payload) : null);
    }
}

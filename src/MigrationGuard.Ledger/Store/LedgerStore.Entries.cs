using System.Globalization;
using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Ledger.Store;

public sealed partial class LedgerStore
{
    /// <summary>Hands over the entries from one place to another, both included, in the order of the chain and one in memory at a time.</summary>
    /// <param name="from">The first, at least 1.</param>
    /// <param name="to">The last; <see cref="long.MaxValue"/> for all that are there.</param>
    /// <exception cref="LedgerException">The store could not be read, or a line is not an entry's.</exception>
    public Task ReadEntriesAsync(long from, long to, Func<LedgerEntry, ValueTask> each, CancellationToken cancellationToken) => _connections.ReadAsync(
        async session =>
        {
            await foreach (var stored in session.StreamAsync<StoredEntry>(LedgerReading.SelectEntries + " WHERE e.seq >= @from AND e.seq <= @to ORDER BY e.seq", new { from, to }).WithCancellation(cancellationToken))
                await each(LedgerReading.Opened(stored));
            return true;
        },
        cancellationToken);

    /// <summary>One entry; null when there is none of that number.</summary>
    /// <exception cref="LedgerException">The store could not be read, or the line is not an entry's.</exception>
    public async Task<LedgerEntry?> FindEntryAsync(long seq, CancellationToken cancellationToken)
    {
        LedgerEntry? found = null;
        await ReadEntriesAsync(
            seq,
            seq,
            entry =>
            {
                found = entry;
                return ValueTask.CompletedTask;
            },
            cancellationToken);
        return found;
    }

    /// <summary>The entries of some kinds, in the order of the chain.</summary>
    /// <exception cref="LedgerException">The store could not be read, or a line is not an entry's.</exception>
    public Task<IReadOnlyList<LedgerEntry>> ListEntriesAsync(IReadOnlyList<EntryKind> kinds, CancellationToken cancellationToken) =>
        ReadAsync(ledger => ledger.ListEntriesAsync(kinds), cancellationToken);
}

public partial class LedgerReading
{
    internal const string SelectEntries = """
        SELECT e.seq AS Seq, e.line AS Line, e.hash AS Hash, p.kind AS PayloadKind, p.salt AS Salt, p.payload AS Payload
        FROM ledger_entry e LEFT JOIN ledger_payload p ON p.seq = e.seq
        """;

    /// <summary>The entries of some kinds, in the order of the chain.</summary>
    /// <exception cref="LedgerException">A line is not an entry's.</exception>
    public async Task<IReadOnlyList<LedgerEntry>> ListEntriesAsync(IReadOnlyList<EntryKind> kinds) =>
        [.. (await ListByKeysAsync<StoredEntry>(SelectEntries + " WHERE p.kind IN @keys", kinds.Select(kind => kind.Spelt()))).OrderBy(stored => stored.Seq).Select(Opened)];

    /// <summary>Every erasure that is recorded, in the order of the chain.</summary>
    /// <exception cref="LedgerException">A line is not an entry's.</exception>
    public async Task<IReadOnlyList<RecordedErasure>> ListErasuresAsync() =>
        [.. (await ListEntriesAsync([EntryKind.PayloadErased])).Select(RecordedErasure.Of).OfType<RecordedErasure>()];

    internal static LedgerEntry Opened(StoredEntry stored)
    {
        var line = EntryLine.Parse(stored.Line)
            ?? throw new LedgerException(
                string.Create(CultureInfo.InvariantCulture, $"Entry {stored.Seq}"), "is not what an entry's line is.", "See what else is wrong with: migrationguard ledger verify");
        return new LedgerEntry(line, stored is { Salt: { } salt, Payload: { } payload } ? new SealedPayload(salt, payload) : null);
    }
}

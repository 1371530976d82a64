using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Ledger.Store.Verification;

/// <summary>The chain's entries in their order, examined beside the reading of those that follow.</summary>
/// <remarks>What is read ahead is limited in entries and in bytes, so that memory does not grow with the chain.</remarks>
internal static class ExaminedEntries
{
    private const int MostTogether = 256;
    private const int MostBytesTogether = 1024 * 1024;
    private const int MostAhead = 8;

    /// <summary>The entries up to the head, some at a time.</summary>
    /// <exception cref="InvalidCastException">A row does not hold what this program writes.</exception>
    public static async IAsyncEnumerable<IReadOnlyList<ExaminedEntry>> UpToAsync(StoreSession session, long head)
    {
        var ahead = new Queue<Task<IReadOnlyList<ExaminedEntry>>>();
        await foreach (var together in ReadAsync(session, head))
        {
            ahead.Enqueue(Task.Run<IReadOnlyList<ExaminedEntry>>(() => [.. together.Select(ExaminedEntry.Of)]));
            if (ahead.Count > MostAhead)
                yield return await ahead.Dequeue();
        }
        while (ahead.TryDequeue(out var examined))
            yield return await examined;
    }

    private static async IAsyncEnumerable<IReadOnlyList<StoredEntry>> ReadAsync(StoreSession session, long head)
    {
        var (together, bytes) = (new List<StoredEntry>(MostTogether), 0);
        await foreach (var stored in session.StreamAsync(LedgerReading.SelectEntries + " WHERE e.seq <= @head ORDER BY e.seq", "head", head, StoredEntry.Read))
        {
            together.Add(stored);
            bytes += stored.Payload?.Length ?? 0;
            if (together.Count < MostTogether && bytes < MostBytesTogether)
                continue;
            yield return together;
            (together, bytes) = (new List<StoredEntry>(MostTogether), 0);
        }
        yield return together;
    }
}

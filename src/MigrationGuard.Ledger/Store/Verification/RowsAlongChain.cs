namespace MigrationGuard.Ledger.Store.Verification;

/// <summary>A table's rows in the order of the entries they name, taken as the replay of the chain comes by those entries.</summary>
/// <param name="rows">The rows, ordered by the entry each names; first asked for after the head was.</param>
/// <param name="seqOf">The entry a row names.</param>
/// <remarks>Table and chain are read side by side, as a merge: neither is kept, nor asked for row by row.</remarks>
internal sealed class RowsAlongChain<TRow>(IAsyncEnumerable<TRow> rows, Func<TRow, long> seqOf) : IAsyncDisposable
    where TRow : class
{
    private readonly IAsyncEnumerator<TRow> _rows = rows.GetAsyncEnumerator();
    private TRow? _next;
    private bool _started;

    /// <summary>Whether there may be rows that name this entry, or one before it and were not taken with that.</summary>
    /// <remarks>Most entries are named by no row of most tables: asking costs nothing, and taking does.</remarks>
    public bool MayHave(long seq) => !_started || (_next is { } row && seqOf(row) <= seq);

    /// <summary>The rows that name this entry, or one before it and were not taken with that.</summary>
    public async Task<IReadOnlyList<TRow>> TakeAsync(long seq)
    {
        if (!_started)
        {
            _started = true;
            await AdvanceAsync();
        }
        if (_next is null || seqOf(_next) > seq)
            return [];
        var taken = new List<TRow>(1);
        while (_next is { } row && seqOf(row) <= seq)
        {
            taken.Add(row);
            await AdvanceAsync();
        }
        return taken;
    }

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    private async Task AdvanceAsync() => _next = await _rows.MoveNextAsync() ? _rows.Current : null;
}

namespace MigrationGuard.Ledger.Store.Verification;

/// <summary>A row that was written with an entry and never changes.</summary>
internal interface IWrittenRow
{
    /// <summary>Stable: what the entry says follows from it, and it from what the entry says.</summary>
    string Id { get; }

    long Seq { get; }
}

/// <summary>Holds rows that never change against the entries they were written with: one row an entry, one entry a row.</summary>
internal abstract class WrittenRows<TRow>(IAsyncEnumerable<TRow> rows, VerificationFindings findings) : IAsyncDisposable
    where TRow : class, IWrittenRow
{
    private readonly RowsAlongChain<TRow> _rows = new(rows, row => row.Seq);

    // Only what is wrong is kept: a row and an entry that belong together come by together.
    private readonly Dictionary<string, long> _missing = new(StringComparer.Ordinal);
    private readonly List<TRow> _strays = [];

    protected VerificationFindings Findings { get; } = findings;

    public ValueTask TakeAsync(ReplayedEntry entry) => _rows.MayHave(entry.Seq) || HasRow(entry) ? new(TakeWithRowsAsync(entry)) : default;

    /// <summary>Reads what is left of the table after the last entry: what was written meanwhile, and what names an entry that is not there.</summary>
    public async Task<IReadOnlyList<TRow>> DrainAsync() => await _rows.TakeAsync(long.MaxValue);

    /// <summary>Reports what has no counterpart.</summary>
    /// <param name="later">Rows that name entries after the head.</param>
    /// <param name="newest">The newest entry there was once those rows had been read.</param>
    public void Finish(IReadOnlyList<TRow> later, long newest)
    {
        foreach (var row in _strays.Concat(later))
        {
            if (_missing.Remove(row.Id, out var seq))
                Findings.Report(seq, FormattableString.Invariant($"{NameOf(row.Id)} names entry {row.Seq}, but was written with this one."));
            else if (row.Seq > newest || !later.Contains(row))
                Findings.Report(row.Seq, $"{NameOf(row.Id)} names this entry, which it was not written with.");
        }
        foreach (var (id, seq) in _missing)
            Findings.Report(seq, $"{NameOf(id)}, written with this entry, is not in the ledger: it was removed.");
    }

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    /// <summary>The row as messages name it.</summary>
    protected abstract string NameOf(string id);

    /// <summary>Whether a row may have been written with the entry.</summary>
    protected abstract bool HasRow(ReplayedEntry entry);

    /// <summary>Whether a row must have been written with the entry; asked where one may have been.</summary>
    protected virtual bool MustHaveRow(ReplayedEntry entry) => true;

    /// <summary>The id of the entry's row; null where the payload that says it cannot be relied on.</summary>
    protected abstract string? IdOf(ReplayedEntry entry);

    /// <summary>Holds a row against its entry.</summary>
    /// <param name="id">The id that the row is to have; null where that cannot be known.</param>
    protected abstract void Compare(ReplayedEntry entry, string? id, TRow row);

    private async Task TakeWithRowsAsync(ReplayedEntry entry)
    {
        var rows = await _rows.TakeAsync(entry.Seq);
        if (!HasRow(entry))
        {
            _strays.AddRange(rows);
            return;
        }
        var id = IdOf(entry);
        var own = rows.FirstOrDefault(row => row.Seq == entry.Seq && row.Id == (id ?? row.Id)) ?? rows.FirstOrDefault(row => row.Seq == entry.Seq);
        if (own is not null)
            Compare(entry, id, own);
        else if (MustHaveRow(entry))
            _missing[id ?? entry.Subject] = entry.Seq;
        _strays.AddRange(rows.Where(row => !ReferenceEquals(row, own)));
    }
}

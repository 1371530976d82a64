namespace MigrationGuard.Ledger.Store.Verification;

/// <summary>A row that an entry opened, that others may change, and that one may close.</summary>
internal interface ILivingRow
{
    /// <summary>The subject of its entries.</summary>
    string Subject { get; }

    long OpenedSeq { get; }

    long? ClosedSeq { get; }
}

/// <summary>What the chain says of a row that lives on, and the row once it was come by.</summary>
internal class Life<TRow>
    where TRow : class, ILivingRow
{
    public TRow? Row { get; set; }

    public long? OpenedSeq { get; set; }

    public long? ClosedSeq { get; set; }
}

/// <summary>Holds rows that live on against the entries about them.</summary>
/// <remarks>
/// A row is kept in memory from the entry that opened it to the one that closed it: what is open counts, not the length of the
/// chain. As the rows are read after the head was found, one may say what an entry after the head says; so what does not agree is
/// a suspicion only, until the entries written meanwhile have been looked through.
/// </remarks>
internal abstract class LivingRows<TRow, TLife>(IAsyncEnumerable<TRow> rows, VerificationFindings findings) : IAsyncDisposable
    where TRow : class, ILivingRow
    where TLife : Life<TRow>, new()
{
    private readonly RowsAlongChain<TRow> _rows = new(rows, row => row.OpenedSeq);
    private readonly Dictionary<string, TLife> _lives = new(StringComparer.Ordinal);

    protected VerificationFindings Findings { get; } = findings;

    public ValueTask TakeAsync(ReplayedEntry entry) => Concerns(entry) || _rows.MayHave(entry.Seq) ? new(TakeWithRowsAsync(entry)) : default;

    /// <summary>Settles what is still open, and everything that its other half was missing of. To be called after the last entry.</summary>
    public async Task FinishAsync()
    {
        // Those that name an entry after the head were opened meanwhile, or name one that is not there.
        foreach (var row in await _rows.TakeAsync(long.MaxValue))
            Of(row.Subject).Row ??= row;
        foreach (var (subject, life) in _lives)
            Settle(subject, life);
    }

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    /// <summary>The row as messages name it.</summary>
    protected abstract string NameOf(string subject);

    protected abstract bool Concerns(ReplayedEntry entry);

    protected abstract bool Opens(ReplayedEntry entry);

    /// <summary>Notes what an entry says; its row is there if it is the one that opened it.</summary>
    protected abstract void Take(ReplayedEntry entry, TLife life);

    /// <summary>Holds what may change against what the newest entries say.</summary>
    protected abstract void Compare(string subject, TRow row, TLife life);

    protected void Suspect(string subject, long? seq, string problem) => Findings.Suspect(subject, seq, $"{NameOf(subject)} {problem}");

    private async Task TakeWithRowsAsync(ReplayedEntry entry)
    {
        var rows = await _rows.TakeAsync(entry.Seq);
        var life = Concerns(entry) ? Of(entry.Subject) : null;
        if (life is { OpenedSeq: null } && Opens(entry))
        {
            life.OpenedSeq = entry.Seq;
            rows = Adopt(life, entry, rows);
        }
        foreach (var row in rows)
            Of(row.Subject).Row ??= row;
        if (life is null)
            return;
        Take(entry, life);
        if (life.ClosedSeq is not null && life.Row is not null && life.Row.OpenedSeq == life.OpenedSeq)
        {
            Settle(entry.Subject, life);
            _lives.Remove(entry.Subject);
        }
    }

    private TLife Of(string subject)
    {
        if (!_lives.TryGetValue(subject, out var life))
            _lives[subject] = life = new TLife();
        return life;
    }

    // A row that names the entry but is called otherwise is the entry's nevertheless: told once, not as one missing and one forged.
    private IReadOnlyList<TRow> Adopt(TLife life, ReplayedEntry entry, IReadOnlyList<TRow> rows)
    {
        var own = rows.FirstOrDefault(row => row.Subject == entry.Subject);
        if (own is null && life.Row is null && (own = rows.FirstOrDefault(row => row.OpenedSeq == entry.Seq)) is not null)
            Findings.Report(entry.Seq, $"{NameOf(own.Subject)} names this entry as its beginning, which is that of {NameOf(entry.Subject)}.");
        life.Row ??= own;
        return own is null ? rows : [.. rows.Where(row => !ReferenceEquals(row, own))];
    }

    private void Settle(string subject, TLife life)
    {
        if (life.Row is not { } row)
            Suspect(subject, life.OpenedSeq, life.OpenedSeq is null ? "is not in the ledger, though entries are about it." : "is not in the ledger, though this entry is its beginning: it was removed.");
        else if (life.OpenedSeq is not { } opened)
            Suspect(subject, row.OpenedSeq, "is in the ledger, but this entry, which it names as its beginning, is not.");
        else
        {
            if (row.OpenedSeq != opened)
                Suspect(subject, opened, FormattableString.Invariant($"names entry {row.OpenedSeq} as its beginning, which is this one."));
            if (row.ClosedSeq != life.ClosedSeq)
                Suspect(subject, life.ClosedSeq ?? row.ClosedSeq, Ends(row.ClosedSeq, life.ClosedSeq));
            Compare(subject, row, life);
        }
    }

    private static string Ends(long? row, long? chain) => (row, chain) switch
    {
        (null, _) => "is open, but this entry closed it.",
        (_, null) => "is closed, but this entry, which it names as its end, does not say so.",
        _ => FormattableString.Invariant($"names entry {row} as its end, which is this one."),
    };
}

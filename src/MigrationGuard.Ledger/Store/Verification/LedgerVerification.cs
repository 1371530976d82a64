using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Ledger.Store.Verification;

/// <summary>Replays the chain and holds the tables against it.</summary>
/// <remarks>
/// <para>Others may go on writing meanwhile. Entries are looked at up to the head found first, and the tables are read after it was
/// found: as an entry and what it speaks of are committed together, what the entries up to the head speak of is there.</para>
/// <para>A row may then say more than those entries do, as one written meanwhile may have changed it. So what is found wrong with a
/// row that can change counts only if no entry about it was written meanwhile; the next verification looks at it again.</para>
/// </remarks>
internal sealed class LedgerVerification : IAsyncDisposable
{
    /// <summary>Connections it reads on: the chain, and each table beside it.</summary>
    public const int Sessions = 6;

    private readonly StoreSession _entries;
    private readonly VerificationFindings _findings = new();
    private readonly ChainReplay _replay;
    private readonly ErasureVerification _erasures;
    private readonly RunVerification _runs;
    private readonly AssetVerification _assets;
    private readonly OccurrenceVerification _occurrences;
    private readonly StepVerification _steps;
    private readonly NotificationVerification _notifications;
    private readonly AttachmentVerification _attachments;

    private LedgerVerification(IReadOnlyList<StoreSession> sessions, IReadOnlyCollection<long> sizes)
    {
        _entries = sessions[0];
        _replay = new ChainReplay(sizes);
        _erasures = new ErasureVerification(_findings);
        _runs = new RunVerification(sessions[1], _findings);
        _assets = new AssetVerification(sessions[2], _findings);
        _occurrences = new OccurrenceVerification(sessions[3], _findings);
        _steps = new StepVerification(sessions[4], _findings);
        _notifications = new NotificationVerification(sessions[5], _findings);
        // Asked only once the chain has been read, on the connection that it was read on.
        _attachments = new AttachmentVerification(_entries, _findings);
    }

    /// <param name="sizes">Sizes at which the chain's Merkle root is wanted.</param>
    public static async Task<ChainReport> RunAsync(IReadOnlyList<StoreSession> sessions, IReadOnlyCollection<long> sizes, CancellationToken cancellationToken)
    {
        await using var verification = new LedgerVerification(sessions, sizes);
        return await verification.ReplayAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _assets.DisposeAsync();
        await _occurrences.DisposeAsync();
        await _steps.DisposeAsync();
        await _notifications.DisposeAsync();
    }

    private async Task<ChainReport> ReplayAsync(CancellationToken cancellationToken)
    {
        var head = await HeadAsync();
        await foreach (var together in ExaminedEntries.UpToAsync(_entries, head))
        {
            foreach (var examined in together)
            {
                if (_replay.Take(examined, _findings.Problems) is { } entry)
                    await TakeAsync(entry, examined);
            }
        }
        if (head == 0)
            _findings.Report(null, "The ledger has no entries, not even that of its creation.");
        foreach (var seq in await _entries.ListAsync<long>("SELECT p.seq FROM ledger_payload p WHERE NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.seq = p.seq) ORDER BY p.seq"))
            _findings.Report(seq, "There is a payload for this entry, but no entry.");
        await _runs.FinishAsync(head, cancellationToken);
        _erasures.Finish();
        await _attachments.FinishAsync(cancellationToken);
        await FinishTablesAsync(head, cancellationToken);
        return new ChainReport(_replay.Tree, _findings.Problems)
        {
            Erased = _replay.Erased,
            UnprovenRuns = _runs.Unproven,
            Unproven = _findings.Unproven,
        };
    }

    private async Task TakeAsync(EntryLine entry, ExaminedEntry examined)
    {
        // A payload that is not the one the line names has been reported, and says nothing.
        using var replayed = new ReplayedEntry(
            examined.Stored.Seq, entry.Time, entry.Kind, entry.Subject, examined.IsJson ? examined.Stored.Payload : null, examined.Stored.IsErased);
        _erasures.Take(replayed);
        await _runs.TakeAsync(replayed);
        await _assets.TakeAsync(replayed);
        await _occurrences.TakeAsync(replayed);
        await _steps.TakeAsync(replayed);
        await _notifications.TakeAsync(replayed);
        _attachments.Take(replayed);
    }

    private async Task FinishTablesAsync(long head, CancellationToken cancellationToken)
    {
        await _assets.FinishAsync();
        await _occurrences.FinishAsync();
        var (laterSteps, laterNotifications) = (await _steps.DrainAsync(), await _notifications.DrainAsync());
        // Asked for once all tables have been read to their ends: what came by in them is of an entry up to this one.
        var newest = await HeadAsync();
        _steps.Finish(laterSteps, newest);
        _notifications.Finish(laterNotifications, newest);
        var writtenMeanwhile = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var line in _entries.StreamAsync<string>("SELECT line FROM ledger_entry WHERE seq > @head AND seq <= @newest", new { head, newest }).WithCancellation(cancellationToken))
        {
            if (EntryLine.Parse(line) is { } entry)
                writtenMeanwhile.Add(entry.Subject);
        }
        _findings.Confirm(writtenMeanwhile);
    }

    private async Task<long> HeadAsync() => await _entries.FirstAsync<long?>("SELECT MAX(seq) FROM ledger_entry") ?? 0;
}

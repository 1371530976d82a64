using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Ledger.Store.Verification;

/// <summary>Holds runs against the entries that began and ended them.</summary>
internal sealed class RunVerification(StoreSession runs, VerificationFindings findings)
{
    private readonly List<string> _unproven = [];

    /// <summary>Finished runs whose last entry's payload has been erased.</summary>
    public IReadOnlyList<string> Unproven => _unproven;

    public ValueTask TakeAsync(ReplayedEntry entry) =>
        entry.Is(EntryKind.RunFinished) || entry.Is(EntryKind.RunStarted) ? new(TakeEndAsync(entry)) : default;

    /// <summary>Finds what the chain does not lead to: it can only be found from its own side.</summary>
    public async Task FinishAsync(long head, CancellationToken cancellationToken)
    {
        foreach (var run in await runs.ListAsync<string>("SELECT DISTINCT x.run_id FROM run_result x WHERE NOT EXISTS (SELECT 1 FROM run r WHERE r.id = x.run_id)"))
            findings.Report(null, $"There are results of run {run}, but no such run.");
        await foreach (var run in runs.StreamAsync<RunEnds>(
            """
            SELECT r.id AS Id, r.started_seq AS StartedSeq, s.line AS Started, r.finished_seq AS FinishedSeq, f.line AS Finished
            FROM run r LEFT JOIN ledger_entry s ON s.seq = r.started_seq LEFT JOIN ledger_entry f ON f.seq = r.finished_seq
            WHERE r.started_seq <= @head OR s.seq IS NULL
            ORDER BY r.started_seq
            """,
            new { head }).WithCancellation(cancellationToken))
        {
            if (!IsEntry(run.Started, EntryKind.RunStarted, run.Id))
                findings.Report(run.StartedSeq, $"Run {run.Id} began without an entry.");
            if (run.FinishedSeq is { } end && !IsEntry(run.Finished, EntryKind.RunFinished, run.Id))
                findings.Report(end, $"Run {run.Id} is finished, but no entry says so.");
        }
    }

    private async Task TakeEndAsync(ReplayedEntry entry)
    {
        var finished = entry.Is(EntryKind.RunFinished);
        var id = entry.Subject[(entry.Subject.IndexOf('-', StringComparison.Ordinal) + 1)..];
        var run = await runs.FirstAsync<StoredRun>(
            "SELECT id AS Id, started_seq AS StartedSeq, finished_seq AS FinishedSeq, document AS Document FROM run WHERE id = @id", new { id });
        if (run is null)
            findings.Report(entry.Seq, $"Run {id}, which this entry is about, is not in the ledger.");
        else if (finished && run.FinishedSeq != entry.Seq)
            findings.Report(entry.Seq, $"Run {id} does not name this entry as its end.");
        else if (!finished && run.StartedSeq != entry.Seq)
            findings.Report(entry.Seq, $"Run {id} does not name this entry as its beginning.");
        else if (finished && entry.IsErased)
            _unproven.Add(id);
        // What a run that is finished began with is no longer there to be compared.
        else if (entry.Payload is not null && (finished || run.FinishedSeq is null))
            await CheckContentAsync(entry, run, finished);
    }

    private async Task CheckContentAsync(ReplayedEntry entry, StoredRun run, bool finished)
    {
        if (RunDigest.Of(run.Document) != entry.Says("documentSha256"))
            findings.Report(entry.Seq, $"The document of run {run.Id} is not what this entry says: it was changed.");
        if (!finished)
            return;
        using var digest = new RunDigest();
        await foreach (var result in runs.StreamAsync<StoredResult>(StoredResult.Select, new { run = run.Id }))
            digest.Add(result);
        if (digest.Finish() != entry.Says("resultsSha256"))
            findings.Report(entry.Seq, $"The results of run {run.Id} are not what this entry says: one was changed, added or removed.");
    }

    private static bool IsEntry(string? line, EntryKind kind, string run) =>
        line is not null && EntryLine.Parse(line) is { } entry && entry.Kind == kind.Spelt() && entry.Subject == RunIds.Subject(run);

    private sealed record RunEnds
    {
        public string Id { get; init; } = "";

        public long StartedSeq { get; init; }

        public string? Started { get; init; }

        public long? FinishedSeq { get; init; }

        public string? Finished { get; init; }
    }
}

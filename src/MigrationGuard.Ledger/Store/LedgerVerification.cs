using System.Text.Json.Nodes;
using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Ledger.Store;

/// <summary>Replays the chain and holds the runs against it.</summary>
/// <remarks>
/// Others may go on writing meanwhile. Entries are looked at up to the head found first, and of runs only what those entries
/// speak of; as an entry and what it speaks of are committed together, both are there or neither is.
/// </remarks>
internal sealed class LedgerVerification(StoreSession entries, StoreSession runs)
{
    private readonly List<ChainProblem> _problems = [];
    private readonly List<string> _unproven = [];

    public async Task<ChainReport> ReplayAsync(CancellationToken cancellationToken)
    {
        var head = await entries.FirstAsync<long?>("SELECT MAX(seq) FROM ledger_entry") ?? 0;
        var replay = new ChainReplay();
        await foreach (var stored in entries.StreamAsync<StoredEntry>(
            """
            SELECT e.seq AS Seq, e.line AS Line, e.hash AS Hash, p.kind AS PayloadKind, p.salt AS Salt, p.payload AS Payload
            FROM ledger_entry e LEFT JOIN ledger_payload p ON p.seq = e.seq
            WHERE e.seq <= @head ORDER BY e.seq
            """,
            new { head }).WithCancellation(cancellationToken))
        {
            if (replay.Take(stored, _problems) is { } entry)
                await CheckRunOfAsync(entry, stored);
        }
        if (head == 0)
            _problems.Add(new ChainProblem(null, "The ledger has no entries, not even that of its creation."));
        await CheckOrphansAsync();
        await CheckRunsAsync(head, cancellationToken);
        return new ChainReport(replay.Entries, replay.Head, _problems) { Erased = replay.Erased, UnprovenRuns = _unproven };
    }

    private async Task CheckRunOfAsync(EntryLine entry, StoredEntry stored)
    {
        var finished = entry.Kind == EntryKind.RunFinished.Spelt();
        if (!finished && entry.Kind != EntryKind.RunStarted.Spelt())
            return;
        var id = entry.Subject[(entry.Subject.IndexOf('-', StringComparison.Ordinal) + 1)..];
        var run = await runs.FirstAsync<StoredRun>(
            "SELECT id AS Id, started_seq AS StartedSeq, finished_seq AS FinishedSeq, document AS Document FROM run WHERE id = @id", new { id });
        if (run is null)
            Report(entry.Seq, $"Run {id}, which this entry is about, is not in the ledger.");
        else if (finished && run.FinishedSeq != entry.Seq)
            Report(entry.Seq, $"Run {id} does not name this entry as its end.");
        else if (!finished && run.StartedSeq != entry.Seq)
            Report(entry.Seq, $"Run {id} does not name this entry as its beginning.");
        else if (finished && stored.IsErased)
            _unproven.Add(id);
        // A payload that was changed has been reported, and says nothing of the run.
        else if (stored.Has(entry.Payload) && (finished || run.FinishedSeq is null))
            await CheckContentAsync(entry.Seq, run, JsonNode.Parse(stored.Payload)!, finished);
    }

    private async Task CheckContentAsync(long seq, StoredRun run, JsonNode claims, bool finished)
    {
        if (RunDigest.Of(run.Document) != (string?)claims["documentSha256"])
            Report(seq, $"The document of run {run.Id} is not what this entry says: it was changed.");
        if (!finished)
            return;
        using var digest = new RunDigest();
        await foreach (var result in runs.StreamAsync<StoredResult>(StoredResult.Select, new { run = run.Id }))
            digest.Add(result);
        if (digest.Finish() != (string?)claims["resultsSha256"])
            Report(seq, $"The results of run {run.Id} are not what this entry says: one was changed, added or removed.");
    }

    // What the chain does not lead to: it can only be found from its own side.
    private async Task CheckOrphansAsync()
    {
        foreach (var seq in await runs.ListAsync<long>("SELECT p.seq FROM ledger_payload p WHERE NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.seq = p.seq) ORDER BY p.seq"))
            Report(seq, "There is a payload for this entry, but no entry.");
        foreach (var run in await runs.ListAsync<string>("SELECT DISTINCT x.run_id FROM run_result x WHERE NOT EXISTS (SELECT 1 FROM run r WHERE r.id = x.run_id)"))
            Report(null, $"There are results of run {run}, but no such run.");
    }

    private async Task CheckRunsAsync(long head, CancellationToken cancellationToken)
    {
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
                Report(run.StartedSeq, $"Run {run.Id} began without an entry.");
            if (run.FinishedSeq is { } end && !IsEntry(run.Finished, EntryKind.RunFinished, run.Id))
                Report(end, $"Run {run.Id} is finished, but no entry says so.");
        }
    }

    private static bool IsEntry(string? line, EntryKind kind, string run) =>
        line is not null && EntryLine.Parse(line) is { } entry && entry.Kind == kind.Spelt() && entry.Subject == RunIds.Subject(run);

    private void Report(long? seq, string problem) => _problems.Add(new ChainProblem(seq, problem));

    private sealed record RunEnds
    {
        public string Id { get; init; } = "";

        public long StartedSeq { get; init; }

        public string? Started { get; init; }

        public long? FinishedSeq { get; init; }

        public string? Finished { get; init; }
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Evidence.Gathering;

/// <summary>What is kept nowhere but in the payloads of entries.</summary>
internal sealed record RecordedEntries(IReadOnlyList<RecordedApproval> Approvals, QualificationRecord? Qualification, IReadOnlyDictionary<string, RunEntries> Runs)
{
    /// <summary>The entries of approvals that were erased: what they approved nobody knows any more.</summary>
    public IReadOnlyList<long> ErasedApprovals { get; init; } = [];

    /// <summary>Every erasure, in the order of the chain, whatever moment is spoken of: what is gone now cannot be shown as it was then.</summary>
    public IReadOnlyList<RecordedErasure> Erasures { get; init; } = [];

    /// <param name="until">The last entry that counts.</param>
    /// <param name="asOf">The last moment that counts.</param>
    public static async Task<RecordedEntries> ReadAsync(LedgerReading ledger, long until, DateTimeOffset asOf)
    {
        var entries = (await ledger.ListEntriesAsync([EntryKind.Approval, EntryKind.Qualified]))
            .Where(entry => entry.Line.Seq <= until && entry.Line.Time <= asOf.UtcDateTime)
            .ToList();
        var runs = await ledger.ListAsync<RunEntries>("SELECT id AS Id, started_seq AS StartedSeq, finished_seq AS FinishedSeq FROM run");
        var approvals = entries.Where(entry => entry.Line.Kind == EntryKind.Approval.Spelt()).ToList();
        return new RecordedEntries(
            [.. approvals.Select(Approved).OfType<RecordedApproval>()],
            entries.LastOrDefault(entry => entry.Line.Kind == EntryKind.Qualified.Spelt()) is { } qualified ? Qualified(qualified) : null,
            runs.ToDictionary(run => run.Id, StringComparer.Ordinal))
        {
            ErasedApprovals = [.. approvals.Where(entry => entry.Payload is null).Select(entry => entry.Line.Seq)],
            Erasures = [.. (await ledger.ListErasuresAsync()).Where(erasure => erasure.Line.Seq <= until)],
        };
    }

    /// <summary>Whether a run, as far as it has come, is in the first entries of the chain.</summary>
    public bool Holds(RunDocument run, long entries) =>
        Runs.TryGetValue(run.Run, out var found) && found.StartedSeq <= entries && (run.Finished is null || found.FinishedSeq <= entries);

    private static RecordedApproval? Approved(LedgerEntry entry) => entry.Content?["approval"].Deserialize<Approval>(LedgerJson.Compact) is { } approval
        ? new RecordedApproval(approval, entry.Line.Seq, entry.Line.Time)
        : null;

    // Of one that was erased nothing is known but that it was made, and so nothing is proven by it.
    private static QualificationRecord? Qualified(LedgerEntry entry) => entry.Content is not { } content ? null : new QualificationRecord(
        entry.Line.Seq, entry.Line.Time, content["tool"]?.ToString() ?? "", Number(content, "planted"), Number(content, "found"), Number(content, "twinsMatched"),
        content["passed"]?.GetValue<bool>() ?? false, content["document"]?.ToString());

    private static int Number(JsonObject content, string member) => content[member]?.GetValue<int>() ?? 0;
}

/// <summary>The entries that a run began and ended with.</summary>
internal sealed record RunEntries
{
    public string Id { get; init; } = "";

    public long StartedSeq { get; init; }

    public long? FinishedSeq { get; init; }
}

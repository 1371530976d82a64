using System.Globalization;
using System.Text;
using System.Text.Json;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Packs;
using MigrationGuard.Evidence.Privacy;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Evidence.Assembly;

/// <summary>The pack's part of the chain: its lines, and what those entries were about that the pack rests on.</summary>
internal static class AuditFiles
{
    /// <summary>The kinds of entries whose payloads say nothing but what a pack may say, and so are opened in it.</summary>
    /// <remarks>
    /// Configurations hold people's addresses, approvals labels of groups, decisions the names of those who made them: their lines are in the
    /// pack, and prove that they were there; what they said stays in the ledger.
    /// </remarks>
    private static readonly HashSet<string> Opened =
        [.. new[] { EntryKind.RunStarted, EntryKind.RunFinished, EntryKind.AssetRegistered, EntryKind.Qualified, EntryKind.AttestationMade, EntryKind.PayloadErased }.Select(kind => kind.Spelt())];

    /// <summary>The lines of the segment, each as its bytes are in the chain, and a line feed.</summary>
    public static PackFile Segment(LedgerStore store, ChainRecord chain) => new(PackPaths.AuditSegment, async (stream, cancellationToken) =>
        await store.ReadEntriesAsync(
            chain.First,
            chain.Last,
            entry => stream.WriteAsync(Encoding.ASCII.GetBytes(entry.Line.Text + "\n"), cancellationToken),
            cancellationToken));

    /// <summary>Salt and content of the entries that the pack rests on and may open, a line of JSON each.</summary>
    public static PackFile Payloads(LedgerStore store, EvidenceContent content) => new(PackLayout.Payloads, async (stream, cancellationToken) =>
    {
        var (wanted, shownWhole) = (content.Entries.ToHashSet(), ShownWhole(content));
        await store.ReadEntriesAsync(
            content.Chain.First,
            content.Chain.Last,
            entry => wanted.Contains(entry.Line.Seq) && IsOpened(entry, shownWhole) && entry.Payload is { } payload
                ? stream.WriteAsync(Line(entry.Line.Seq, payload), cancellationToken)
                : ValueTask.CompletedTask,
            cancellationToken);
    });

    // The end of a run holds a hash of its results as they are. Beside results of which a label is left out, that label could be tried against it.
    private static bool IsOpened(LedgerEntry entry, HashSet<string> shownWhole) => Opened.Contains(entry.Line.Kind)
        && (entry.Line.Kind != EntryKind.RunFinished.Spelt() || shownWhole.Contains(entry.Line.Subject))
        && (entry.Line.Kind != EntryKind.PayloadErased.Spelt() || SaysNothingLeftOut(entry))
        && entry.Content?["onBehalfOf"] is null;

    // Why something was erased is in somebody's own words.
    private static bool SaysNothingLeftOut(LedgerEntry erasure) => erasure.Content?["reason"]?.ToString() is { } reason && LooseText.Of(reason) == reason;

    private static HashSet<string> ShownWhole(EvidenceContent content) =>
    [
        .. content.Runs
            .Where(run => !content.InBrief.Contains(run.Run) && JsonSerializer.Serialize(run, LedgerJson.Compact) is var shown
                && !shown.Contains(PackPrivacy.DigestPrefix, StringComparison.Ordinal) && !shown.Contains(PackPrivacy.LeftOut, StringComparison.Ordinal))
            .Select(run => "run-" + run.Run),
    ];

    private static ReadOnlyMemory<byte> Line(long seq, SealedPayload payload) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $$"""{"seq":{{seq}},"salt":"{{Convert.ToBase64String(payload.Salt)}}","payload":"{{Convert.ToBase64String(payload.Content)}}"}""") + "\n");
}

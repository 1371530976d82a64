using System.Globalization;
using System.Text.Json.Nodes;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Verification.Segments;

/// <summary>The segments of an unfinished run that lie in the store, and those that are added to them.</summary>
/// <remarks>
/// They hold places, counts, sums of keyed digests, and the values of groups as the breakdowns show them. A table that is read as
/// one segment keeps nothing: there would be nothing to go on from.
/// </remarks>
internal sealed class KeptSegments
{
    private readonly SegmentLog? _log;
    private bool _keeps;

    private KeptSegments(SegmentLog? log, Cut? cut, IReadOnlyList<Segment> segments) =>
        (_log, Cut, Segments, _keeps) = (log, cut, segments, cut is not null);

    /// <summary>How the table was cut; null when nothing is kept yet.</summary>
    public Cut? Cut { get; }

    public IReadOnlyList<Segment> Segments { get; }

    /// <summary>What an earlier process kept of a table that is cut by <paramref name="cutBy"/>.</summary>
    /// <remarks>
    /// An index made or dropped in between may have the table cut by another column. Places of the one mean nothing in the other: the
    /// table is then read anew, and as the numbers of its segments are taken, nothing more is kept of it.
    /// </remarks>
    /// <exception cref="LedgerException">What is kept cannot be read, or is no part of the table as it was cut.</exception>
    public static async Task<KeptSegments> LoadAsync(SegmentLog? log, CutColumn? cutBy, CancellationToken cancellationToken)
    {
        var documents = log is null ? [] : await log.LoadAsync(cancellationToken);
        if (documents.Count == 0)
            return new KeptSegments(log, null, []);
        try
        {
            return Read(log!, cutBy, documents);
        }
        // Whatever is not as it was written there: text that is no JSON, a member that is missing or of another kind, no number.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new LedgerException($"Run {log!.Run}", "a part of a table that it kept is not what this program writes there.", "Verify again in a new run.", e);
        }
    }

    /// <summary>Keeps how the table is cut, before its first segment.</summary>
    public async Task BeginAsync(Cut cut, CutColumn? cutBy, CancellationToken cancellationToken)
    {
        if (_log is null || _keeps || cut.IsOne || cut.Leaves.Kind != LeafKind.Place)
            return;
        var bounds = new JsonArray([.. cut.Leaves.Bounds.Select(bound => JsonValue.Create(bound.ToString("x", CultureInfo.InvariantCulture)))]);
        await _log.KeepAsync(0, new JsonObject { ["by"] = Spelt(cutBy), ["bounds"] = bounds }.ToJsonString(), cancellationToken);
        _keeps = true;
    }

    /// <summary>Keeps a finished segment.</summary>
    /// <remarks>Its number is that of its first leaf, which no other segment has: segments are finished, and a process dies, in any order.</remarks>
    public Task KeepAsync(Segment segment, CancellationToken cancellationToken) => _keeps
        ? _log!.KeepAsync(segment.From + 1, SegmentJson.Write(segment), cancellationToken)
        : Task.CompletedTask;

    private static KeptSegments Read(SegmentLog log, CutColumn? cutBy, IReadOnlyList<string> documents)
    {
        if (JsonNode.Parse(documents[0])!["by"]!.GetValue<string>() != Spelt(cutBy))
            return new KeptSegments(null, null, []);
        var bounds = JsonNode.Parse(documents[0])!["bounds"]!.AsArray().Select(bound => Place((string)bound!));
        var cut = new Cut(LeafMap.ByBounds([.. bounds]), IsOne: false);
        var segments = documents.Skip(1).Select(SegmentJson.Read).ToList();
        return segments.TrueForAll(segment => IsOf(cut, segment))
            ? new KeptSegments(log, cut, segments)
            : throw new FormatException("A kept segment is of leaves that the table was not cut into.");
    }

    private static bool IsOf(Cut cut, Segment segment) =>
        segment.From >= 0 && segment.From < segment.To && segment.To <= cut.Leaves.Count
        && segment.Source.Folds.Length == segment.To - segment.From && segment.Target.Folds.Length == segment.To - segment.From;

    // The column's names on both sides, and what its places mean.
    private static string? Spelt(CutColumn? cutBy) =>
        cutBy is null ? null : new JsonArray(cutBy.Pair.Source.Name, cutBy.Pair.Target.Name, cutBy.Order.ToString()).ToJsonString();

    private static UInt128 Place(string hex) => UInt128.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}

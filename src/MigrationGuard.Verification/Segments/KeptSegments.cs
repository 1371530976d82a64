using System.Globalization;
using System.Text.Json.Nodes;

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

    public static async Task<KeptSegments> LoadAsync(SegmentLog? log, CancellationToken cancellationToken)
    {
        var documents = log is null ? [] : await log.LoadAsync(cancellationToken);
        if (documents.Count == 0)
            return new KeptSegments(log, null, []);
        var bounds = JsonNode.Parse(documents[0])!["bounds"]!.AsArray().Select(bound => Place((string)bound!));
        return new KeptSegments(log, new Cut(LeafMap.ByBounds([.. bounds]), IsOne: false), [.. documents.Skip(1).Select(SegmentJson.Read)]);
    }

    /// <summary>Keeps how the table is cut, before its first segment.</summary>
    public async Task BeginAsync(Cut cut, CancellationToken cancellationToken)
    {
        if (_log is null || _keeps || cut.IsOne || cut.Leaves.Kind != LeafKind.Place)
            return;
        var bounds = new JsonArray([.. cut.Leaves.Bounds.Select(bound => JsonValue.Create(bound.ToString("x", CultureInfo.InvariantCulture)))]);
        await _log.KeepAsync(0, new JsonObject { ["bounds"] = bounds }.ToJsonString(), cancellationToken);
        _keeps = true;
    }

    /// <summary>Keeps a finished segment.</summary>
    /// <remarks>Its number is that of its first leaf, which no other segment has: segments are finished, and a process dies, in any order.</remarks>
    public Task KeepAsync(Segment segment, CancellationToken cancellationToken) => _keeps
        ? _log!.KeepAsync(segment.From + 1, SegmentJson.Write(segment), cancellationToken)
        : Task.CompletedTask;

    private static UInt128 Place(string hex) => UInt128.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}

using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Segments;

/// <summary>Compares the rows of two tables exactly: one scan of each, and a second look at what differs.</summary>
/// <param name="frozen">Whether the source has stopped being written to, so that a difference counts when it is first seen.</param>
internal sealed class RowVerification(
    TwoTables tables, RowComparison rows, ScanRequest request, byte[] key, bool frozen, VerificationOptions limits, TimeProvider time)
{
    // Rows that keep changing while they are compared are looked at so often before they are given up as not checked.
    private const int MostLooks = 3;

    /// <summary>Why rows that change while they are compared come to nothing.</summary>
    public const string Moving =
        "Rows changed while they were compared, each time they were looked at. Verify again when the source stands still, or raise Verification:SettleSeconds.";

    private const string Resumed =
        "Some parts were read before the run was resumed, and hold as of then; the others were read after it. What was written in between may be seen or not.";

    /// <summary>Reads and compares.</summary>
    /// <param name="log">Where segments are kept while the run is unfinished; null for nowhere.</param>
    /// <exception cref="UnreadableSideException">A side could not be read.</exception>
    public async Task<RowsCompared> RunAsync(SegmentLog? log, CancellationToken cancellationToken)
    {
        var (_, compared) = await CompareBothWaysAsync(log, cancellationToken);
        return compared;
    }

    /// <summary>Reads and lists rows that differ, with their values.</summary>
    /// <param name="limit">The most rows listed.</param>
    /// <exception cref="UnreadableSideException">A side could not be read.</exception>
    public async Task<RowsListed> ListAsync(int limit, CancellationToken cancellationToken)
    {
        if (rows.Otherwise is null)
            return await ListOnceAsync(limit, cancellationToken);
        // What is listed is what a run would report, so that way of copying is taken under which fewer of all rows differ.
        var (way, _) = await CompareBothWaysAsync(null, cancellationToken);
        return await way.ListOnceAsync(limit, cancellationToken);
    }

    // Rounded, and where that leaves rows that differ, cut.
    private async Task<(RowVerification Way, RowsCompared Compared)> CompareBothWaysAsync(SegmentLog? log, CancellationToken cancellationToken)
    {
        var compared = await CompareAsync(log, cancellationToken);
        if (compared.Judgement.Outcome is CheckOutcome.Match || rows.Otherwise is not { } otherwise)
            return (this, compared);
        var otherWay = new RowVerification(tables, otherwise, request, key, frozen, limits, time);
        var other = await otherWay.CompareAsync(null, cancellationToken);
        return other.Judgement.Outcome is CheckOutcome.NotChecked || other.RowsDiffering >= compared.RowsDiffering ? (this, compared) : (otherWay, other);
    }

    private async Task<RowsListed> ListOnceAsync(int limit, CancellationToken cancellationToken)
    {
        var scan = new SegmentedScan(tables, rows, request, key, limits, time);
        var cut = await scan.CutAsync(cancellationToken);
        var segments = await scan.ReadAsync(cut, [], (_, _) => Task.CompletedTask, cancellationToken);
        var list = new List<DifferingRow>();
        var isCut = false;
        (segments, var differences) = await LookAsync(scan, cut, segments, before => New(before, List), _ => new RowDisplay(rows.Columns.Count), () => isCut, cancellationToken);
        return new RowsListed(list, isCut, differences.NotLookedAt) { Leaves = segments.Sum(segment => segment.DifferingLeaves.Count()) };

        void List(KeptRow? source, KeptRow? target, IReadOnlyList<int> columns)
        {
            if (list.Count < limit)
                list.Add(DifferingRow.Of(rows, source, target, columns));
            else
                isCut = true;
        }
    }

    private async Task<RowsCompared> CompareAsync(SegmentLog? log, CancellationToken cancellationToken)
    {
        var scan = new SegmentedScan(tables, rows, request, key, limits, time);
        var kept = await KeptSegments.LoadAsync(log, rows.CutBy, cancellationToken);
        var cut = kept.Cut ?? await scan.CutAsync(cancellationToken);
        await kept.BeginAsync(cut, rows.CutBy, cancellationToken);
        var segments = await scan.ReadAsync(cut, kept.Segments, kept.KeepAsync, cancellationToken);
        var differences = New(null, null);
        var looks = 0;
        for (; looks < MostLooks && segments.Any(segment => segment.Differs); looks++)
        {
            (segments, differences) = await LookAsync(scan, cut, segments, before => New(before, null), null, () => false, cancellationToken);
            if (frozen || !differences.CanBeSeenAgain || (differences.Rows > 0 && !IsMoving(segments, differences)))
                break;
        }
        return Compared(segments, differences, looks, isResumed: kept.Segments.Count > 0);
    }

    // Where the source is written to, a part hardly ever stands still: only a row that differs twice in the same way, a settle time
    // apart, was not on its way. What is listed is listed at the second look.
    private async Task<(IReadOnlyList<Segment> Segments, RowDifferences Differences)> LookAsync(
        SegmentedScan scan, Cut cut, IReadOnlyList<Segment> segments, Func<RowDifferences?, RowDifferences> begin, Func<Side, RowDisplay>? beside, Func<bool> enough, CancellationToken cancellationToken)
    {
        if (frozen)
            return (segments, await DrillAsync(segments, begin(null), Freshness.Shared, beside, enough));
        var first = await DrillAsync(segments, New(null, null), Freshness.Fresh, null, () => false);
        await Task.Delay(TimeSpan.FromSeconds(limits.SettleSeconds), time, cancellationToken);
        var now = await ReadDifferingAsync(scan, cut, segments, cancellationToken);
        return (now, await DrillAsync(now, begin(first.CanBeSeenAgain ? first : null), Freshness.Fresh, beside, enough));

        async Task<RowDifferences> DrillAsync(
            IReadOnlyList<Segment> differing, RowDifferences differences, Freshness freshness, Func<Side, RowDisplay>? shown, Func<bool> stop)
        {
            await new DrillDown(tables, rows, key, differences, shown).RunAsync(cut.Leaves, differing, freshness, stop, cancellationToken);
            return differences;
        }
    }

    private RowDifferences New(RowDifferences? before, Action<KeptRow?, KeptRow?, IReadOnlyList<int>>? onRow) =>
        new(rows, key, limits.MaxFindings) { SeenBefore = before, OnRow = onRow };

    // Rows in flight when they were read the first time are the same by now, and no false alarm.
    private static async Task<IReadOnlyList<Segment>> ReadDifferingAsync(SegmentedScan scan, Cut cut, IReadOnlyList<Segment> segments, CancellationToken cancellationToken)
    {
        var seen = new List<Segment>();
        foreach (var segment in segments)
            seen.Add(segment.Differs ? await scan.ReadSegmentAsync(cut.Leaves, (segment.From, segment.To), Freshness.Fresh, cancellationToken) : segment);
        return seen;
    }

    private RowsCompared Compared(IReadOnlyList<Segment> segments, RowDifferences differences, int looks, bool isResumed)
    {
        var (source, target) = (Scan(Side.Source, segments), Scan(Side.Target, segments));
        var differ = segments.Any(segment => segment.Differs);
        var findings = differences.Findings();
        List<string> notes = [.. rows.Notes, .. isResumed ? [Resumed] : Views()];
        if (looks > 0 && !frozen && findings.Count == 0 && !differ)
            notes.Add("Parts that differed when they were first read were the same when they were read again: rows were on their way.");
        if (differences.SayAll(Whole(Side.Source, segments).Count) is { } all)
            notes.Add(all);
        var isMoving = !frozen && differences.CanBeSeenAgain && IsMoving(segments, differences);
        // Folds that differ without a row that does: somebody wrote between the two readings. That is no match.
        var judgement = differ && findings.Count == 0 ? Judgement.NotChecked(Moving) : Judgement.Of(findings);
        return new RowsCompared(source, target, judgement with { Narrowed = rows.Narrowed }, Whole(Side.Source, segments), Whole(Side.Target, segments))
        {
            Notes = notes,
            Unsettled = isMoving ? Moving : null,
            RowsDiffering = differences.Rows + differences.NotLookedAt,
        };
    }

    // What kept the readings of a side consistent with each other, so that nobody has to guess what in-flight rows may have done.
    private IEnumerable<string> Views()
    {
        var views = Sides.Both.Select(side => (Side: side, View: tables.Database(side).ViewDescription)).Where(side => side.View is not null).ToList();
        return views is [var source, var target] && source.View == target.View
            ? [$"Read on both sides: {source.View}."]
            : views.Select(side => $"Read on the {side.Side.Spelt()}: {side.View}.");
    }

    // Without the rows that stay different both sides would have one fold, were it not for rows on their way.
    private static bool IsMoving(IReadOnlyList<Segment> segments, RowDifferences differences) =>
        Whole(Side.Source, segments) + differences.TargetFold != Whole(Side.Target, segments) + differences.SourceFold;

    private TableScan Scan(Side side, IReadOnlyList<Segment> segments)
    {
        var scan = new TableScan(request, side, tables.Database(side).Zone);
        foreach (var segment in segments)
            scan.Add(segment.On(side).Counted);
        return scan;
    }

    private static Fingerprints.Fold Whole(Side side, IReadOnlyList<Segment> segments) =>
        segments.Aggregate(default(Fingerprints.Fold), (sum, segment) => sum + segment.On(side).Whole);
}

/// <summary>What comparing rows came to.</summary>
/// <param name="Source">What the same scan counted on the source.</param>
/// <param name="Target">What it counted on the target.</param>
/// <param name="Judgement">The fingerprint's outcome.</param>
/// <param name="SourceFold">The source's fingerprint.</param>
/// <param name="TargetFold">The target's.</param>
internal sealed record RowsCompared(TableScan Source, TableScan Target, Judgement Judgement, Fingerprints.Fold SourceFold, Fingerprints.Fold TargetFold)
{
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Why counts that differ say nothing; null when they do: rows were on their way whenever they were counted.</summary>
    public string? Unsettled { get; init; }

    /// <summary>Rows that differ, and those that lie among differences and were not looked at.</summary>
    public long RowsDiffering { get; init; }
}

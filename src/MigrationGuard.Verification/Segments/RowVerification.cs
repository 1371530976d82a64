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

    /// <summary>Reads and compares.</summary>
    /// <param name="log">Where segments are kept while the run is unfinished; null for nowhere.</param>
    /// <exception cref="UnreadableSideException">A side could not be read.</exception>
    public async Task<RowsCompared> RunAsync(SegmentLog? log, CancellationToken cancellationToken)
    {
        var compared = await CompareAsync(log, cancellationToken);
        if (compared.Judgement.Outcome is CheckOutcome.Match || rows.Otherwise is not { } otherwise)
            return compared;
        var other = await new RowVerification(tables, otherwise, request, key, frozen, limits, time).CompareAsync(null, cancellationToken);
        return other.Judgement.Outcome is CheckOutcome.NotChecked || other.RowsDiffering >= compared.RowsDiffering ? compared : other;
    }

    /// <summary>Reads and lists rows that differ, with their values.</summary>
    /// <param name="limit">The most rows listed.</param>
    /// <exception cref="UnreadableSideException">A side could not be read.</exception>
    public async Task<RowsListed> ListAsync(int limit, CancellationToken cancellationToken)
    {
        var listed = await ListOnceAsync(limit, cancellationToken);
        if (listed.Rows.Count == 0 || rows.Otherwise is not { } otherwise)
            return listed;
        var other = await new RowVerification(tables, otherwise, request, key, frozen, limits, time).ListOnceAsync(limit, cancellationToken);
        return other.Leaves < listed.Leaves ? other : listed;
    }

    private async Task<RowsListed> ListOnceAsync(int limit, CancellationToken cancellationToken)
    {
        var scan = new SegmentedScan(tables, rows, request, key, limits, time);
        var cut = await scan.CutAsync(cancellationToken);
        var segments = await scan.ReadAsync(cut, [], (_, _) => Task.CompletedTask, cancellationToken);
        if (!frozen && segments.Any(segment => segment.Differs))
            segments = await LookAgainAsync(scan, cut, segments, cancellationToken);
        var list = new List<DifferingRow>();
        var isCut = false;
        var differences = new RowDifferences(rows, key, limits.MaxFindings)
        {
            OnRow = (source, target, columns) =>
            {
                if (list.Count < limit)
                    list.Add(DifferingRow.Of(rows, source, target, columns));
                else
                    isCut = true;
            },
        };
        await new DrillDown(tables, rows, key, differences, _ => new RowDisplay(rows.Columns.Count))
            .RunAsync(cut.Leaves, segments, frozen ? Freshness.Shared : Freshness.Fresh, () => isCut, cancellationToken);
        return new RowsListed(list, isCut || differences.NotLookedAt > 0, segments.Sum(segment => segment.DifferingLeaves.Count()));
    }

    private async Task<RowsCompared> CompareAsync(SegmentLog? log, CancellationToken cancellationToken)
    {
        var scan = new SegmentedScan(tables, rows, request, key, limits, time);
        var kept = await KeptSegments.LoadAsync(log, cancellationToken);
        var cut = kept.Cut ?? await scan.CutAsync(cancellationToken);
        await kept.BeginAsync(cut, cancellationToken);
        var segments = await scan.ReadAsync(cut, kept.Segments, kept.KeepAsync, cancellationToken);
        var differences = new RowDifferences(rows, key, limits.MaxFindings);
        var looks = 0;
        for (; looks < MostLooks && segments.Any(segment => segment.Differs); looks++)
        {
            if (!frozen)
                segments = await LookAgainAsync(scan, cut, segments, cancellationToken);
            differences = new RowDifferences(rows, key, limits.MaxFindings);
            await new DrillDown(tables, rows, key, differences)
                .RunAsync(cut.Leaves, segments, frozen ? Freshness.Shared : Freshness.Fresh, () => false, cancellationToken);
            if (differences.Rows > 0 || differences.NotLookedAt > 0 || frozen)
                break;
        }
        return Compared(cut, segments, differences, looks);
    }

    // Rows in flight when they were read the first time are the same by now, and no false alarm.
    private async Task<IReadOnlyList<Segment>> LookAgainAsync(SegmentedScan scan, Cut cut, IReadOnlyList<Segment> segments, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(limits.SettleSeconds), time, cancellationToken);
        var seen = new List<Segment>();
        foreach (var segment in segments)
            seen.Add(segment.Differs ? await scan.ReadSegmentAsync(cut.Leaves, (segment.From, segment.To), Freshness.Fresh, cancellationToken) : segment);
        return seen;
    }

    private RowsCompared Compared(Cut cut, IReadOnlyList<Segment> segments, RowDifferences differences, int looks)
    {
        var (source, target) = (Scan(Side.Source, segments), Scan(Side.Target, segments));
        var differ = segments.Any(segment => segment.Differs);
        var findings = differences.Findings();
        List<string> notes = [.. rows.Notes, .. Views()];
        if (looks > 0 && !frozen && findings.Count == 0 && !differ)
            notes.Add("Parts that differed when they were first read were the same when they were read again: rows were on their way.");
        // Folds that differ without a row that does: somebody wrote between the two readings. That is no match.
        var judgement = differ && findings.Count == 0
            ? Judgement.NotChecked("Rows changed while they were compared, each time they were looked at. Verify again when the source stands still, or raise Verification:SettleSeconds.")
            : Judgement.Of(findings);
        return new RowsCompared(source, target, judgement with { Narrowed = rows.Narrowed }, Whole(Side.Source, segments), Whole(Side.Target, segments))
        {
            Notes = notes,
            RowsDiffering = differences.Rows + differences.NotLookedAt,
            Segments = segments.Count,
            Leaves = cut.Leaves.Count,
        };
    }

    // What kept the readings of a side consistent with each other, so that nobody has to guess what in-flight rows may have done.
    private IEnumerable<string> Views() => Sides.Both
        .Select(side => (Side: side, View: tables.Database(side).ViewDescription))
        .Where(side => side.View is not null)
        .Select(side => $"Read on the {side.Side.Spelt()}: {side.View}");

    private TableScan Scan(Side side, IReadOnlyList<Segment> segments)
    {
        var scan = new TableScan(request, side, tables.Database(side).Zone);
        foreach (var group in segments.SelectMany(segment => segment.On(side).Groups))
            scan.Add(group);
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

    public long RowsDiffering { get; init; }

    public int Segments { get; init; }

    public int Leaves { get; init; }
}

using MigrationGuard.Databases;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Segments;

/// <summary>Reads both tables once, segment by segment, several at a time.</summary>
/// <remarks>
/// How much is read at once follows from how long the last segment took, so that a slow server is asked for little at a time and
/// what a broken connection costs stays small, while a fast one is not asked thousands of times.
/// </remarks>
internal sealed class SegmentedScan(TwoTables tables, RowComparison rows, ScanRequest request, byte[] key, VerificationOptions limits, TimeProvider time)
{
    // While nothing has been measured: some 50,000 rows, little to ask a slow server for and enough to take its pace by.
    private const int FirstLeaves = 24;

    // Both sides' statistics are out of date now and then; a table without any is taken for one of this many rows.
    private const long RowsUnknown = 1_000_000;

    private readonly RowLayout _source = new(rows, Side.Source, tables.SourceTable, request);
    private readonly RowLayout _target = new(rows, Side.Target, tables.TargetTable, request);
    private readonly SharedGroups _sourceGroups = new(request);
    private readonly SharedGroups _targetGroups = new(request);
    private readonly Lock _lock = new();

    /// <summary>The leaves to count rows in.</summary>
    /// <exception cref="UnreadableSideException">A side could not be read.</exception>
    public async Task<Cut> CutAsync(CancellationToken cancellationToken)
    {
        var expected = tables.ApproximateRows > 0 ? tables.ApproximateRows : RowsUnknown;
        if (rows.CutBy is { } cut)
        {
            var (source, target) = await tables.OnBothAsync(
                (side, token) => tables.Database(side).ReadKeySpreadAsync(tables.Table(side), cut.Pair.On(side), token), cancellationToken);
            // One side may have no histogram, or be empty: what is known of the other is better than cutting evenly between two ends.
            var spread = (source?.Bounds.Count ?? 0) >= (target?.Bounds.Count ?? 0) ? source : target;
            if (spread is { Bounds.Count: > 0 })
            {
                // Places that lie scattered over the table would be read at random, segment after segment: then it is read as one.
                return new Cut(LeafMap.ByPlace(spread.Bounds, expected), IsOne: source is { LiesInOrder: false } || target is { LiesInOrder: false });
            }
        }
        return new Cut(LeafMap.ByHash(rows.KeyColumns > 0 ? LeafKind.Key : LeafKind.Row, expected), IsOne: true);
    }

    /// <summary>Reads what is not among <paramref name="known"/>.</summary>
    /// <param name="known">Segments that were read before.</param>
    /// <param name="keep">Told of each segment as it is finished.</param>
    /// <returns>All segments, in the order of their leaves.</returns>
    /// <exception cref="UnreadableSideException">A side could not be read.</exception>
    /// <exception cref="UnreadPartsException">The segments are not the whole table.</exception>
    public async Task<IReadOnlyList<Segment>> ReadAsync(Cut cut, IReadOnlyList<Segment> known, Func<Segment, CancellationToken, Task> keep, CancellationToken cancellationToken)
    {
        var queue = new LeafQueue(cut.Leaves.Count, known, cut.IsOne ? int.MaxValue : FirstLeaves);
        var read = new List<Segment>(known.Select(Shared));
        var workers = cut.IsOne ? 1 : Math.Max(1, Math.Min(tables.SourceDatabase.MaxConnections, tables.TargetDatabase.MaxConnections));
        await Parallel.ForEachAsync(Enumerable.Range(0, workers), new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellationToken }, async (_, token) =>
        {
            while (queue.Next() is { } range)
            {
                var started = time.GetTimestamp();
                var segment = Shared(await ReadSegmentAsync(cut.Leaves, range, Freshness.Shared, token));
                queue.Adapt(range.To - range.From, time.GetElapsedTime(started).TotalSeconds, limits.SegmentSeconds);
                await keep(segment, token);
                lock (_lock)
                    read.Add(segment);
            }
        });
        List<Segment> ordered = [.. read.OrderBy(segment => segment.From)];
        Tiling.Require(ordered, cut.Leaves.Count);
        return ordered;
    }

    /// <summary>Reads both sides of a run of leaves.</summary>
    /// <exception cref="UnreadableSideException">A side could not be read.</exception>
    public async Task<Segment> ReadSegmentAsync(LeafMap leaves, (int From, int To) range, Freshness freshness, CancellationToken cancellationToken)
    {
        var (source, target) = await tables.OnBothAsync((side, token) => ReadSideAsync(side, leaves, range, freshness, token), cancellationToken);
        return new Segment(range.From, range.To, source, target);
    }

    private Segment Shared(Segment segment) => segment with { Source = _sourceGroups.Share(segment.Source), Target = _targetGroups.Share(segment.Target) };

    private Task<SegmentSide> ReadSideAsync(Side side, LeafMap leaves, (int From, int To) range, Freshness freshness, CancellationToken cancellationToken) =>
        tables.Database(side).ReadAsync(
            async (session, token) =>
            {
                var layout = side == Side.Source ? _source : _target;
                var scan = new TableScan(request, side, session.Zone);
                (side == Side.Source ? _sourceGroups : _targetGroups).Begin(scan);
                var folder = new RowFolder(layout, leaves, range, new EncodedRow(rows, side, key), new StreamedGroups(request, session, layout, scan));
                await session.ReadRowsAsync(layout.Query(leaves.Ends(range.From, range.To)), folder.Consume, token);
                return new SegmentSide(folder.Folds, scan.Part);
            },
            cancellationToken,
            freshness);
}

/// <summary>How a table is cut.</summary>
/// <param name="IsOne">Whether it is read as one segment all the same.</param>
internal sealed record Cut(LeafMap Leaves, bool IsOne);

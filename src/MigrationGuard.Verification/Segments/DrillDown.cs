using MigrationGuard.Databases;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Segments;

/// <summary>Reads leaves that differ once more, whole rows of both sides, and merges them by key.</summary>
/// <param name="beside">Takes values beside their encoders, for showing rows; null for nobody.</param>
/// <remarks>
/// Rows are held in memory that is bounded, however many and large they are. Where those of a part are too many, the part is read
/// once without holding any, into leaves by the hash of the key that have a few rows each: then those that differ are so few that
/// they can be held, unless that many rows differ.
/// </remarks>
internal sealed class DrillDown(TwoTables tables, RowComparison rows, byte[] key, RowDifferences differences, Func<Side, RowDisplay>? beside = null)
{
    /// <summary>Bytes that rows of both sides may take at once.</summary>
    public const long MostBytesHeld = 32 * 1024 * 1024;

    // Neighbouring leaves are read together up to so many rows of both sides, so that what is done between two readings costs little.
    private const long MostRowsInRange = 65_536;

    // A part that cannot be asked for by a range is read whole for each pass: so a pass holds more, and there are few.
    private const long MostRowsInPass = 131_072;
    private const int MostPasses = 4;

    // Rows read next may be somewhat larger than those that were too many.
    private const double SafetyMargin = 0.9;

    private readonly RowLayout _source = new(rows, Side.Source, tables.SourceTable, null);
    private readonly RowLayout _target = new(rows, Side.Target, tables.TargetTable, null);
    private readonly RowMerge _merge = new(rows, differences);

    /// <summary>Reads the differing leaves of all segments.</summary>
    /// <param name="enough">Whether to look no further, asked between readings.</param>
    /// <exception cref="UnreadableSideException">A side could not be read.</exception>
    public async Task RunAsync(LeafMap leaves, IReadOnlyList<Segment> segments, Freshness freshness, Func<bool> enough, CancellationToken cancellationToken)
    {
        var differing = segments.SelectMany(Differing).ToList();
        var count = differing.Sum(leaf => leaf.Rows);
        if (count == 0)
            return;
        if (leaves.Kind == LeafKind.Place && rows.CutFollowsKey)
        {
            await ReadRangesAsync(leaves, differing, freshness, enough, cancellationToken);
            return;
        }
        if (count <= MostRowsInPass && await TryAtOnceAsync(leaves, differing, freshness, cancellationToken))
            return;
        var all = segments.Sum(segment => segment.Source.Whole.Count + segment.Target.Whole.Count);
        await ReadFinelyAsync(new Part(null, null, freshness), all, enough, cancellationToken);
    }

    // A row whose place follows from its key has its other half in the same leaf or nowhere: so every batch is settled by itself.
    private async Task ReadRangesAsync(LeafMap leaves, IReadOnlyList<LeafRows> differing, Freshness freshness, Func<bool> enough, CancellationToken cancellationToken)
    {
        foreach (var (from, to, count) in Batches(differing))
        {
            if (enough())
                return;
            var part = Range(leaves, from, to, freshness);
            if (count <= MostRowsInRange && await ReadAsync(part, leaves, (from, to), null, MostBytesHeld, cancellationToken) is { IsOver: false } held)
                Merge([held]);
            else
                await ReadFinelyAsync(part, count, enough, cancellationToken);
        }
    }

    // The two halves of a row may lie in any two leaves: all are held before any is settled.
    private async Task<bool> TryAtOnceAsync(LeafMap leaves, IReadOnlyList<LeafRows> differing, Freshness freshness, CancellationToken cancellationToken)
    {
        var wanted = differing.ToDictionary(leaf => leaf.Leaf, leaf => leaf.Rows);
        var batches = leaves.Kind == LeafKind.Place ? Batches(differing) : [(0, leaves.Count, 0)];
        var held = new List<HeldRows>();
        foreach (var (from, to, _) in batches)
        {
            var left = MostBytesHeld - held.Sum(rows => rows.Bytes);
            held.Add(await ReadAsync(Range(leaves, from, to, freshness), leaves, (from, to), wanted, left, cancellationToken));
            if (held[^1].IsOver)
                return false;
        }
        Merge(held);
        return true;
    }

    // One reading finds which few rows differ, and further ones compare those.
    private async Task ReadFinelyAsync(Part part, long count, Func<bool> enough, CancellationToken cancellationToken)
    {
        var leaves = LeafMap.ByHashFinely(rows.KeyColumns > 0 ? LeafKind.Key : LeafKind.Row, count);
        var (source, target) = await tables.OnBothAsync(
            (side, token) => tables.Database(side).ReadAsync(
                async (session, stop) =>
                {
                    var folder = new RowFolder(Layout(side), leaves, (0, leaves.Count), new EncodedRow(rows, side, key), null);
                    await session.ReadRowsAsync(Layout(side).Query((part.First, part.End)), folder.Consume, stop);
                    return new SegmentSide(folder.Folds, ScannedPart.None);
                },
                token,
                part.Freshness),
            cancellationToken);
        var left = new Queue<LeafRows>(Differing(new Segment(0, leaves.Count, source, target)));
        var most = MostRowsInPass;
        for (var pass = 0; left.Count > 0 && pass < MostPasses; pass++)
        {
            if (enough())
                return;
            var wanted = Next(left, most);
            var held = await ReadAsync(part, leaves, (0, leaves.Count), wanted, MostBytesHeld, cancellationToken);
            var rowsWanted = wanted.Values.Sum();
            if (!held.IsOver)
                Merge([held]);
            else if (wanted.Count == 1)
                differences.NotLookedAt += rowsWanted;
            else
                left = new Queue<LeafRows>([.. wanted.Select(leaf => new LeafRows(leaf.Key, leaf.Value)), .. left]);
            if (held.IsOver)
                most = Math.Max(1, (long)(rowsWanted * ((double)MostBytesHeld / held.Bytes) * SafetyMargin));
        }
        differences.NotLookedAt += left.Sum(leaf => leaf.Rows);
    }

    private void Merge(IEnumerable<HeldRows> read)
    {
        foreach (var held in read)
        {
            foreach (var side in Sides.Both)
            {
                foreach (var row in held.On(side))
                    _merge.Add(side, row);
            }
        }
        _merge.SettleAll();
    }

    // The rows of the leaves that are wanted; of all leaves when null.
    private async Task<HeldRows> ReadAsync(
        Part part, LeafMap leaves, (int From, int To) range, Dictionary<int, long>? wanted, long mostBytes, CancellationToken cancellationToken)
    {
        var held = new HeldRows(mostBytes, areAlike: rows.KeyColumns == 0);
        await tables.OnBothAsync(
            (side, token) => tables.Database(side).ReadAsync(
                async (session, stop) =>
                {
                    held.Begin(side);
                    var display = beside?.Invoke(side);
                    var row = new EncodedRow(rows, side, key, display is null ? null : display.Column);
                    var folder = new RowFolder(Layout(side), leaves, range, row, null);
                    await session.ReadRowsAsync(
                        Layout(side).Query((part.First, part.End)),
                        reader =>
                        {
                            while (reader.Read())
                            {
                                row.Take(reader);
                                if (wanted is null || wanted.ContainsKey(folder.LeafOf(reader)))
                                    held.Add(side, row.Keep() with { Shown = display?.Values() });
                            }
                        },
                        stop);
                    return true;
                },
                token,
                part.Freshness),
            cancellationToken);
        return held;
    }

    private RowLayout Layout(Side side) => side == Side.Source ? _source : _target;

    private static IEnumerable<LeafRows> Differing(Segment segment) => segment.DifferingLeaves.Select(leaf => new LeafRows(leaf, segment.RowsOf(leaf)));

    // As many leaves as may be held at once, and one at least.
    private static Dictionary<int, long> Next(Queue<LeafRows> left, long most)
    {
        var (wanted, count) = (new Dictionary<int, long>(), 0L);
        while (left.TryPeek(out var next) && (wanted.Count == 0 || count + next.Rows <= most))
        {
            left.Dequeue();
            wanted[next.Leaf] = next.Rows;
            count += next.Rows;
        }
        return wanted;
    }

    // Neighbouring leaves that differ are read together, as many as may be held.
    private static IEnumerable<(int From, int To, long Rows)> Batches(IEnumerable<LeafRows> differing)
    {
        (int From, int To, long Rows)? batch = null;
        foreach (var (leaf, count) in differing)
        {
            if (batch is { } open && open.To == leaf && open.Rows + count <= MostRowsInRange)
            {
                batch = (open.From, leaf + 1, open.Rows + count);
                continue;
            }
            if (batch is { } done)
                yield return done;
            batch = (leaf, leaf + 1, count);
        }
        if (batch is { } last)
            yield return last;
    }

    private static Part Range(LeafMap leaves, int from, int to, Freshness freshness)
    {
        var (first, end) = leaves.Kind == LeafKind.Place ? leaves.Ends(from, to) : (null, null);
        return new Part(first, end, freshness);
    }

    /// <summary>Rows between two places, open where there is none.</summary>
    private sealed record Part(UInt128? First, UInt128? End, Freshness Freshness);

    /// <summary>A leaf and the rows of both sides in it.</summary>
    private sealed record LeafRows(int Leaf, long Rows);
}

using MigrationGuard.Databases;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Segments;

/// <summary>Reads leaves that differ once more, whole rows of both sides, and merges them by key.</summary>
/// <param name="beside">Takes values beside their encoders, for showing rows; null for nobody.</param>
internal sealed class DrillDown(TwoTables tables, RowComparison rows, byte[] key, RowDifferences differences, Func<Side, RowDisplay>? beside = null)
{
    // Rows of both sides together that are held at once, whole: some 30 MB where they are a few hundred bytes each.
    private const long MostRowsHeld = 65_536;

    // A table that cannot be read in part is read whole for each batch, so a batch holds more, and the readings are few: what is
    // left after them is counted and not listed.
    private const long MostRowsOfWhole = 400_000;
    private const int MostPasses = 4;

    private readonly RowLayout _source = new(rows, Side.Source, tables.SourceTable, null);
    private readonly RowLayout _target = new(rows, Side.Target, tables.TargetTable, null);
    private readonly RowMerge _merge = new(rows, differences);

    /// <summary>Reads the differing leaves of all segments.</summary>
    /// <param name="enough">Whether to look no further, asked between batches.</param>
    /// <exception cref="UnreadableSideException">A side could not be read.</exception>
    public async Task RunAsync(LeafMap leaves, IReadOnlyList<Segment> segments, Freshness freshness, Func<bool> enough, CancellationToken cancellationToken)
    {
        if (leaves.Kind == LeafKind.Place)
            await ReadRangesAsync(leaves, segments, freshness, enough, cancellationToken);
        else
            await ReadWholeAsync(leaves, segments, freshness, enough, cancellationToken);
        _merge.SettleAll();
    }

    private async Task ReadRangesAsync(LeafMap leaves, IReadOnlyList<Segment> segments, Freshness freshness, Func<bool> enough, CancellationToken cancellationToken)
    {
        foreach (var range in Batches(segments))
        {
            if (enough())
                return;
            await ReadAsync(leaves, range, _ => true, freshness, cancellationToken);
            // A row whose place follows from its key has its other half in the same leaf or nowhere.
            if (rows.CutFollowsKey)
                _merge.SettleAll();
            else
                _merge.SettlePaired();
        }
    }

    private async Task ReadWholeAsync(LeafMap leaves, IReadOnlyList<Segment> segments, Freshness freshness, Func<bool> enough, CancellationToken cancellationToken)
    {
        var left = new Queue<(int Leaf, long Rows)>(segments.SelectMany(segment => segment.DifferingLeaves.Select(leaf => (leaf, segment.RowsOf(leaf)))));
        var passes = new List<HashSet<int>>();
        while (left.Count > 0 && passes.Count < MostPasses)
            passes.Add(NextLeaves(left));
        differences.NotLookedAt = left.Sum(leaf => leaf.Rows);
        foreach (var wanted in passes.TakeWhile(_ => !enough()))
        {
            await ReadAsync(leaves, (0, leaves.Count), wanted.Contains, freshness, cancellationToken);
            _merge.SettleAll();
        }
    }

    // As many leaves as may be held at once, and one at least.
    private static HashSet<int> NextLeaves(Queue<(int Leaf, long Rows)> left)
    {
        var (wanted, held) = (new HashSet<int>(), 0L);
        while (left.TryPeek(out var next) && (wanted.Count == 0 || held + next.Rows <= MostRowsOfWhole))
        {
            wanted.Add(left.Dequeue().Leaf);
            held += next.Rows;
        }
        return wanted;
    }

    private async Task ReadAsync(LeafMap leaves, (int From, int To) range, Func<int, bool> wanted, Freshness freshness, CancellationToken cancellationToken)
    {
        var (source, target) = await tables.OnBothAsync(
            (side, token) => tables.Database(side).ReadAsync((session, stop) => RowsAsync(session, side, leaves, range, wanted, stop), token, freshness),
            cancellationToken);
        foreach (var row in source)
            _merge.Add(Side.Source, row);
        foreach (var row in target)
            _merge.Add(Side.Target, row);
    }

    private async Task<List<KeptRow>> RowsAsync(
        ReadSession session, Side side, LeafMap leaves, (int From, int To) range, Func<int, bool> wanted, CancellationToken cancellationToken)
    {
        var layout = side == Side.Source ? _source : _target;
        var display = beside?.Invoke(side);
        var row = new EncodedRow(rows, side, key, display is null ? null : display.Column);
        var folder = new RowFolder(layout, leaves, range, row, null);
        var found = new List<KeptRow>();
        await session.ReadRowsAsync(
            layout.Query(leaves.Ends(range.From, range.To)),
            reader =>
            {
                while (reader.Read())
                {
                    row.Take(reader);
                    if (wanted(folder.LeafOf(reader)))
                        found.Add(row.Keep() with { Shown = display?.Values() });
                }
            },
            cancellationToken);
        return found;
    }

    // Neighbouring leaves that differ are read together, as many as may be held.
    private static IEnumerable<(int From, int To)> Batches(IReadOnlyList<Segment> segments)
    {
        (int From, int To)? batch = null;
        var held = 0L;
        foreach (var (segment, leaf) in segments.SelectMany(segment => segment.DifferingLeaves.Select(leaf => (segment, leaf))))
        {
            var more = segment.RowsOf(leaf);
            if (batch is { } open && open.To == leaf && held + more <= MostRowsHeld)
            {
                batch = (open.From, leaf + 1);
                held += more;
                continue;
            }
            if (batch is { } done)
                yield return done;
            (batch, held) = ((leaf, leaf + 1), more);
        }
        if (batch is { } last)
            yield return last;
    }
}

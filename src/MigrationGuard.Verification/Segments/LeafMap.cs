namespace MigrationGuard.Verification.Segments;

/// <summary>What decides in which leaf a row is counted.</summary>
internal enum LeafKind
{
    /// <summary>The place of the cut's column: leaves are ranges that a server can be asked for.</summary>
    Place,

    /// <summary>The key's bytes, as the two sides order keys differently or no index leads with the key.</summary>
    Key,

    /// <summary>The row's digest, as there is no key.</summary>
    Row,
}

/// <summary>The leaves that the rows of both sides are counted in: each has a fold of its own, so that what differs is narrowed down to it.</summary>
/// <remarks>
/// A leaf is far smaller than a segment, which is what is read at once: looking at a difference again costs a leaf, not a segment.
/// Both sides have the same leaves, made before either is read.
/// </remarks>
internal sealed class LeafMap
{
    /// <summary>Rows a leaf is meant to have.</summary>
    /// <remarks>So few that looking again at a lone difference costs nothing that shows, so many that a fold is nothing beside them.</remarks>
    public const int RowsPerLeaf = 2_048;

    private const int RowsPerFineLeaf = 16;

    // Folds and bounds of so many take some 10 MB; beyond 268 million rows leaves become larger and not more.
    private const int MostLeaves = 131_072;

    private readonly UInt128[] _bounds;

    private LeafMap(LeafKind kind, int count, UInt128[] bounds) => (Kind, Count, _bounds) = (kind, count, bounds);

    public LeafKind Kind { get; }

    public int Count { get; }

    /// <summary>The first places of all leaves but the first, ascending; empty unless leaves are ranges.</summary>
    public IReadOnlyList<UInt128> Bounds => _bounds;

    /// <summary>Leaves that are ranges, cut evenly between the bounds of a spread.</summary>
    /// <param name="spread">Ascending places at about equal numbers of rows.</param>
    /// <param name="rows">Rows expected.</param>
    public static LeafMap ByPlace(IReadOnlyList<UInt128> spread, long rows)
    {
        var wanted = LeavesFor(rows);
        var parts = Math.Max(1, spread.Count - 1);
        var bounds = new List<UInt128>(wanted);
        for (var part = 0; part + 1 < spread.Count; part++)
        {
            // Parts of a statistic hold about as many rows each, so each gets as many leaves.
            var leaves = (int)(((long)wanted * (part + 1) / parts) - ((long)wanted * part / parts));
            for (var leaf = 0; leaf < leaves; leaf++)
                Add(bounds, Between(spread[part], spread[part + 1], leaf, leaves));
        }
        // The first leaf begins before the smallest place: what is smaller on the other side is counted as well.
        return ByBounds([.. bounds.Skip(1)]);
    }

    /// <summary>Leaves that begin at these places, the first one before all of them.</summary>
    public static LeafMap ByBounds(UInt128[] bounds) => new(LeafKind.Place, bounds.Length + 1, bounds);

    /// <summary>Leaves by the bytes of keys, or of rows where there is no key.</summary>
    public static LeafMap ByHash(LeafKind kind, long rows) => new(kind, LeavesFor(rows), []);

    /// <summary>Leaves by the bytes of keys or rows that have so few rows each that those of one that differs are soon compared one by one.</summary>
    public static LeafMap ByHashFinely(LeafKind kind, long rows) => new(kind, (int)Math.Clamp(rows / RowsPerFineLeaf, 1, MostLeaves), []);

    /// <summary>The leaf of a place, looked for among [<paramref name="from"/>, <paramref name="to"/>).</summary>
    public int OfPlace(UInt128 place, int from, int to)
    {
        var (low, high) = (from, to - 1);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (place < _bounds[middle])
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    /// <summary>The leaf of a key or row.</summary>
    public int OfHash(int hash) => (int)((uint)hash % (uint)Count);

    /// <summary>Where the leaves [<paramref name="from"/>, <paramref name="to"/>) begin and end; null for open.</summary>
    public (UInt128? From, UInt128? To) Ends(int from, int to) =>
        (from == 0 ? null : _bounds[from - 1], to == Count ? null : _bounds[to - 1]);

    private static int LeavesFor(long rows) => (int)Math.Clamp((rows / RowsPerLeaf) + 1, 1, MostLeaves);

    private static void Add(List<UInt128> bounds, UInt128 bound)
    {
        if (bounds.Count == 0 || bound > bounds[^1])
            bounds.Add(bound);
    }

    // Divided first: the difference of two places may need all 128 bits.
    private static UInt128 Between(UInt128 from, UInt128 to, int part, int parts)
    {
        var (step, rest) = UInt128.DivRem(to - from, (UInt128)parts);
        return from + (step * (UInt128)part) + (rest * (UInt128)part / (UInt128)parts);
    }
}

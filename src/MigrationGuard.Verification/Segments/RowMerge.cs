using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Segments;

/// <summary>Pairs rows of both sides by key, and says of each pair what it is.</summary>
/// <remarks>
/// Rows that are the same on both sides cancel each other, one for one, so that a duplicate cannot stand in for a missing row.
/// What is left of a key is paired in the order of the rows' bytes, which is the same however often it is read.
/// </remarks>
internal sealed class RowMerge(RowComparison rows, RowDifferences differences)
{
    private readonly Dictionary<byte[], Both> _keys = new(SameBytes.Instance);

    public void Add(Side side, KeptRow row)
    {
        // A row without a key is its own: its bytes are not held twice.
        var key = row.KeyLength == row.Bytes.Length ? row.Bytes : row.Key.ToArray();
        if (!_keys.TryGetValue(key, out var both))
            _keys[key] = both = new Both();
        (side == Side.Source ? both.Source : both.Target).Add(row);
    }

    /// <summary>Settles everything.</summary>
    public void SettleAll()
    {
        foreach (var both in _keys.Values)
            Settle(both);
        _keys.Clear();
    }

    private void Settle(Both both)
    {
        var (sources, targets) = (both.Source.Count, both.Target.Count);
        Cancel(both);
        if (both.Source.Count == 0 && both.Target.Count == 0)
            return;
        var pairs = rows.KeyColumns == 0 ? 0 : Math.Min(both.Source.Count, both.Target.Count);
        var counts = false;
        for (var i = 0; i < pairs; i++)
            counts |= differences.AddChanged(both.Source[i], both.Target[i]);
        foreach (var row in both.Source.Skip(pairs))
            counts |= differences.AddMissing(row);
        foreach (var row in both.Target.Skip(pairs))
            counts |= differences.AddExtra(row);
        if (rows.KeyColumns == 0 || !counts)
            return;
        if (sources > 1)
            differences.AddRepeatedKey(Side.Source);
        if (targets > 1)
            differences.AddRepeatedKey(Side.Target);
    }

    // Leaves what only one side has, in the order of the bytes. A key may name a hundred thousand rows, so each is looked at once.
    private static void Cancel(Both both)
    {
        both.Source.Sort(ByBytes);
        both.Target.Sort(ByBytes);
        List<KeptRow> source = [], target = [];
        var (i, j) = (0, 0);
        while (i < both.Source.Count || j < both.Target.Count)
        {
            var order = i == both.Source.Count ? 1 : j == both.Target.Count ? -1 : ByBytes(both.Source[i], both.Target[j]);
            if (order < 0)
                source.Add(both.Source[i]);
            else if (order > 0)
                target.Add(both.Target[j]);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        (both.Source, both.Target) = (source, target);
    }

    private static int ByBytes(KeptRow one, KeptRow other) => ReferenceEquals(one, other) ? 0 : one.Bytes.AsSpan().SequenceCompareTo(other.Bytes);

    private sealed class Both
    {
        public List<KeptRow> Source { get; set; } = [];

        public List<KeptRow> Target { get; set; } = [];
    }
}

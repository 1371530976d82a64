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
        var key = row.Key.ToArray();
        if (!_keys.TryGetValue(key, out var both))
            _keys[key] = both = new Both();
        (side == Side.Source ? both.Source : both.Target).Add(row);
    }

    /// <summary>Settles the keys that both sides have; the others wait on.</summary>
    public void SettlePaired()
    {
        foreach (var (key, both) in _keys)
        {
            if (both.Source.Count == 0 || both.Target.Count == 0)
                continue;
            Settle(both);
            _keys.Remove(key);
        }
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
        for (var i = both.Source.Count - 1; i >= 0; i--)
        {
            var twin = both.Target.FindIndex(both.Source[i].IsSameAs);
            if (twin < 0)
                continue;
            both.Source.RemoveAt(i);
            both.Target.RemoveAt(twin);
        }
        if (both.Source.Count == 0 && both.Target.Count == 0)
            return;
        both.Source.Sort(ByBytes);
        both.Target.Sort(ByBytes);
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

    private static int ByBytes(KeptRow one, KeptRow other) => one.Bytes.AsSpan().SequenceCompareTo(other.Bytes);

    private sealed class Both
    {
        public List<KeptRow> Source { get; } = [];

        public List<KeptRow> Target { get; } = [];
    }
}

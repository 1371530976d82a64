using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Verification.Scans;

/// <summary>What one side's scan brought. Memory is bounded by the groups that breakdowns may have, whatever the table's size.</summary>
public sealed class TableScan
{
    private readonly GroupCounter[] _counters;
    private NewestMoment[] _newest = [];
    private long[] _newerRows = [];
    private long[] _presentRows = [];

    /// <param name="request">What was asked for.</param>
    /// <param name="side">Which side this is.</param>
    /// <param name="zone">The zone of this side's date columns that do not say theirs.</param>
    internal TableScan(ScanRequest request, Side side, TimeZoneInfo zone)
    {
        Side = side;
        Zone = zone;
        _counters = [.. request.Breakdowns.Select(breakdown => new GroupCounter(breakdown))];
    }

    public Side Side { get; }

    public TimeZoneInfo Zone { get; }

    /// <summary>Rows in the table, counted.</summary>
    public long Rows { get; private set; }

    /// <summary>The newest value of a column, by the number <see cref="ScanRequest.Newest"/> gave.</summary>
    public NewestMoment Newest(int number) => _newest.Length == 0 ? default : _newest[number];

    /// <summary>Rows after the freeze by a column, by the number <see cref="ScanRequest.Newest"/> gave; 0 where not asked.</summary>
    public long RowsAfterFreeze(int number) => _newerRows.Length == 0 ? 0 : _newerRows[number];

    /// <summary>Rows that hold a value in a column of the source, by the number <see cref="ScanRequest.PresentInSource"/> gave.</summary>
    public long Present(int number) => _presentRows.Length == 0 ? 0 : _presentRows[number];

    /// <summary>Rows per group, by the number <see cref="ScanRequest.CountBy"/> gave; null when there were too many groups.</summary>
    public IReadOnlyDictionary<GroupKey, long>? Groups(int number) => _counters[number].Counts;

    internal void Add(AggregateRow row)
    {
        Rows += row.Rows;
        _newest = _newest.Length == 0 ? row.Newest : [.. _newest.Zip(row.Newest, (a, b) => a.Merge(b))];
        _newerRows = Sum(_newerRows, row.NewerRows);
        _presentRows = Sum(_presentRows, row.PresentRows);
        foreach (var counter in _counters)
            counter.Add(row);
    }

    private static long[] Sum(long[] sum, long[] part)
    {
        if (sum.Length == 0)
            return part;
        for (var i = 0; i < sum.Length; i++)
            sum[i] += part[i];
        return sum;
    }

    private sealed class GroupCounter(ScanRequest.Breakdown breakdown)
    {
        private Dictionary<GroupKey, long>? _counts = [];

        public IReadOnlyDictionary<GroupKey, long>? Counts => _counts;

        public void Add(AggregateRow row)
        {
            if (_counts is null || row.Rows == 0)
                return;
            var values = new Scalar[breakdown.Columns.Count];
            for (var i = 0; i < values.Length; i++)
                values[i] = breakdown.Labels[i].Of(row.Group[breakdown.Columns[i]]);
            var key = new GroupKey(values);
            _counts[key] = _counts.GetValueOrDefault(key) + row.Rows;
            if (_counts.Count > breakdown.MaxGroups)
                _counts = null;
        }
    }
}

/// <summary>The values that name a group; two are equal when all their values are.</summary>
public sealed class GroupKey(IReadOnlyList<Scalar> values) : IEquatable<GroupKey>
{
    public IReadOnlyList<Scalar> Values { get; } = values;

    public bool Equals(GroupKey? other) => other is not null && Values.SequenceEqual(other.Values);

    public override bool Equals(object? obj) => Equals(obj as GroupKey);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var value in Values)
            hash.Add(value);
        return hash.ToHashCode();
    }

    public override string ToString() => string.Join(", ", Values);
}

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

    /// <summary>Whether groups are counted: not once every breakdown has too many.</summary>
    internal bool CountsGroups => _counters.Any(counter => counter.Counts is not null);

    /// <summary>All of it, to be added up with other parts.</summary>
    internal ScannedPart Part => new(Rows, _newest, _newerRows, _presentRows, [.. _counters.Select(counter => counter.Counts?.ToArray())]);

    internal void Add(AggregateRow row)
    {
        AddUngrouped(row.Rows, row.Newest, row.NewerRows, row.PresentRows);
        foreach (var counter in _counters)
            counter.Add(row);
    }

    internal void Add(ScannedPart part)
    {
        AddUngrouped(part.Rows, part.Newest, part.Newer, part.Present);
        foreach (var (counter, groups) in _counters.Zip(part.Groups))
            counter.Add(groups);
    }

    /// <summary>Counts the groups of a breakdown no more, as it is known to have too many.</summary>
    internal void GiveUp(int number) => _counters[number].Add(null);

    private void AddUngrouped(long rows, IReadOnlyList<NewestMoment> newest, IReadOnlyList<long> newer, IReadOnlyList<long> present)
    {
        Rows += rows;
        _newest = _newest.Length == 0 ? [.. newest] : [.. _newest.Zip(newest, (a, b) => a.Merge(b))];
        _newerRows = Sum(_newerRows, newer);
        _presentRows = Sum(_presentRows, present);
    }

    private static long[] Sum(long[] sum, IReadOnlyList<long> part)
    {
        if (sum.Length == 0)
            return [.. part];
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
            Count(_counts, new GroupKey(values), row.Rows);
        }

        // Null where there were too many.
        public void Add(IReadOnlyList<KeyValuePair<GroupKey, long>>? groups)
        {
            if (groups is null)
                _counts = null;
            for (var i = 0; _counts is not null && i < groups!.Count; i++)
                Count(_counts, groups[i].Key, groups[i].Value);
        }

        private void Count(Dictionary<GroupKey, long> counts, GroupKey key, long rows)
        {
            counts[key] = counts.GetValueOrDefault(key) + rows;
            if (counts.Count > breakdown.MaxGroups)
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

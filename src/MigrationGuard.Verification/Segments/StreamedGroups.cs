using MigrationGuard.Databases;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;
using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Segments;

/// <summary>Counts rows by group and takes newest moments from a stream of rows: what <see cref="AggregateQuery"/> would bring.</summary>
/// <remarks>A group is known by the bytes of its values, so that a row of a known group costs no object.</remarks>
internal sealed class StreamedGroups
{
    // Flushed when there are more: what a breakdown may keep of them is bounded where they are added up.
    private const int MostGroups = 16_384;
    private const long MostBytes = 4 * 1024 * 1024;

    private readonly int[] _columns;
    private readonly ValueEncoder[] _encoders;
    private readonly RowBuffer _key = new();
    private readonly CanonicalValueSink _value = new();
    private readonly (int Column, MomentSink Sink)[] _moments;
    private readonly (int Column, PresenceSink Sink)[] _present;
    private readonly Dictionary<byte[], Group> _groups = new(SameBytes.Instance);
    private readonly Dictionary<byte[], Group>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private readonly TableScan _scan;
    private bool _countsGroups;
    private long _bytes;

    // Rows that are counted in no group.
    private long _rows;

    /// <param name="scan">Takes groups when they are complete, or too many; the same group may come more than once.</param>
    public StreamedGroups(ScanRequest request, ReadSession session, RowLayout layout, TableScan scan)
    {
        (_scan, _countsGroups) = (scan, scan.CountsGroups);
        _lookup = _groups.GetAlternateLookup<ReadOnlySpan<byte>>();
        _columns = [.. layout.Grouped];
        _encoders = [.. _columns.Select(_ => new ValueEncoder(_key))];
        _present = [.. layout.Present.Select(ordinal => (ordinal, new PresenceSink()))];
        _moments = [.. request.NewestOf.Select((pair, i) => (layout.Newest[i], session.Moments(pair.On(scan.Side), request.NewerThan(scan.Side))))];
    }

    /// <summary>Counts the reader's current row.</summary>
    public void Add(RowReader reader)
    {
        foreach (var (column, sink) in _moments)
            reader.Value(column, sink);
        foreach (var (column, sink) in _present)
            reader.Value(column, sink);
        if (!_countsGroups)
        {
            _rows++;
            return;
        }
        _key.Clear();
        for (var i = 0; i < _columns.Length; i++)
            reader.Value(_columns[i], _encoders[i]);
        if (!_lookup.TryGetValue(_key.Row, out var group))
            group = Begin(reader);
        group.Rows++;
    }

    /// <summary>Hands over what is left.</summary>
    public void Complete()
    {
        Flush();
        // An aggregate without groups is one row, over no rows where all are in groups; it brings the moments.
        var moments = _moments.Select(moment => moment.Sink.Newest).ToArray();
        var newer = _moments.Select(moment => moment.Sink.Newer).ToArray();
        _scan.Add(new AggregateRow([.. _columns.Select(_ => (CanonicalValue)new CanonicalValue.Null())], _rows, moments, newer, [.. _present.Select(present => present.Sink.Rows)]));
    }

    private Group Begin(RowReader reader)
    {
        if (_groups.Count == MostGroups || _bytes > MostBytes)
            Flush();
        var values = new CanonicalValue[_columns.Length];
        for (var i = 0; i < values.Length; i++)
        {
            reader.Value(_columns[i], _value);
            values[i] = _value.Value;
        }
        _bytes += values.Sum(value => value is CanonicalValue.Text text ? text.Value.Length : 0L);
        return _groups[_key.Row.ToArray()] = new Group(values);
    }

    private void Flush()
    {
        var none = new NewestMoment[_moments.Length];
        foreach (var group in _groups.Values)
            _scan.Add(new AggregateRow(group.Values, group.Rows, none, new long[_moments.Length], new long[_present.Length]));
        _groups.Clear();
        (_bytes, _countsGroups) = (0, _scan.CountsGroups);
    }

    private sealed class Group(CanonicalValue[] values)
    {
        public CanonicalValue[] Values { get; } = values;

        public long Rows { get; set; }
    }
}

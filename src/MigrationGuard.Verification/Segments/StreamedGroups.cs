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
    private const int MostGroups = 65_536;

    private readonly int[] _columns;
    private readonly ValueEncoder[] _encoders;
    private readonly RowBuffer _bytes = new();
    private readonly CanonicalValueSink _value = new();
    private readonly (int Column, MomentSink Sink)[] _moments;
    private readonly (int Column, PresenceSink Sink)[] _present;
    private readonly Dictionary<byte[], Group> _groups = new(SameBytes.Instance);
    private readonly Dictionary<byte[], Group>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private readonly Action<AggregateRow> _onGroup;

    /// <param name="onGroup">Takes groups when they are complete, or too many; the same group may come more than once.</param>
    public StreamedGroups(ScanRequest request, Side side, ReadSession session, RowLayout layout, Action<AggregateRow> onGroup)
    {
        _onGroup = onGroup;
        _lookup = _groups.GetAlternateLookup<ReadOnlySpan<byte>>();
        _columns = [.. layout.Grouped];
        _encoders = [.. _columns.Select(_ => new ValueEncoder(_bytes))];
        _present = [.. layout.Present.Select(ordinal => (ordinal, new PresenceSink()))];
        _moments = [.. request.NewestOf.Select((pair, i) => (layout.Newest[i], session.Moments(pair.On(side), request.NewerThan(side))))];
    }

    /// <summary>Counts the reader's current row.</summary>
    public void Add(RowReader reader)
    {
        foreach (var (column, sink) in _moments)
            reader.Value(column, sink);
        foreach (var (column, sink) in _present)
            reader.Value(column, sink);
        _bytes.Clear();
        for (var i = 0; i < _columns.Length; i++)
            reader.Value(_columns[i], _encoders[i]);
        if (!_lookup.TryGetValue(_bytes.Row, out var group))
            group = Begin(reader);
        group.Rows++;
    }

    /// <summary>Hands over what is left.</summary>
    public void Complete()
    {
        // An aggregate without groups is one row over no rows, which brings the moments.
        var moments = _moments.Select(moment => moment.Sink.Newest).ToArray();
        var newer = _moments.Select(moment => moment.Sink.Newer).ToArray();
        _onGroup(new AggregateRow([.. _columns.Select(_ => (CanonicalValue)new CanonicalValue.Null())], 0, moments, newer, [.. _present.Select(present => present.Sink.Rows)]));
        Flush();
    }

    private Group Begin(RowReader reader)
    {
        if (_groups.Count == MostGroups)
            Flush();
        var values = new CanonicalValue[_columns.Length];
        for (var i = 0; i < values.Length; i++)
        {
            reader.Value(_columns[i], _value);
            values[i] = _value.Value;
        }
        return _groups[_bytes.Row.ToArray()] = new Group(values);
    }

    private void Flush()
    {
        var none = new NewestMoment[_moments.Length];
        foreach (var group in _groups.Values)
            _onGroup(new AggregateRow(group.Values, group.Rows, none, new long[_moments.Length], new long[_present.Length]));
        _groups.Clear();
    }

    private sealed class Group(CanonicalValue[] values)
    {
        public CanonicalValue[] Values { get; } = values;

        public long Rows { get; set; }
    }
}

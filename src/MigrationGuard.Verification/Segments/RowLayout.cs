using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Segments;

/// <summary>Which columns of one side are read at once, for all that is made of them.</summary>
internal sealed class RowLayout
{
    private readonly List<RowColumn> _columns;
    private readonly Table _table;
    private readonly RowComparison _rows;
    private readonly Side _side;

    /// <param name="request">What is counted from the same stream; null when rows are only compared.</param>
    public RowLayout(RowComparison rows, Side side, Table table, ScanRequest? request)
    {
        (_rows, _side, _table) = (rows, side, table);
        _columns = [.. rows.Columns.Select(column => column.Rule.Read(side))];
        CutOrdinal = rows.CutBy is { } cut ? OrdinalOf(cut.Pair) : -1;
        if (request is null)
            return;
        Grouped = [.. request.GroupBy.Select(OrdinalOf)];
        Newest = [.. request.NewestOf.Select(OrdinalOf)];
        Present = [.. request.PresentOn(side).Select(column => OrdinalOf(RowColumn.Presence(column)))];
    }

    /// <summary>How the column is ordered that the table is cut by.</summary>
    public KeyOrder Order => _rows.CutBy?.Order ?? KeyOrder.None;

    /// <summary>The place of the column that the table is cut by; -1 without one.</summary>
    public int CutOrdinal { get; }

    /// <summary>The places of the columns that rows are counted by.</summary>
    public IReadOnlyList<int> Grouped { get; } = [];

    /// <summary>The places of the columns whose values other than NULL are counted.</summary>
    public IReadOnlyList<int> Present { get; } = [];

    /// <summary>The places of the columns whose newest value is taken.</summary>
    public IReadOnlyList<int> Newest { get; } = [];

    /// <summary>The query for a range of places; for all rows when both ends are open.</summary>
    public RowQuery Query((UInt128? From, UInt128? To) range)
    {
        var keys = range is (null, null) ? null : new KeyRange(_rows.CutBy!.Pair.On(_side), Order, range.From, range.To);
        return new RowQuery(_table, _columns, keys, _rows.Filter(_side));
    }

    private int OrdinalOf(ColumnPair pair) => OrdinalOf(new RowColumn(pair.On(_side)));

    // A column that is read for two purposes is read once, unless they read it as different types.
    private int OrdinalOf(RowColumn column)
    {
        var ordinal = _columns.IndexOf(column);
        if (ordinal >= 0)
            return ordinal;
        _columns.Add(column);
        return _columns.Count - 1;
    }
}

using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;

namespace MigrationGuard.Verification.Scans;

/// <summary>Gathers what the checks of one entity need, so that each side reads it in one statement.</summary>
/// <param name="frozenAt">When the source stopped being written to; null when it was not said.</param>
public sealed class ScanRequest(DateTimeOffset? frozenAt)
{
    private readonly List<ColumnPair> _groupBy = [];
    private readonly List<ColumnPair> _newest = [];
    private readonly List<Column> _present = [];
    private readonly List<Breakdown> _breakdowns = [];

    internal sealed record Breakdown(IReadOnlyList<int> Columns, IReadOnlyList<GroupLabel> Labels, int MaxGroups);

    internal IReadOnlyList<Breakdown> Breakdowns => _breakdowns;

    /// <summary>Counts rows by these columns; the answer is <see cref="TableScan.Groups"/> under the number returned.</summary>
    /// <remarks>Every breakdown is rolled up from the finest combination of all of them, as not every engine has GROUPING SETS.</remarks>
    public int CountBy(IReadOnlyList<ColumnPair> columns, IReadOnlyList<GroupLabel> labels, int maxGroups)
    {
        _breakdowns.Add(new Breakdown([.. columns.Select(column => IndexIn(_groupBy, column))], labels, maxGroups));
        return _breakdowns.Count - 1;
    }

    /// <summary>Takes the newest value of a column; the answer is <see cref="TableScan.Newest"/> under the number returned.</summary>
    public int Newest(ColumnPair column) => IndexIn(_newest, column);

    /// <summary>The columns of the finest combination that rows are counted by.</summary>
    internal IReadOnlyList<ColumnPair> GroupBy => _groupBy;

    /// <summary>The columns whose newest value is taken.</summary>
    internal IReadOnlyList<ColumnPair> NewestOf => _newest;

    /// <summary>The columns whose rows with a value are counted on a side.</summary>
    internal IReadOnlyList<Column> PresentOn(Side side) => side == Side.Source ? _present : [];

    /// <summary>The moment whose later rows are counted on a side; null where none are.</summary>
    /// <remarks>Only the source is frozen; the target goes live and is written to.</remarks>
    internal DateTimeOffset? NewerThan(Side side) => side == Side.Source ? frozenAt : null;

    /// <summary>Counts the source's rows that hold a value in a column; the answer is <see cref="TableScan.Present"/> under the number returned.</summary>
    public int PresentInSource(Column column)
    {
        var index = _present.IndexOf(column);
        if (index >= 0)
            return index;
        _present.Add(column);
        return _present.Count - 1;
    }

    /// <summary>The statement for one side.</summary>
    /// <param name="filter">The condition that its rows have to meet; all rows when null.</param>
    internal AggregateQuery For(Side side, Table table, string? filter)
    {
        IReadOnlyList<Column> newest = [.. _newest.Select(pair => pair.On(side))];
        var counted = NewerThan(side) is null ? [] : newest;
        return new AggregateQuery(table, [.. _groupBy.Select(pair => pair.On(side))], newest, counted, counted.Count > 0 ? NewerThan(side) : null)
        {
            Present = PresentOn(side),
            Filter = filter,
        };
    }

    private static int IndexIn(List<ColumnPair> pairs, ColumnPair pair)
    {
        var index = pairs.IndexOf(pair);
        if (index >= 0)
            return index;
        pairs.Add(pair);
        return pairs.Count - 1;
    }
}

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

    /// <summary>Counts the source's rows that hold a value in a column; the answer is <see cref="TableScan.Present"/> under the number returned.</summary>
    public int PresentInSource(Column column)
    {
        _present.Add(column);
        return _present.Count - 1;
    }

    /// <summary>The statement for one side.</summary>
    /// <param name="filter">The condition that its rows have to meet; all rows when null.</param>
    internal AggregateQuery For(Side side, Table table, string? filter)
    {
        IReadOnlyList<Column> newest = [.. _newest.Select(pair => pair.On(side))];
        // Only the source is frozen; the target goes live and is written to.
        var counted = side == Side.Source && frozenAt is not null ? newest : [];
        return new AggregateQuery(table, [.. _groupBy.Select(pair => pair.On(side))], newest, counted, counted.Count > 0 ? frozenAt : null)
        {
            Present = side == Side.Source ? _present : [],
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

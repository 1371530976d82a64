using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases.Rows;

/// <summary>The order in which a statement selects the columns of a query: those that may hold long values last.</summary>
/// <remarks>
/// Drivers that stream bring a row's values one after another. With the long ones at the end, all others are at hand before the
/// first of them has to be taken or let go.
/// </remarks>
internal sealed class ColumnOrder
{
    private ColumnOrder(IReadOnlyList<RowColumn> columns, IEnumerable<int> selected)
    {
        var ordinals = selected.ToArray();
        Selected = [.. ordinals.Select(ordinal => columns[ordinal])];
        Places = new int[ordinals.Length];
        for (var place = 0; place < ordinals.Length; place++)
            Places[ordinals[place]] = place;
    }

    /// <summary>The columns as they are selected.</summary>
    public RowColumn[] Selected { get; }

    /// <summary>Where the column of each of the query's ordinals stands in <see cref="Selected"/>.</summary>
    public int[] Places { get; }

    public static ColumnOrder AsAsked(RowQuery query) => new(query.Columns, Enumerable.Range(0, query.Columns.Count));

    public static ColumnOrder LongLast(RowQuery query) =>
        new(query.Columns, Enumerable.Range(0, query.Columns.Count).OrderBy(ordinal => MayBeLong(query.Columns[ordinal])));

    /// <summary>Whether a value may be longer than <see cref="RowReader.LongestShort"/>: a character takes up to four bytes.</summary>
    public static bool MayBeLong(RowColumn column) => column.AsText || column.Column.Type.Kind switch
    {
        CanonicalKind.Text or CanonicalKind.PaddedText => column.Column.Type.Length is not <= RowReader.LongestShort / 4,
        CanonicalKind.Binary => column.Column.Type.Length is not <= RowReader.LongestShort,
        CanonicalKind.Json or CanonicalKind.Xml => true,
        _ => false,
    };
}

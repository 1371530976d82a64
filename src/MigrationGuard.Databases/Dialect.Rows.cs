using System.Text;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases;

/// <content>Rows one by one.</content>
public abstract partial class Dialect
{
    /// <summary>
    /// The statement for <paramref name="query"/>: columns that may hold long values come last, and rows come in no order, as
    /// ordering costs the server more than anything that is made of them.
    /// </summary>
    /// <exception cref="ArgumentException">A column cannot be read as it is asked for; see <see cref="CanRead"/>.</exception>
    public string PhraseRows(RowQuery query)
    {
        if (query.Columns.FirstOrDefault(column => !CanRead(column)) is { } unreadable)
            throw new ArgumentException($"The column {unreadable.Column.Name} of type {unreadable.Column.StoreType} cannot be read this way.", nameof(query));
        var sql = new StringBuilder("SELECT ")
            .AppendJoin(", ", OrderOf(query).Selected.Select(column => column.IsPresence ? PresenceExpression(column.Column) : ReadExpression(column)))
            .Append(" FROM ").Append(Quote(query.Table.Name));
        var conditions = new List<string>();
        if (query.Range is { } range)
        {
            if (range.From is { } from)
                conditions.Add(KeyPlaces.IsAfterAll(range.Order, from) ? "1 = 0" : $"{Quote(range.Column.Name)} >= {Bound(range.Order, from, RangeFrom)}");
            if (range.To is { } to && !KeyPlaces.IsAfterAll(range.Order, to))
            {
                var below = $"{Quote(range.Column.Name)} < {Bound(range.Order, to, RangeTo)}";
                // NULL is neither below nor above: without this, no range would have its rows.
                conditions.Add(range.From is null && MayHoldNullAllTheSame ? $"({below} OR {Quote(range.Column.Name)} IS NULL)" : below);
            }
        }
        if (query.Filter is { } filter)
            conditions.Add("(" + filter + ")");
        if (conditions.Count > 0)
            sql.Append(" WHERE ").AppendJoin(" AND ", conditions);
        return RowStatement(sql.ToString());
    }

    /// <summary>How the engine orders a column's values; <see cref="KeyOrder.None"/> where ranges of it would mean nothing elsewhere.</summary>
    public abstract KeyOrder OrderOf(Table table, Column column);

    /// <summary>Whether a row reader can bring this column: a type of the engine's own only as text, and some not at all.</summary>
    public virtual bool CanRead(RowColumn column) => column.AsText || column.Column.Type.Kind != CanonicalKind.Unknown;

    /// <summary>
    /// How the rows are spread over a column; null where it has no order, may be NULL, or leads no index, so that finding out would
    /// take a scan.
    /// </summary>
    internal async Task<KeySpread?> ReadKeySpreadAsync(ReadSession session, Table table, Column column, CancellationToken cancellationToken)
    {
        var order = OrderOf(table, column);
        if (order == KeyOrder.None || table.IsView || !LeadsAnIndex(table, column))
            return null;
        if (await KeySpreadReading.EndAsync(session, order, KeyEnd(table, column, isLargest: false), cancellationToken) is not { } smallest
            || await KeySpreadReading.EndAsync(session, order, KeyEnd(table, column, isLargest: true), cancellationToken) is not { } largest)
            return new KeySpread(order, []);
        return KeySpread.Of(order, smallest, largest, await KeyStepsAsync(session, order, table, column, cancellationToken)) with
        {
            LiesInOrder = await LiesInOrderAsync(session, table, column, cancellationToken),
        };
    }

    /// <summary>Whether rows that are neighbours by this column, which leads an index, lie near each other.</summary>
    private protected virtual Task<bool> LiesInOrderAsync(ReadSession session, Table table, Column column, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>Whether an index has every row in the order of this column.</summary>
    private protected virtual bool LeadsAnIndex(Table table, Column column) =>
        !column.IsNullable && table.Indexes.Any(index => !index.IsPartial && string.Equals(index.Columns[0], column.Name, StringComparison.Ordinal));

    /// <summary>The smallest or largest key, which stands at the end of an index.</summary>
    internal virtual string KeyEnd(Table table, Column column, bool isLargest) =>
        $"SELECT {Quote(column.Name)} FROM {Quote(table.Name)}{(MayHoldNullAllTheSame ? $" WHERE {Quote(column.Name)} IS NOT NULL" : "")} ORDER BY {Quote(column.Name)}{(isLargest ? " DESC" : "")} LIMIT 1";

    /// <summary>What the engine's statistics say of the keys between the ends; none where it has no histogram to show.</summary>
    private protected virtual Task<IReadOnlyList<KeyStep>> KeyStepsAsync(ReadSession session, KeyOrder order, Table table, Column column, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<KeyStep>>([]);

    /// <summary>Begins to read; nothing of the statement is left when this throws.</summary>
    internal abstract Task<RowReader> OpenRowsAsync(ReadSession session, RowQuery query, CancellationToken cancellationToken);

    /// <summary>The order in which <see cref="PhraseRows"/> selects the columns.</summary>
    internal virtual ColumnOrder OrderOf(RowQuery query) => ColumnOrder.LongLast(query);

    /// <summary>Whether a column that is declared NOT NULL may hold NULL, from before that was declared.</summary>
    private protected virtual bool MayHoldNullAllTheSame => false;

    /// <summary>Parameters of a range's bounds.</summary>
    private protected const string RangeFrom = "@from";

    private protected const string RangeTo = "@to";

    /// <summary>The column as a reader takes it.</summary>
    private protected abstract string ReadExpression(RowColumn column);

    private string PresenceExpression(Column column) => $"CASE WHEN {HasValue(column)} THEN CAST(1 AS bigint) END";

    /// <summary>A bound as the statement has it: the parameter, unless statements of this kind take none.</summary>
    private protected virtual string Bound(KeyOrder order, UInt128 place, string parameter) => parameter;

    private protected virtual string RowStatement(string select) => select;
}

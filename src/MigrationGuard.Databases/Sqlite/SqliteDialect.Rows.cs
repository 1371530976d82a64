using Microsoft.Data.Sqlite;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Rows;
using SQLitePCL;

namespace MigrationGuard.Databases.Sqlite;

/// <content>Rows through SQLite's own statement interface.</content>
internal sealed partial class SqliteDialect
{
    /// <remarks>
    /// Only <c>INTEGER PRIMARY KEY</c> of a table with rowids holds nothing but integers; any other column may hold NULL, text and
    /// numbers with decimals, which have no place. It is no rowid where SQLite made an index for it, as it does for
    /// <c>INTEGER PRIMARY KEY DESC</c> (https://www.sqlite.org/lang_createtable.html#rowid).
    /// </remarks>
    public override KeyOrder OrderOf(Table table, Column column) =>
        table is { IsView: false, ApproximateRows: not null, PrimaryKey: [var key] }
            && string.Equals(key, column.Name, StringComparison.Ordinal)
            && string.Equals(column.StoreType, "INTEGER", StringComparison.OrdinalIgnoreCase)
            && !table.Indexes.Any(index => index.Name.StartsWith("sqlite_autoindex_", StringComparison.Ordinal) && index.Columns is [var only] && only == key)
                ? KeyOrder.Integer
                : KeyOrder.None;

    // The table itself is in the order of its rowids.
    private protected override bool LeadsAnIndex(Table table, Column column) => true;

    internal override Task<RowReader> OpenRowsAsync(ReadSession session, RowQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var database = ((SqliteConnection)session.Connection).Handle!;
        var seconds = session.Options.LockTimeoutSeconds;
        raw.sqlite3_busy_timeout(database, seconds == 0 ? int.MaxValue : checked(seconds * 1000));
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, PhraseRows(query), out var statement), database);
        try
        {
            BindRange(database, statement, query.Range);
            return Task.FromResult<RowReader>(new SqliteRows(database, statement, query, new SqliteMoments(session.Zone, session.Options.IntegerTimestamps)));
        }
        catch
        {
            statement.Dispose();
            throw;
        }
    }

    internal override ColumnOrder OrderOf(RowQuery query) => ColumnOrder.AsAsked(query);

    private protected override string BooleanLiteral(bool value) => value ? "1" : "0";

    private protected override string ReadExpression(RowColumn column) =>
        column.AsText ? $"CAST({Quote(column.Column.Name)} AS TEXT)" : Quote(column.Column.Name);

    private static void BindRange(sqlite3 database, sqlite3_stmt statement, KeyRange? range)
    {
        Bind(RangeFrom, range?.From);
        Bind(RangeTo, range?.To);

        void Bind(string parameter, UInt128? place)
        {
            // A bound that is not needed has no parameter.
            var index = raw.sqlite3_bind_parameter_index(statement, parameter);
            if (index > 0)
                SqliteException.ThrowExceptionForRC(raw.sqlite3_bind_int64(statement, index, KeyPlaces.Integer(place!.Value)), database);
        }
    }
}

using System.Data;
using System.Globalization;
using Microsoft.Data.SqlClient;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases.SqlServer;

/// <content>Rows through sequential access.</content>
internal sealed partial class SqlServerDialect
{
    public override KeyOrder OrderOf(Table table, Column column) => column.StoreType switch
    {
        "tinyint" or "smallint" or "int" or "bigint" => KeyOrder.Integer,
        "uniqueidentifier" => KeyOrder.UuidSqlServer,
        _ => KeyOrder.None,
    };

    /// <remarks><c>sql_variant</c> loses the type that each of its values has when it is spelt.</remarks>
    public override bool CanRead(RowColumn column) =>
        column.AsText ? column.Column.Type.Kind == CanonicalKind.Unknown && column.Column.StoreType != "sql_variant" : base.CanRead(column);

    internal override string KeyEnd(Table table, Column column, bool isLargest) =>
        $"SELECT TOP (1) {Quote(column.Name)} FROM {Quote(table.Name)} ORDER BY {Quote(column.Name)}{(isLargest ? " DESC" : "")}";

    private protected override Task<IReadOnlyList<KeyStep>> KeyStepsAsync(ReadSession session, KeyOrder order, Table table, Column column, CancellationToken cancellationToken) =>
        SqlServerKeySpread.StepsAsync(session, order, table, column, cancellationToken);

    private protected override Task<bool> LiesInOrderAsync(ReadSession session, Table table, Column column, CancellationToken cancellationToken) =>
        SqlServerKeySpread.LeadsTheTableAsync(session, table, column, cancellationToken);

    internal override async Task<RowReader> OpenRowsAsync(ReadSession session, RowQuery query, CancellationToken cancellationToken)
    {
        var command = (SqlCommand)session.Command(PhraseRows(query));
        try
        {
            AddBound(command, RangeFrom, query.Range?.Order, query.Range?.From);
            AddBound(command, RangeTo, query.Range?.Order, query.Range?.To);
            var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess | CommandBehavior.SingleResult, cancellationToken);
            return new SqlServerRows(command, reader, OrderOf(query));
        }
        catch
        {
            await command.DisposeAsync();
            throw;
        }
    }

    private protected override string BooleanLiteral(bool value) => value ? "1" : "0";

    // Even a binary collation takes no notice of spaces at the end, so that their lengths are compared too.
    private protected override string IsOneOfTexts(Column column, IReadOnlyList<string> values) => column.Type.Kind == CanonicalKind.PaddedText
        ? base.IsOneOfTexts(column, values)
        : $"({string.Join(" OR ", values.Select(value => string.Create(CultureInfo.InvariantCulture, $"({GroupedValue(column)} = {TextLiteral(value)} AND DATALENGTH({AsUnicode(column)}) = {sizeof(char) * value.Length})")))})";

    private protected override string TextLiteral(string value) => "N" + base.TextLiteral(value);

    /// <remarks>
    /// The old large types are read as the new ones, which stream. A type written in .NET shows its own bytes, as its text may
    /// leave out a part of it; what else has no common form has a text.
    /// </remarks>
    private protected override string ReadExpression(RowColumn column)
    {
        var name = Quote(column.Column.Name);
        return column.Column.StoreType switch
        {
            "text" or "ntext" or "xml" => $"CONVERT(nvarchar(max), {name})",
            "image" => $"CONVERT(varbinary(max), {name})",
            _ when !column.AsText => name,
            "json" or "vector" => $"CONVERT(nvarchar(max), {name})",
            _ => $"CONVERT(varbinary(max), {name})",
        };
    }

    // Compared with bigint, an int column is still sought in its index: both are of the integer family.
    private static void AddBound(SqlCommand command, string name, KeyOrder? order, UInt128? place)
    {
        if (place is not { } bound || KeyPlaces.IsAfterAll(order!.Value, bound))
            return;
        command.Parameters.Add(order == KeyOrder.Integer
            ? new SqlParameter(name, SqlDbType.BigInt) { Value = KeyPlaces.Integer(bound) }
            : new SqlParameter(name, SqlDbType.UniqueIdentifier) { Value = KeyPlaces.Uuid(bound, order.Value) });
    }
}

using System.Globalization;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;
using Npgsql;

namespace MigrationGuard.Databases.PostgreSql;

/// <content>Rows through binary COPY.</content>
internal sealed partial class PostgreSqlDialect
{
    /// <summary>Settings that the spelling of types depends on, for this transaction: both sides of a comparison spell alike.</summary>
    internal const string SpellingSql = """
        SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres'; SET LOCAL timezone = 'UTC'; SET LOCAL bytea_output = 'hex'
        """;

    // A domain is ordered as the type it stands for, which its name does not tell.
    public override KeyOrder OrderOf(Table table, Column column) => column.StoreType switch
    {
        "smallint" or "integer" or "bigint" => KeyOrder.Integer,
        "uuid" => KeyOrder.UuidBytes,
        _ => KeyOrder.None,
    };

    private protected override Task<IReadOnlyList<KeyStep>> KeyStepsAsync(ReadSession session, KeyOrder order, Table table, Column column, CancellationToken cancellationToken) =>
        PostgreSqlKeySpread.StepsAsync(session, order, table, column, cancellationToken);

    private protected override Task<bool> LiesInOrderAsync(ReadSession session, Table table, Column column, CancellationToken cancellationToken) =>
        PostgreSqlKeySpread.LiesInOrderAsync(session, table, column, cancellationToken);

    internal override async Task<RowReader> OpenRowsAsync(ReadSession session, RowQuery query, CancellationToken cancellationToken)
    {
        if (query.Columns.Any(column => column.AsText))
        {
            await using var settings = session.Command(SpellingSql);
            await settings.ExecuteNonQueryAsync(cancellationToken);
        }
        var stream = await ((NpgsqlConnection)session.Connection).BeginRawBinaryCopyAsync(PhraseRows(query), cancellationToken);
        // The whole statement's limit is kept by the session; this one ends a wait for a server that has gone silent.
        stream.ReadTimeout = session.Options.CommandTimeoutSeconds == 0 ? Timeout.Infinite : checked(session.Options.CommandTimeoutSeconds * 1000);
        return new PostgreSqlRows(stream, OrderOf(query));
    }

    // From PostgreSQL 18 on, NOT NULL may be declared as NOT VALID: rows that are there already are then not looked at.
    private protected override bool MayHoldNullAllTheSame => true;

    private protected override string RowStatement(string select) => $"COPY ({select}) TO STDOUT (FORMAT binary)";

    // COPY takes no parameters. Quoted, as a minus sign before digits would be an operator.
    private protected override string Bound(KeyOrder order, UInt128 place, string parameter) => order switch
    {
        KeyOrder.Integer => string.Create(CultureInfo.InvariantCulture, $"'{KeyPlaces.Integer(place)}'::bigint"),
        _ => $"'{KeyPlaces.Uuid(place, order):D}'::uuid",
    };

    private protected override string BooleanLiteral(bool value) => value ? "TRUE" : "FALSE";

    // Escaped, so that it means the same whether or not backslashes escape in the session's plain strings.
    private protected override string TextLiteral(string value) => "E" + base.TextLiteral(value.Replace("\\", "\\\\", StringComparison.Ordinal));

    private protected override string UuidLiteral(Guid value) => base.UuidLiteral(value) + "::uuid";

    /// <remarks>
    /// What is sent is told by the cast where the column's own type does not tell: a domain sends what the type it stands for does,
    /// <c>oid</c> is an unsigned number, and <c>money</c> has as many decimals as the server's locale says. <c>jsonb</c> and
    /// <c>xml</c> put something before their text.
    /// </remarks>
    private protected override string ReadExpression(RowColumn column)
    {
        var name = Quote(column.Column.Name);
        var type = column.Column.StoreType;
        return column.Column.Type.Kind switch
        {
            _ when column.AsText => name + "::text",
            CanonicalKind.Integer when type is not ("smallint" or "integer" or "bigint") => name + "::bigint",
            CanonicalKind.Decimal when !type.StartsWith("numeric", StringComparison.Ordinal) => name + "::numeric",
            CanonicalKind.Json when type != "json" => name + "::text",
            CanonicalKind.Xml => name + "::text",
            _ => name,
        };
    }
}

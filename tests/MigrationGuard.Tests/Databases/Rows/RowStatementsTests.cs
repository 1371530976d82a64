using System.Text;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Tests.Databases.Rows;

/// <summary>The statements that read rows, as somebody has read and approved them.</summary>
public sealed class RowStatementsTests
{
    private static readonly Column Id = new("i\"d", "bigint", new CanonicalType(CanonicalKind.Integer), false, null);
    private static readonly Column Uuid = new("uuid", "uuid", new CanonicalType(CanonicalKind.Uuid), false, null);
    private static readonly Column Body = new("body", "text", new CanonicalType(CanonicalKind.Text), true, null);
    private static readonly Column Fee = new("fee", "money", new CanonicalType(CanonicalKind.Decimal, Precision: 19, Scale: 2), true, null);
    private static readonly Column Document = new("document", "jsonb", new CanonicalType(CanonicalKind.Json), true, null);
    private static readonly Column Span = new("span", "interval", new CanonicalType(CanonicalKind.Unknown), true, null);

    [Fact]
    public void Statements_that_read_rows_read_as_approved()
    {
        var text = new StringBuilder();
        foreach (var provider in new[] { Provider.PostgreSql, Provider.Sqlite })
        {
            RowQuery[] queries =
            [
                Query([new(Body), new(Id), new(Fee), new(Document), new(Span, AsText: true)]),
                Query([RowColumn.Presence(Span), new(Id), RowColumn.Presence(Body)]),
                Query([new(Id)], new KeyRange(Id, KeyOrder.Integer, KeyPlaces.Of(-5), KeyPlaces.Of(7)), "fee > 0 OR fee IS NULL"),
                Query([new(Id)], new KeyRange(Id, KeyOrder.Integer, null, KeyPlaces.Of(long.MinValue))),
                Query([new(Id)], new KeyRange(Id, KeyOrder.Integer, (UInt128)1 << 64, null)),
            ];
            foreach (var query in queries)
                text.Append("-- ").Append(provider).Append('\n').Append(Dialect.For(provider).PhraseRows(query)).Append('\n');
        }
        text.Append(Dialect.For(Provider.PostgreSql).PhraseRows(Query([new(Uuid)], new KeyRange(Uuid, KeyOrder.UuidBytes, 1, UInt128.MaxValue)))).Append('\n');
        text.ToString().ShouldBeApproved("MigrationGuard.Tests/Databases/Rows/Approved/rows.sql");
    }

    [Fact]
    public void A_type_of_the_engines_own_is_read_as_text_or_not_at_all()
    {
        foreach (var provider in Enum.GetValues<Provider>())
        {
            var dialect = Dialect.For(provider);
            dialect.CanRead(new RowColumn(Span)).ShouldBeFalse();
            dialect.CanRead(new RowColumn(Span, AsText: true)).ShouldBeTrue();
            Should.Throw<ArgumentException>(() => dialect.PhraseRows(Query([new(Span)])));
        }
        Dialect.For(Provider.SqlServer).CanRead(new RowColumn(Span with { StoreType = "sql_variant" }, AsText: true)).ShouldBeFalse();
    }

    private static RowQuery Query(IReadOnlyList<RowColumn> columns, KeyRange? range = null, string? filter = null) =>
        new(new Table(new TableName("public", "ta\"ble"), false, null, [.. columns.Select(column => column.Column)], []), columns, range, filter);
}

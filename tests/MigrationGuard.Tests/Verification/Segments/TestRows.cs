using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;
using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.Scans;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Tests.Verification.Segments;

/// <summary>Comparisons of rows without a database.</summary>
internal static class TestRows
{
    public static RowComparison Comparison(int keyColumns, params string[] columns)
    {
        var context = new RuleContext(Provider.PostgreSql, TimeZoneInfo.Utc, Provider.PostgreSql, TimeZoneInfo.Utc);
        return new RowComparison(
            [.. columns.Select(Pair).Select(pair => new ComparedColumn((ColumnRule.Comparable)ColumnRule.For(pair, context)))], keyColumns, null);
    }

    public static CutColumn CutBy(string column) => new(Pair(column), KeyOrder.Integer);

    private static ColumnPair Pair(string name)
    {
        var column = new Column(name, "bigint", new CanonicalType(CanonicalKind.Integer), false, null);
        return new ColumnPair(name, column, column);
    }
}

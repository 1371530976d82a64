using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Rows;

namespace MigrationGuard.Databases.PostgreSql;

/// <summary>Reads what ANALYZE wrote down of a key's values.</summary>
internal static class PostgreSqlKeySpread
{
    /// <summary>The steps of a histogram over keys of <paramref name="type"/>.</summary>
    public static string Steps(string type) => $"""
        WITH newest AS (
            SELECT most_common_vals::text::{type}[] AS common, most_common_freqs AS shares, histogram_bounds::text::{type}[] AS bounds
            FROM pg_stats
            WHERE schemaname = @schema AND tablename = @table AND attname = @column
            -- A partitioned table's own are over all of its partitions.
            ORDER BY inherited DESC LIMIT 1)
        SELECT unnest(common) AS key, unnest(shares)::float8 AS share FROM newest
        UNION ALL
        -- The histogram leaves out the values that are listed as common; its steps hold equally many rows.
        SELECT unnest(bounds),
               (1 - coalesce((SELECT sum(share) FROM unnest(shares) AS share), 0))::float8 / greatest(cardinality(bounds) - 1, 1)
        FROM newest
        """;

    /// <summary>How well the order of a column's values is the order in which rows lie: 1 for the same, 0 for none. Both are reckoned the same here.</summary>
    internal const string CorrelationSql = """
        -- Without statistics the table is small or new; then its rows lie as they came.
        SELECT coalesce(max(abs(correlation)), 1)::float8 AS correlation
        FROM pg_stats WHERE schemaname = @schema AND tablename = @table AND attname = @column
        """;

    // A range of half the rows in order is read from about as many pages as they fill; one of scattered rows from nearly all pages.
    private const double LeastCorrelation = 0.5;

    public static async Task<bool> LiesInOrderAsync(ReadSession session, Table table, Column column, CancellationToken cancellationToken) =>
        await KeySpreadReading.FigureAsync(session, CorrelationSql, table, column, cancellationToken) >= LeastCorrelation;

    public static Task<IReadOnlyList<KeyStep>> StepsAsync(ReadSession session, KeyOrder order, Table table, Column column, CancellationToken cancellationToken) =>
        KeySpreadReading.StepsAsync(session, order, Steps(order == KeyOrder.Integer ? "bigint" : "uuid"), table, column, cancellationToken);
}

using Microsoft.Data.SqlClient;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Rows;

namespace MigrationGuard.Databases.SqlServer;

/// <summary>Reads the statistics of a key.</summary>
internal static class SqlServerKeySpread
{
    /// <summary>Whether the server shows its histograms in a view: from SQL Server 2016 SP1 CU2 on.</summary>
    internal const string ShowsHistogramsSql = """
        SELECT COUNT(*) FROM sys.all_objects WHERE schema_id = SCHEMA_ID(N'sys') AND name = N'dm_db_stats_histogram'
        """;

    /// <summary>The steps of the histograms that begin with a column of whole numbers.</summary>
    internal static string IntegerStepsSql { get; } = StepsSql("bigint");

    /// <summary>The steps of the histograms that begin with a column of UUIDs.</summary>
    internal static string UuidStepsSql { get; } = StepsSql("uniqueidentifier");

    /// <summary>Whether the clustered index, which is the table itself, begins with a column.</summary>
    internal const string LeadsTheTableSql = """
        SELECT COUNT(*)
        FROM sys.indexes AS i
        JOIN sys.index_columns AS ic ON ic.object_id = i.object_id AND ic.index_id = i.index_id AND ic.key_ordinal = 1
        JOIN sys.columns AS c ON c.object_id = ic.object_id AND c.column_id = ic.column_id
        WHERE i.type = 1 AND i.object_id = OBJECT_ID(QUOTENAME(@schema) + N'.' + QUOTENAME(@table)) AND c.name = @column
        """;

    public static async Task<bool> LeadsTheTableAsync(ReadSession session, Table table, Column column, CancellationToken cancellationToken) =>
        await KeySpreadReading.FigureAsync(session, LeadsTheTableSql, table, column, cancellationToken) > 0;

    public static async Task<IReadOnlyList<KeyStep>> StepsAsync(ReadSession session, KeyOrder order, Table table, Column column, CancellationToken cancellationToken)
    {
        if ((await session.ListAsync<int>(ShowsHistogramsSql, cancellationToken)).Single() == 0)
            return [];
        try
        {
            var sql = order == KeyOrder.Integer ? IntegerStepsSql : UuidStepsSql;
            return await KeySpreadReading.StepsAsync(session, order, sql, table, column, cancellationToken);
        }
        catch (SqlException e) when (e.Class < 17 && !cancellationToken.IsCancellationRequested)
        {
            // A login that may not see the statistics reads the table without them; its ends are known.
            return [];
        }
    }

    // A histogram's keys are sql_variant, of which drivers make what they like.
    private static string StepsSql(string keyType) => $"""
        SELECT CONVERT({keyType}, h.range_high_key) AS LastKey, h.range_rows + h.equal_rows AS KeyRows
        FROM sys.stats AS s
        JOIN sys.stats_columns AS sc ON sc.object_id = s.object_id AND sc.stats_id = s.stats_id AND sc.stats_column_id = 1
        JOIN sys.columns AS c ON c.object_id = sc.object_id AND c.column_id = sc.column_id
        CROSS APPLY sys.dm_db_stats_histogram(s.object_id, s.stats_id) AS h
        WHERE s.object_id = OBJECT_ID(QUOTENAME(@schema) + N'.' + QUOTENAME(@table)) AND c.name = @column AND s.has_filter = 0
        """;
}

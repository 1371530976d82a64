using System.Globalization;
using Microsoft.Data.SqlClient;
using MigrationGuard.Databases.Catalogues;

namespace MigrationGuard.Databases.SqlServer;

/// <summary>Reads SQL Server's catalogue views. Every statement here runs on SQL Server 2012.</summary>
internal static class SqlServerCatalogue
{
    internal const string ServerSql = """
        SELECT CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)) AS ProductVersion,
               CAST(SERVERPROPERTY('Edition') AS nvarchar(128)) AS Edition,
               CAST(SERVERPROPERTY('ServerName') AS nvarchar(256)) AS ServerName,
               DB_NAME() AS DatabaseName,
               SCHEMA_NAME() AS DefaultSchema,
               -- When tempdb was made is when the instance started: with the names it tells instances apart.
               (SELECT CONVERT(nvarchar(30), create_date, 126) FROM sys.databases WHERE name = N'tempdb') AS Started,
               -- A database that was restored or made anew under the same name has another of these.
               (SELECT CONVERT(nvarchar(30), create_date, 126) FROM sys.databases WHERE database_id = DB_ID()) AS Created,
               CAST(DATABASEPROPERTYEX(DB_NAME(), 'Updateability') AS nvarchar(30)) AS Updateability,
               (SELECT CAST(compatibility_level AS int) FROM sys.databases WHERE database_id = DB_ID()) AS CompatibilityLevel,
               (SELECT CAST(snapshot_isolation_state AS int) FROM sys.databases WHERE database_id = DB_ID()) AS SnapshotState,
               -- Without either of these the catalogue shows only objects that the login has some permission on.
               HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'VIEW DEFINITION') AS MayViewDefinition,
               HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'SELECT') AS MaySelect,
               SYSUTCDATETIME() AS Clock
        """;

    internal const string TablesSql = """
        SELECT o.object_id AS ObjectId, s.name AS SchemaName, o.name AS TableName, o.type AS TableType, p.rows AS ApproximateRows
        FROM sys.objects AS o
        JOIN sys.schemas AS s ON s.schema_id = o.schema_id
        LEFT JOIN (SELECT object_id, SUM(rows) AS rows
                   FROM sys.partitions
                   -- The heap or the clustered index: other indexes hold the same rows again.
                   WHERE index_id < 2
                   GROUP BY object_id) AS p ON p.object_id = o.object_id
        WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0
        ORDER BY s.name, o.name
        """;

    internal const string PrimaryKeysSql = """
        SELECT i.object_id AS ObjectId, c.name AS ColumnName
        FROM sys.indexes AS i
        JOIN sys.index_columns AS ic ON ic.object_id = i.object_id AND ic.index_id = i.index_id
        JOIN sys.columns AS c ON c.object_id = ic.object_id AND c.column_id = ic.column_id
        WHERE i.is_primary_key = 1
        ORDER BY i.object_id, ic.key_ordinal
        """;

    internal const string IndexesSql = """
        SELECT i.object_id AS ObjectId, i.name AS IndexName, c.name AS ColumnName, i.is_unique AS IsUnique, i.has_filter AS IsPartial
        FROM sys.indexes AS i
        JOIN sys.objects AS o ON o.object_id = i.object_id
        JOIN sys.index_columns AS ic ON ic.object_id = i.object_id AND ic.index_id = i.index_id
        JOIN sys.columns AS c ON c.object_id = ic.object_id AND c.column_id = ic.column_id
        WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0
          -- Rows in order: neither columnstores nor indexes of XML and places.
          AND i.type IN (1, 2)
          -- A disabled index enforces nothing; a hypothetical one was only weighed by a tuning tool.
          AND i.is_disabled = 0 AND i.is_hypothetical = 0
          -- Columns that are only INCLUDEd have no place in the key.
          AND ic.key_ordinal > 0
        ORDER BY i.object_id, i.name, ic.key_ordinal
        """;

    internal const string ReplicaSql = """
        -- Needs VIEW SERVER STATE; last_commit_time is that of the newest transaction this replica has.
        -- It is NULL while a replica has not said; no row at all is no replica.
        SELECT CASE
            WHEN COUNT(*) > 0 THEN N'read-only replica, newest transaction ' + COALESCE(CONVERT(nvarchar(30), MAX(last_commit_time), 126), N'not known') + N', '
                + CAST(COALESCE(SUM(redo_queue_size), 0) AS nvarchar(20)) + N' KB of log still to be redone'
            -- As log shipping leaves its secondaries between two restores.
            WHEN CAST(DATABASEPROPERTYEX(DB_NAME(), 'IsInStandBy') AS int) = 1 THEN N'read-only standby, to which logs of another database may be restored'
        END
        FROM sys.dm_hadr_database_replica_states
        WHERE is_local = 1 AND database_id = DB_ID()
        """;

    public static async Task<Catalogue> ReadAsync(ReadSession session, CancellationToken cancellationToken)
    {
        var asked = session.Time.GetUtcNow();
        var server = (await session.ListAsync<ServerRow>(ServerSql, cancellationToken)).Single();
        var clock = ClockOffset.Of(server.Clock, asked, session.Time.GetUtcNow());
        var (replica, isOnlyReadOnly) = server.Updateability == "READ_ONLY" ? await ReplicaLagAsync(session, cancellationToken) : (null, false);
        var columns = (await session.ListAsync<SqlServerColumn>(SqlServerColumn.Sql, cancellationToken)).ToLookup(row => row.ObjectId);
        var keys = (await session.ListAsync<KeyRow>(PrimaryKeysSql, cancellationToken)).ToLookup(row => row.ObjectId, row => row.ColumnName);
        var indexes = (await session.ListAsync<IndexRow>(IndexesSql, cancellationToken)).ToLookup(row => row.ObjectId);
        var security = await SqlServerSecurity.ReadAsync(session, cancellationToken);
        var tables = (await session.ListAsync<TableRow>(TablesSql, cancellationToken))
            .Select(row => security.Mark(row.ObjectId, new Table(
                new TableName(row.SchemaName, row.TableName),
                row.TableType.Trim() == "V",
                row.ApproximateRows,
                [.. columns[row.ObjectId].Select(column => column.Described)],
                [.. keys[row.ObjectId]])
            {
                Indexes = TableIndex.Gather(indexes[row.ObjectId], i => new TableIndex(i.IndexName, [], i.IsUnique, i.IsPartial), i => i.ColumnName),
            }))
            .ToList();
        return new Catalogue(
            new ServerDescription(
                "SQL Server",
                string.Create(CultureInfo.InvariantCulture, $"{server.ProductVersion} {server.Edition}, compatibility level {server.CompatibilityLevel}"),
                server.DatabaseName,
                $"sqlserver:{server.ServerName}:{server.Started}:{server.DatabaseName}",
                replica,
                server.SnapshotState == 1 ? "SNAPSHOT" : "READ COMMITTED")
            {
                LastingIdentity = $"sqlserver:{server.ServerName}:{server.Created}:{server.DatabaseName}",
                Clock = clock,
                IsOnlyReadOnly = isOnlyReadOnly,
            },
            server.DefaultSchema ?? "dbo",
            tables)
        {
            ShowsAllTables = server.MayViewDefinition == 1 || server.MaySelect == 1,
            ShowsAllDefinitions = server.MayViewDefinition == 1,
            ShowsSecurity = server.MayViewDefinition == 1 || !security.MayBeThere,
        };
    }

    private static async Task<(string? Said, bool IsOnlyReadOnly)> ReplicaLagAsync(ReadSession session, CancellationToken cancellationToken)
    {
        try
        {
            var lag = (await session.ListAsync<string?>(ReplicaSql, cancellationToken)).Single();
            return lag is null ? ("read-only database, not a replica", true) : (lag, false);
        }
        catch (SqlException)
        {
            // The lag is a remark about the reading, not a part of it: unknown is recorded as unknown.
            return ("read-only database; whether it is a lagging replica is unknown, since the login may not see the server's state", false);
        }
    }

    // Mapped by Dapper from the statements above, by property: engines give one column different integer types.
    private sealed record ServerRow
    {
        public string ProductVersion { get; init; } = "";

        public string Edition { get; init; } = "";

        public string ServerName { get; init; } = "";

        public string DatabaseName { get; init; } = "";

        public string? DefaultSchema { get; init; }

        public string? Started { get; init; }

        public string? Created { get; init; }

        public string? Updateability { get; init; }

        public int? CompatibilityLevel { get; init; }

        public int? SnapshotState { get; init; }

        public DateTime Clock { get; init; }

        public int? MayViewDefinition { get; init; }

        public int? MaySelect { get; init; }
    }

    private sealed record TableRow
    {
        public int ObjectId { get; init; }

        public string SchemaName { get; init; } = "";

        public string TableName { get; init; } = "";

        public string TableType { get; init; } = "";

        public long? ApproximateRows { get; init; }
    }

    private sealed record IndexRow
    {
        public int ObjectId { get; init; }

        public string IndexName { get; init; } = "";

        public string ColumnName { get; init; } = "";

        public bool IsUnique { get; init; }

        public bool IsPartial { get; init; }
    }

    private sealed record KeyRow
    {
        public int ObjectId { get; init; }

        public string ColumnName { get; init; } = "";
    }
}

using System.Globalization;
using Microsoft.Data.SqlClient;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Values;

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
               HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'SELECT') AS MaySelect
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

    internal const string ColumnsSql = """
        SELECT c.object_id AS ObjectId, c.name AS ColumnName, t.name AS TypeName, c.max_length AS MaxLength,
               CAST(c.precision AS int) AS NumericPrecision, CAST(c.scale AS int) AS NumericScale,
               c.is_nullable AS IsNullable, c.collation_name AS CollationName
        FROM sys.columns AS c
        JOIN sys.objects AS o ON o.object_id = c.object_id
        -- An alias type is resolved to the system type it stands for; CLR types stay themselves.
        JOIN sys.types AS u ON u.user_type_id = c.user_type_id
        JOIN sys.types AS t ON t.user_type_id = CASE WHEN u.is_assembly_type = 1 THEN u.user_type_id ELSE u.system_type_id END
        WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0
        ORDER BY c.object_id, c.column_id
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
        SELECT CONVERT(nvarchar(30), MAX(last_commit_time), 126) + N', ' + CAST(COALESCE(SUM(redo_queue_size), 0) AS nvarchar(20)) + N' KB of log still to be redone'
        FROM sys.dm_hadr_database_replica_states
        WHERE is_local = 1 AND database_id = DB_ID()
        """;

    internal const string RightsSql = """
        SELECT 'is a member of the server role sysadmin' AS Sentence WHERE IS_SRVROLEMEMBER('sysadmin') = 1
        UNION ALL SELECT 'is a member of the database role db_owner' WHERE IS_ROLEMEMBER('db_owner') = 1
        UNION ALL SELECT 'is a member of the database role db_datawriter' WHERE IS_ROLEMEMBER('db_datawriter') = 1
        UNION ALL SELECT 'is a member of the database role db_ddladmin' WHERE IS_ROLEMEMBER('db_ddladmin') = 1
        UNION ALL SELECT 'may INSERT into the whole database' WHERE HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'INSERT') = 1
        UNION ALL SELECT 'may UPDATE the whole database' WHERE HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'UPDATE') = 1
        UNION ALL SELECT 'may DELETE from the whole database' WHERE HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'DELETE') = 1
        UNION ALL SELECT 'may ALTER the database' WHERE HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'ALTER') = 1
        UNION ALL
        SELECT 'may write to ' + CAST(COUNT(*) AS varchar(10)) + ' of its tables, ' + MIN(QUOTENAME(s.name) + '.' + QUOTENAME(t.name)) + ' among them'
        FROM sys.tables AS t JOIN sys.schemas AS s ON s.schema_id = t.schema_id
        WHERE HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(t.name), 'OBJECT', 'INSERT') = 1
           OR HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(t.name), 'OBJECT', 'UPDATE') = 1
           OR HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(t.name), 'OBJECT', 'DELETE') = 1
        HAVING COUNT(*) > 0
        """;

    public static async Task<Catalogue> ReadAsync(ReadSession session, CancellationToken cancellationToken)
    {
        var server = (await session.ListAsync<ServerRow>(ServerSql, cancellationToken)).Single();
        var replica = server.Updateability == "READ_ONLY" ? await ReplicaLagAsync(session, cancellationToken) : null;
        var columns = (await session.ListAsync<ColumnRow>(ColumnsSql, cancellationToken)).ToLookup(row => row.ObjectId);
        var keys = (await session.ListAsync<KeyRow>(PrimaryKeysSql, cancellationToken)).ToLookup(row => row.ObjectId, row => row.ColumnName);
        var indexes = (await session.ListAsync<IndexRow>(IndexesSql, cancellationToken)).ToLookup(row => row.ObjectId);
        var security = await SqlServerSecurity.ReadAsync(session, cancellationToken);
        var tables = (await session.ListAsync<TableRow>(TablesSql, cancellationToken))
            .Select(row => security.Mark(row.ObjectId, new Table(
                new TableName(row.SchemaName, row.TableName),
                row.TableType.Trim() == "V",
                row.ApproximateRows,
                [.. columns[row.ObjectId].Select(ToColumn)],
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
            },
            server.DefaultSchema ?? "dbo",
            tables)
        {
            ShowsAllTables = server.MayViewDefinition == 1 || server.MaySelect == 1,
            ShowsAllDefinitions = server.MayViewDefinition == 1,
            ShowsSecurity = server.MayViewDefinition == 1 || !security.MayBeThere,
        };
    }

    public static async Task<IReadOnlyList<string>> RightsBeyondReadingAsync(ReadSession session, CancellationToken cancellationToken) =>
        await session.ListAsync<string>(RightsSql, cancellationToken);

    private static async Task<string> ReplicaLagAsync(ReadSession session, CancellationToken cancellationToken)
    {
        try
        {
            var lag = (await session.ListAsync<string?>(ReplicaSql, cancellationToken)).Single();
            return lag is null ? "read-only database, not a replica" : "read-only replica, newest transaction " + lag;
        }
        catch (SqlException)
        {
            // The lag is a remark about the reading, not a part of it: unknown is recorded as unknown.
            return "read-only database; whether it is a lagging replica is unknown, since the login may not see the server's state";
        }
    }

    private static Column ToColumn(ColumnRow row) =>
        new(row.ColumnName, StoreType(row), Canonical(row), row.IsNullable, row.CollationName);

    private static string StoreType(ColumnRow row)
    {
        var length = row.MaxLength == -1 ? "max" : (row.TypeName.StartsWith('n') ? row.MaxLength / 2 : row.MaxLength).ToString(CultureInfo.InvariantCulture);
        return row.TypeName switch
        {
            "char" or "varchar" or "nchar" or "nvarchar" or "binary" or "varbinary" => $"{row.TypeName}({length})",
            "decimal" or "numeric" => string.Create(CultureInfo.InvariantCulture, $"{row.TypeName}({row.NumericPrecision},{row.NumericScale})"),
            "datetime2" or "datetimeoffset" or "time" => string.Create(CultureInfo.InvariantCulture, $"{row.TypeName}({row.NumericScale})"),
            _ => row.TypeName,
        };
    }

    private static CanonicalType Canonical(ColumnRow row)
    {
        int? bytes = row.MaxLength == -1 ? null : row.MaxLength;
        return row.TypeName switch
        {
            // 8 bits without a sign.
            "tinyint" => new CanonicalType(CanonicalKind.Integer) { Bits = 9 },
            "smallint" => new CanonicalType(CanonicalKind.Integer) { Bits = 16 },
            "int" => new CanonicalType(CanonicalKind.Integer) { Bits = 32 },
            "bigint" => new CanonicalType(CanonicalKind.Integer) { Bits = 64 },
            "bit" => new CanonicalType(CanonicalKind.Boolean),
            "decimal" or "numeric" => new CanonicalType(CanonicalKind.Decimal, Precision: row.NumericPrecision, Scale: row.NumericScale),
            "money" => new CanonicalType(CanonicalKind.Decimal, Precision: 19, Scale: 4),
            "smallmoney" => new CanonicalType(CanonicalKind.Decimal, Precision: 10, Scale: 4),
            "float" => new CanonicalType(CanonicalKind.Float) { Bits = 53 },
            "real" => new CanonicalType(CanonicalKind.Float) { Bits = 24 },
            "char" => new CanonicalType(CanonicalKind.PaddedText, Length: bytes) { IsOfCodePage = IsOfCodePage(row) },
            "nchar" => new CanonicalType(CanonicalKind.PaddedText, Length: bytes / 2),
            "varchar" => new CanonicalType(CanonicalKind.Text, Length: bytes) { IsOfCodePage = IsOfCodePage(row) },
            "nvarchar" or "sysname" => new CanonicalType(CanonicalKind.Text, Length: bytes / 2),
            "text" => new CanonicalType(CanonicalKind.Text) { IsOfCodePage = IsOfCodePage(row) },
            "ntext" => new CanonicalType(CanonicalKind.Text),
            "uniqueidentifier" => new CanonicalType(CanonicalKind.Uuid),
            "date" => new CanonicalType(CanonicalKind.Date, Resolution: TimeResolution.Day),
            "time" => new CanonicalType(CanonicalKind.Time, Resolution: TimeResolution.Fraction(row.NumericScale)),
            "datetime" => new CanonicalType(CanonicalKind.Timestamp, Resolution: TimeResolution.SqlDateTime),
            "smalldatetime" => new CanonicalType(CanonicalKind.Timestamp, Resolution: TimeResolution.Minute),
            "datetime2" => new CanonicalType(CanonicalKind.Timestamp, Resolution: TimeResolution.Fraction(row.NumericScale)),
            "datetimeoffset" => new CanonicalType(CanonicalKind.TimestampWithZone, Resolution: TimeResolution.Fraction(row.NumericScale)),
            "binary" => new CanonicalType(CanonicalKind.Binary, Length: bytes) { IsPadded = true },
            "varbinary" => new CanonicalType(CanonicalKind.Binary, Length: bytes),
            "image" => new CanonicalType(CanonicalKind.Binary),
            "xml" => new CanonicalType(CanonicalKind.Xml),
            "timestamp" or "rowversion" => new CanonicalType(CanonicalKind.RowVersion),
            _ => new CanonicalType(CanonicalKind.Unknown),
        };
    }

    private static bool IsOfCodePage(ColumnRow row) => row.CollationName?.EndsWith("_UTF8", StringComparison.OrdinalIgnoreCase) != true;

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

    private sealed record ColumnRow
    {
        public int ObjectId { get; init; }

        public string ColumnName { get; init; } = "";

        public string TypeName { get; init; } = "";

        public short MaxLength { get; init; }

        public int NumericPrecision { get; init; }

        public int NumericScale { get; init; }

        public bool IsNullable { get; init; }

        public string? CollationName { get; init; }
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

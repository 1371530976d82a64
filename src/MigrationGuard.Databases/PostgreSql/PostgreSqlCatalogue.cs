using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases.PostgreSql;

/// <summary>Reads PostgreSQL's catalogue.</summary>
internal static class PostgreSqlCatalogue
{
    internal const string ServerSql = """
        SELECT current_setting('server_version') AS version,
               current_database() AS databasename,
               current_schema() AS defaultschema,
               -- When the postmaster started, to the microsecond, tells servers apart without special rights.
               to_char(pg_postmaster_start_time() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') AS started,
               (SELECT oid::bigint FROM pg_database WHERE datname = current_database()) AS oid,
               -- Managed servers may keep it from ordinary logins, and 9.5 has no such function.
               coalesce(has_function_privilege(to_regprocedure('pg_catalog.pg_control_system()')::oid, 'EXECUTE'), false) AS tellssystem,
               pg_is_in_recovery() AS isreplica,
               CASE WHEN pg_is_in_recovery()
                    -- Whole seconds: a formatted interval would drop its days.
                    THEN round(extract(epoch FROM now() - pg_last_xact_replay_timestamp()))::bigint::text || ' s' END AS lag,
               -- The clock itself: now() is when the transaction began.
               clock_timestamp() AT TIME ZONE 'UTC' AS clock
        """;

    internal const string SystemSql = "SELECT system_identifier::text FROM pg_control_system()";

    internal const string TablesSql = """
        SELECT c.oid::bigint AS tableid, n.nspname::text AS schemaname, c.relname::text AS tablename,
               c.relkind IN ('v', 'm') AS isview,
               -- -1 before the first ANALYZE; a partitioned table keeps none of its own, so its partitions' are added up.
               CASE WHEN c.relkind = 'p'
                    THEN (SELECT sum(greatest(p.reltuples, 0))::bigint
                          FROM pg_partition_tree(c.oid) t JOIN pg_class p ON p.oid = t.relid WHERE t.isleaf)
                    ELSE nullif(c.reltuples, -1)::bigint END AS approximaterows
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
          -- A partition's rows are its parent's: counting both counts them twice.
          AND NOT c.relispartition
          AND c.relpersistence <> 't'
          AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\_%'
          -- Tables that an extension brought are the extension's, not data.
          AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
        ORDER BY n.nspname, c.relname
        """;

    internal const string ColumnsSql = """
        WITH RECURSIVE base AS (
            -- A domain stands for its base type, however deep, with the outermost modifier that is set.
            SELECT oid AS typeid, oid AS baseid, typtype, typbasetype, typtypmod FROM pg_type
            UNION ALL
            SELECT b.typeid, t.oid, t.typtype, t.typbasetype, CASE WHEN b.typtypmod = -1 THEN t.typtypmod ELSE b.typtypmod END
            FROM base b JOIN pg_type t ON t.oid = b.typbasetype
            WHERE b.typtype = 'd')
        SELECT a.attrelid::bigint AS tableid, a.attname::text AS columnname, format_type(a.atttypid, a.atttypmod) AS storetype,
               t.typname::text AS basetype, t.typtype::text AS typekind,
               CASE WHEN a.atttypmod = -1 THEN b.typtypmod ELSE a.atttypmod END AS modifier,
               NOT a.attnotnull AS isnullable,
               CASE WHEN a.attcollation <> y.typcollation THEN col.collname::text END AS collationname
        FROM pg_attribute a
        JOIN pg_class c ON c.oid = a.attrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_type y ON y.oid = a.atttypid
        JOIN base b ON b.typeid = a.atttypid AND b.typtype <> 'd'
        JOIN pg_type t ON t.oid = b.baseid
        LEFT JOIN pg_collation col ON col.oid = a.attcollation
        WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
          AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\_%'
        ORDER BY a.attrelid, a.attnum
        """;

    internal const string PrimaryKeysSql = """
        SELECT i.indrelid::bigint AS tableid, a.attname::text AS columnname
        FROM pg_index i
        CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, position)
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
        -- Columns that a key only INCLUDEs stand after its own.
        WHERE i.indisprimary AND k.position <= i.indnkeyatts
        ORDER BY i.indrelid, k.position
        """;

    internal const string IndexesSql = """
        SELECT i.indrelid::bigint AS tableid, c.relname::text AS indexname, a.attname::text AS columnname,
               i.indisunique AS isunique, i.indpred IS NOT NULL AS ispartial
        FROM pg_index i
        JOIN pg_class c ON c.oid = i.indexrelid
        JOIN pg_am m ON m.oid = c.relam
        JOIN pg_namespace n ON n.oid = c.relnamespace
        CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, position)
        -- No column has the number 0 that stands for an expression.
        LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
        -- An index that is not valid promises nothing about rows that were there before it.
        WHERE m.amname = 'btree' AND i.indisvalid AND k.position <= i.indnkeyatts
          AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\_%'
        ORDER BY i.indrelid, c.relname, k.position
        """;

    internal const string RightsSql = """
        WITH tables AS (
            SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\_%'
              AND (has_table_privilege(c.oid, 'INSERT') OR has_table_privilege(c.oid, 'UPDATE')
                   OR has_table_privilege(c.oid, 'DELETE') OR has_table_privilege(c.oid, 'TRUNCATE')))
        SELECT 'is a superuser' WHERE (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
        UNION ALL SELECT 'owns the database' WHERE (SELECT pg_get_userbyid(datdba) = current_user FROM pg_database WHERE datname = current_database())
        UNION ALL SELECT 'may create schemas in the database' WHERE has_database_privilege(current_database(), 'CREATE')
        UNION ALL SELECT 'may write to ' || count(*) || ' of its tables, ' || min(oid::regclass::text) || ' among them' FROM tables HAVING count(*) > 0
        """;

    public static async Task<Catalogue> ReadAsync(ReadSession session, CancellationToken cancellationToken)
    {
        var asked = session.Time.GetUtcNow();
        var server = (await session.ListAsync<ServerRow>(ServerSql, cancellationToken)).Single();
        var clock = ClockOffset.Of(server.Clock, asked, session.Time.GetUtcNow());
        var system = server.TellsSystem ? (await session.ListAsync<string>(SystemSql, cancellationToken)).Single() : "";
        var columns = (await session.ListAsync<ColumnRow>(ColumnsSql, cancellationToken)).ToLookup(row => row.TableId);
        var keys = (await session.ListAsync<KeyRow>(PrimaryKeysSql, cancellationToken)).ToLookup(row => row.TableId, row => row.ColumnName);
        var indexes = (await session.ListAsync<IndexRow>(IndexesSql, cancellationToken)).ToLookup(row => row.TableId);
        var tables = (await session.ListAsync<TableRow>(TablesSql, cancellationToken))
            .Select(row => new Table(
                new TableName(row.SchemaName, row.TableName),
                row.IsView,
                row.ApproximateRows,
                [.. columns[row.TableId].Select(ToColumn)],
                [.. keys[row.TableId]])
            {
                Indexes = TableIndex.Gather(indexes[row.TableId], i => new TableIndex(i.IndexName, [], i.IsUnique, i.IsPartial), i => i.ColumnName),
            })
            .ToList();
        return new Catalogue(
            new ServerDescription(
                "PostgreSQL",
                server.Version,
                server.DatabaseName,
                $"postgresql:{server.Started}:{server.Oid}",
                server.IsReplica ? "read-only replica, behind by " + (server.Lag ?? "an unknown time") : null,
                "REPEATABLE READ")
            {
                LastingIdentity = $"postgresql:{system}:{server.Oid}:{server.DatabaseName}",
                Clock = clock,
            },
            server.DefaultSchema ?? "public",
            tables);
    }

    public static async Task<IReadOnlyList<string>> RightsBeyondReadingAsync(ReadSession session, CancellationToken cancellationToken) =>
        await session.ListAsync<string>(RightsSql, cancellationToken);

    private static Column ToColumn(ColumnRow row) =>
        new(row.ColumnName, row.StoreType, Canonical(row), row.IsNullable, row.CollationName);

    // Eleven bits with a sign: numeric(5,-2) holds hundreds.
    private static int Scale(int packed) => ((packed & 0x7ff) ^ 0x400) - 0x400;

    private static CanonicalType Canonical(ColumnRow row)
    {
        if (row.TypeKind == "e")
            return new CanonicalType(CanonicalKind.Text);
        // Lengths carry the four bytes of a varlena header.
        int? length = row.Modifier < 4 ? null : row.Modifier - 4;
        var resolution = TimeResolution.Fraction(row.Modifier is >= 0 and <= 6 ? row.Modifier : 6);
        return row.BaseType switch
        {
            "int2" => new CanonicalType(CanonicalKind.Integer) { Bits = 16 },
            "int4" => new CanonicalType(CanonicalKind.Integer) { Bits = 32 },
            "int8" => new CanonicalType(CanonicalKind.Integer) { Bits = 64 },
            // 32 bits without a sign.
            "oid" => new CanonicalType(CanonicalKind.Integer) { Bits = 33 },
            "numeric" when length is { } packed => new CanonicalType(CanonicalKind.Decimal, Precision: (packed >> 16) & 0xffff, Scale: Scale(packed)),
            "numeric" => new CanonicalType(CanonicalKind.Decimal),
            "money" => new CanonicalType(CanonicalKind.Decimal, Precision: 19, Scale: 2),
            "float4" => new CanonicalType(CanonicalKind.Float) { Bits = 24 },
            "float8" => new CanonicalType(CanonicalKind.Float) { Bits = 53 },
            "bool" => new CanonicalType(CanonicalKind.Boolean),
            "bpchar" => new CanonicalType(CanonicalKind.PaddedText, Length: length),
            "varchar" => new CanonicalType(CanonicalKind.Text, Length: length),
            "text" or "name" or "citext" => new CanonicalType(CanonicalKind.Text),
            "uuid" => new CanonicalType(CanonicalKind.Uuid),
            "date" => new CanonicalType(CanonicalKind.Date, Resolution: TimeResolution.Day),
            "time" => new CanonicalType(CanonicalKind.Time, Resolution: resolution),
            "timestamp" => new CanonicalType(CanonicalKind.Timestamp, Resolution: resolution),
            "timestamptz" => new CanonicalType(CanonicalKind.TimestampWithZone, Resolution: resolution),
            "bytea" => new CanonicalType(CanonicalKind.Binary),
            "json" or "jsonb" => new CanonicalType(CanonicalKind.Json),
            "xml" => new CanonicalType(CanonicalKind.Xml),
            _ => new CanonicalType(CanonicalKind.Unknown),
        };
    }

    // Mapped by Dapper from the statements above, by property: engines give one column different integer types.
    private sealed record ServerRow
    {
        public string Version { get; init; } = "";

        public string DatabaseName { get; init; } = "";

        public string? DefaultSchema { get; init; }

        public string Started { get; init; } = "";

        public long Oid { get; init; }

        public bool TellsSystem { get; init; }

        public bool IsReplica { get; init; }

        public string? Lag { get; init; }

        public DateTime Clock { get; init; }
    }

    private sealed record TableRow
    {
        public long TableId { get; init; }

        public string SchemaName { get; init; } = "";

        public string TableName { get; init; } = "";

        public bool IsView { get; init; }

        public long? ApproximateRows { get; init; }
    }

    private sealed record ColumnRow
    {
        public long TableId { get; init; }

        public string ColumnName { get; init; } = "";

        public string StoreType { get; init; } = "";

        public string BaseType { get; init; } = "";

        public string TypeKind { get; init; } = "";

        public int Modifier { get; init; }

        public bool IsNullable { get; init; }

        public string? CollationName { get; init; }
    }

    private sealed record IndexRow
    {
        public long TableId { get; init; }

        public string IndexName { get; init; } = "";

        public string? ColumnName { get; init; }

        public bool IsUnique { get; init; }

        public bool IsPartial { get; init; }
    }

    private sealed record KeyRow
    {
        public long TableId { get; init; }

        public string ColumnName { get; init; } = "";
    }
}

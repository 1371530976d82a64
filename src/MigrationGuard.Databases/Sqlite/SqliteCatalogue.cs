using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Values;
using SQLitePCL;

namespace MigrationGuard.Databases.Sqlite;

/// <summary>Reads SQLite's catalogue.</summary>
internal static partial class SqliteCatalogue
{
    internal const string TablesSql = """
        SELECT name AS TableName, type AS TableType, wr AS WithoutRowid
        FROM pragma_table_list
        -- Shadow tables hold what their virtual table shows; sqlite_ names are the engine's own.
        WHERE schema = 'main' AND type IN ('table', 'view', 'virtual') AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
        ORDER BY name
        """;

    internal const string ColumnsSql = """
        SELECT t.name AS TableName, c.name AS ColumnName, c.type AS DeclaredType, c."notnull" AS IsRequired, c.pk AS KeyPosition
        FROM pragma_table_list AS t JOIN pragma_table_xinfo(t.name, t.schema) AS c
        -- hidden 1 marks the inner columns of virtual tables; 2 and 3 are generated columns, which are data.
        WHERE t.schema = 'main' AND t.type IN ('table', 'virtual') AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND c.hidden <> 1
        ORDER BY t.name, c.cid
        """;

    internal const string IndexesSql = """
        SELECT t.name AS TableName, i.name AS IndexName, k.name AS ColumnName, i."unique" AS IsUnique, i.partial AS IsPartial
        FROM pragma_table_list AS t
        JOIN pragma_index_list(t.name, t.schema) AS i
        JOIN pragma_index_xinfo(i.name, t.schema) AS k
        -- The rows' own columns, and not what the engine puts after them to find a row again.
        WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND k."key" = 1
        ORDER BY t.name, i.name, k.seqno
        """;

    public static async Task<Catalogue> ReadAsync(ReadSession session, CancellationToken cancellationToken)
    {
        var connection = (SqliteConnection)session.Connection;
        var columns = (await session.ListAsync<ColumnRow>(ColumnsSql, cancellationToken)).ToLookup(row => row.TableName, StringComparer.Ordinal);
        var indexes = (await session.ListAsync<IndexRow>(IndexesSql, cancellationToken)).ToLookup(row => row.TableName, StringComparer.Ordinal);
        var tables = new List<Table>();
        foreach (var row in await session.ListAsync<TableRow>(TablesSql, cancellationToken))
        {
            var isView = row.TableType == "view";
            var rowId = RowIdAlias(row, columns[row.TableName].ToList(), indexes[row.TableName]);
            var of = isView ? await ViewColumnsAsync(session, row.TableName, cancellationToken) : columns[row.TableName].ToList();
            tables.Add(new Table(
                new TableName(null, row.TableName),
                isView,
                row is { TableType: "table", WithoutRowid: 0 } ? ApproximateRows(connection, row.TableName) : null,
                [.. of.Select(c => new Column(c.ColumnName, c.DeclaredType, Canonical(c.DeclaredType), c.IsRequired == 0 && c.ColumnName != rowId, isView ? null : Collation(connection, row.TableName, c.ColumnName)))],
                [.. of.Where(c => c.KeyPosition > 0).OrderBy(c => c.KeyPosition).Select(c => c.ColumnName)])
            {
                Indexes = TableIndex.Gather(indexes[row.TableName], i => new TableIndex(i.IndexName, [], i.IsUnique == 1, i.IsPartial == 1), i => i.ColumnName),
            });
        }
        var file = FullPath(connection.DataSource);
        return new Catalogue(
            new ServerDescription("SQLite", connection.ServerVersion, Path.GetFileName(file), "sqlite:" + file, null, "one read transaction") { LastingIdentity = SqliteFile.LastingIdentity(file) },
            "main",
            tables);
    }

    // A lone key that is declared INTEGER and nothing else is the row's own number, which is never NULL (https://www.sqlite.org/lang_createtable.html,
    // "ROWIDs and the INTEGER PRIMARY KEY"); declared DESC it is not, and has an index of its own.
    private static string? RowIdAlias(TableRow table, List<ColumnRow> columns, IEnumerable<IndexRow> indexes) =>
        table is { TableType: "table", WithoutRowid: 0 }
        && columns.Where(column => column.KeyPosition > 0).ToList() is [{ DeclaredType: var type, ColumnName: var name }]
        && string.Equals(type, "INTEGER", StringComparison.OrdinalIgnoreCase)
        && !indexes.Any(index => index.ColumnName == name && index.IndexName.StartsWith("sqlite_autoindex_", StringComparison.Ordinal))
            ? name
            : null;

    public static Task<IReadOnlyList<string>> RightsBeyondReadingAsync(ReadSession session, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<string> rights;
        try
        {
            // Opening for append is what the permission says; nothing is written.
            using var stream = new FileStream(FullPath(session.Connection.DataSource), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            rights = ["may write to the file"];
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            rights = [];
        }
        return Task.FromResult(rights);
    }

    /// <summary>The rows of a table, for query files: SQLite has no statement that counts tables named by a column.</summary>
    public static long CountRows(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM main." + SqliteDialect.Instance.Quote(table);
        return (long)command.ExecuteScalar()!;
    }

    // A view that errors has no columns to show; the catalogue names it all the same, and scanning it says what is wrong.
    private static async Task<List<ColumnRow>> ViewColumnsAsync(ReadSession session, string view, CancellationToken cancellationToken)
    {
        try
        {
            // The argument is text, not a name: a quoted identifier would be looked for among columns.
            var name = "'" + view.Replace("'", "''", StringComparison.Ordinal) + "'";
            var sql = $"SELECT '' AS TableName, name AS ColumnName, type AS DeclaredType, \"notnull\" AS IsRequired, pk AS KeyPosition FROM pragma_table_xinfo({name}, 'main') ORDER BY cid";
            return [.. await session.ListAsync<ColumnRow>(sql, cancellationToken)];
        }
        catch (SqliteException)
        {
            return [];
        }
    }

    // The largest rowid is at hand in the b-tree; it is the count of a table that never lost a row.
    private static long? ApproximateRows(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT max(rowid) FROM main." + SqliteDialect.Instance.Quote(table);
        try
        {
            return command.ExecuteScalar() is long rows ? Math.Max(rows, 0) : 0;
        }
        catch (SqliteException)
        {
            // A table may have a column of its own named rowid that is no number: planning does without.
            return null;
        }
    }

    // Null for the one that every column has unless another is declared.
    private static string? Collation(SqliteConnection connection, string table, string column) =>
        raw.sqlite3_table_column_metadata(connection.Handle, "main", table, column, out _, out var collation, out _, out _, out _) == raw.SQLITE_OK && collation != "BINARY"
            ? collation
            : null;

    // The one path of a file, however it is reached: links are followed in the folders above it too.
    private static string FullPath(string dataSource)
    {
        var path = Path.GetFullPath(dataSource);
        var resolved = Path.GetPathRoot(path)!;
        foreach (var part in path[resolved.Length..].Split(Path.DirectorySeparatorChar))
        {
            resolved = Path.Combine(resolved, part);
            if (File.ResolveLinkTarget(resolved, returnFinalTarget: true) is { } target)
                resolved = target.FullName;
        }
        return resolved;
    }

    /// <remarks>
    /// Declared types are free text in SQLite. Names that other engines use keep their meaning; the rest follow the
    /// affinity rules of https://www.sqlite.org/datatype3.html, section 3.1.
    /// </remarks>
    private static CanonicalType Canonical(string declared)
    {
        var type = declared.ToUpperInvariant();
        var arguments = Arguments().Match(type);
        int? first = arguments.Success ? int.Parse(arguments.Groups[1].Value, CultureInfo.InvariantCulture) : null;
        int? second = arguments.Success && arguments.Groups[2].Success ? int.Parse(arguments.Groups[2].Value, CultureInfo.InvariantCulture) : null;
        var name = arguments.Success ? type[..arguments.Index].Trim() : type.Trim();
        return name switch
        {
            "" => new CanonicalType(CanonicalKind.Untyped),
            "DATE" => new CanonicalType(CanonicalKind.Date),
            "TIME" => new CanonicalType(CanonicalKind.Time),
            "DATETIME" or "DATETIME2" or "SMALLDATETIME" or "TIMESTAMP" or "TIMESTAMP WITHOUT TIME ZONE" => new CanonicalType(CanonicalKind.Timestamp),
            "DATETIMEOFFSET" or "TIMESTAMPTZ" or "TIMESTAMP WITH TIME ZONE" => new CanonicalType(CanonicalKind.TimestampWithZone),
            "BOOLEAN" or "BOOL" or "BIT" => new CanonicalType(CanonicalKind.Boolean),
            "UNIQUEIDENTIFIER" or "UUID" or "GUID" => new CanonicalType(CanonicalKind.Uuid),
            "JSON" or "JSONB" => new CanonicalType(CanonicalKind.Json),
            "XML" => new CanonicalType(CanonicalKind.Xml),
            "ROWVERSION" => new CanonicalType(CanonicalKind.RowVersion),
            "DECIMAL" or "NUMERIC" or "MONEY" => new CanonicalType(CanonicalKind.Decimal, Precision: first, Scale: second),
            "TINYINT" => new CanonicalType(CanonicalKind.Integer) { Bits = 9 },
            "SMALLINT" or "INT2" => new CanonicalType(CanonicalKind.Integer) { Bits = 16 },
            "BIGINT" or "INT8" => new CanonicalType(CanonicalKind.Integer) { Bits = 64 },
            _ when name.Contains("INT", StringComparison.Ordinal) => new CanonicalType(CanonicalKind.Integer),
            _ when name.Contains("CHAR", StringComparison.Ordinal) || name.Contains("CLOB", StringComparison.Ordinal) || name.Contains("TEXT", StringComparison.Ordinal)
                => new CanonicalType(CanonicalKind.Text, Length: first),
            _ when name.Contains("BLOB", StringComparison.Ordinal) || name.Contains("BINARY", StringComparison.Ordinal) => new CanonicalType(CanonicalKind.Binary, Length: first),
            _ when name.Contains("REAL", StringComparison.Ordinal) || name.Contains("FLOA", StringComparison.Ordinal) || name.Contains("DOUB", StringComparison.Ordinal)
                => new CanonicalType(CanonicalKind.Float) { Bits = 53 },
            _ => new CanonicalType(CanonicalKind.Untyped),
        };
    }

    [GeneratedRegex(@"\(\s*(\d{1,9})\s*(?:,\s*(\d{1,9})\s*)?\)", RegexOptions.CultureInvariant)]
    private static partial Regex Arguments();

    // Mapped by Dapper from the statements above, by property: engines give one column different integer types.
    private sealed record TableRow
    {
        public string TableName { get; init; } = "";

        public string TableType { get; init; } = "";

        public long WithoutRowid { get; init; }
    }

    private sealed record ColumnRow
    {
        public string TableName { get; init; } = "";

        public string ColumnName { get; init; } = "";

        public string DeclaredType { get; init; } = "";

        public long IsRequired { get; init; }

        public long KeyPosition { get; init; }
    }

    private sealed record IndexRow
    {
        public string TableName { get; init; } = "";

        public string IndexName { get; init; } = "";

        public string? ColumnName { get; init; }

        public long IsUnique { get; init; }

        public long IsPartial { get; init; }
    }
}

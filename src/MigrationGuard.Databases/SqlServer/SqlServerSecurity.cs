using MigrationGuard.Databases.Catalogues;

namespace MigrationGuard.Databases.SqlServer;

/// <summary>
/// What SQL Server keeps from a login without an error: rows, by the filter predicates of security policies, and values, by masks
/// (https://learn.microsoft.com/sql/relational-databases/security/row-level-security and …/dynamic-data-masking).
/// </summary>
/// <remarks>
/// Two copies with the same policies and masks show the same rows and the same masks, whatever they hold. A view shows no more than
/// its tables, and which tables it reads is not told to every login: one policy or mask casts doubt on all views.
/// </remarks>
internal sealed class SqlServerSecurity
{
    /// <summary>Which of the two the server has at all: both came with SQL Server 2016.</summary>
    internal const string KnownSql = """
        SELECT name FROM sys.all_objects
        WHERE schema_id = SCHEMA_ID(N'sys') AND name IN (N'security_predicates', N'masked_columns')
        """;

    internal const string PoliciesSql = """
        SELECT p.target_object_id AS ObjectId, MIN(QUOTENAME(s.name) + N'.' + QUOTENAME(y.name)) AS PolicyName
        FROM sys.security_predicates AS p
        JOIN sys.security_policies AS y ON y.object_id = p.object_id
        JOIN sys.schemas AS s ON s.schema_id = y.schema_id
        -- 0 is a filter; block predicates (1) keep rows from being written, not from being read.
        WHERE y.is_enabled = 1 AND p.predicate_type = 0
        GROUP BY p.target_object_id
        """;

    internal const string MasksSql = """
        SELECT DISTINCT c.object_id AS ObjectId, c.name AS ColumnName
        FROM sys.masked_columns AS m
        JOIN sys.objects AS o ON o.object_id = m.object_id
        JOIN sys.schemas AS s ON s.schema_id = o.schema_id
        -- A computed column has no mask of its own, and shows masked what it is computed from.
        JOIN sys.columns AS c ON c.object_id = m.object_id AND (c.column_id = m.column_id OR c.is_computed = 1)
        WHERE m.is_masked = 1
          AND COALESCE(HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'UNMASK'), 0) = 0
          -- From SQL Server 2022 on it may be granted on a schema, a table or a column; before, the answer is NULL.
          AND COALESCE(HAS_PERMS_BY_NAME(QUOTENAME(s.name) + N'.' + QUOTENAME(o.name), 'OBJECT', 'UNMASK', m.name, 'COLUMN'), 0) = 0
        """;

    private readonly Dictionary<int, string> _policies;
    private readonly HashSet<(int ObjectId, string Column)> _masks;

    /// <param name="mayBeThere">Whether the server has policies or masks at all.</param>
    /// <param name="policies">A policy for each table that one filters.</param>
    /// <param name="masks">The columns that are masked for this login.</param>
    internal SqlServerSecurity(bool mayBeThere, IEnumerable<PolicyRow> policies, IEnumerable<MaskRow> masks)
    {
        MayBeThere = mayBeThere;
        _policies = policies.ToDictionary(row => row.ObjectId, row => row.PolicyName);
        _masks = [.. masks.Select(row => (row.ObjectId, row.ColumnName))];
    }

    /// <summary>Whether the server has policies or masks, so that a login may have to be allowed to see them.</summary>
    public bool MayBeThere { get; }

    public static async Task<SqlServerSecurity> ReadAsync(ReadSession session, CancellationToken cancellationToken)
    {
        var known = await session.ListAsync<string>(KnownSql, cancellationToken);
        return new SqlServerSecurity(
            known.Count > 0,
            known.Contains("security_predicates") ? await session.ListAsync<PolicyRow>(PoliciesSql, cancellationToken) : [],
            known.Contains("masked_columns") ? await session.ListAsync<MaskRow>(MasksSql, cancellationToken) : []);
    }

    /// <summary>The table with what is kept from this login.</summary>
    public Table Mark(int objectId, Table table)
    {
        var policy = _policies.GetValueOrDefault(objectId) ?? (table.IsView ? _policies.Values.FirstOrDefault() : null);
        return table with
        {
            RowPolicy = policy,
            Columns = _masks.Count == 0
                ? table.Columns
                : [.. table.Columns.Select(column => column with { IsMasked = table.IsView || _masks.Contains((objectId, column.Name)) })],
        };
    }

    // Mapped by Dapper from the statements above, by property.
    internal sealed record PolicyRow
    {
        public int ObjectId { get; init; }

        public string PolicyName { get; init; } = "";
    }

    internal sealed record MaskRow
    {
        public int ObjectId { get; init; }

        public string ColumnName { get; init; } = "";
    }
}

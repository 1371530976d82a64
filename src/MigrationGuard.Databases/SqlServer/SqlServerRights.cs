namespace MigrationGuard.Databases.SqlServer;

/// <summary>Reads what a login may do on SQL Server beyond reading.</summary>
internal static class SqlServerRights
{
    internal const string Sql = """
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

    public static async Task<IReadOnlyList<string>> BeyondReadingAsync(ReadSession session, CancellationToken cancellationToken) =>
        await session.ListAsync<string>(Sql, cancellationToken);
}

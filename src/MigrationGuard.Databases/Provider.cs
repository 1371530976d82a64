namespace MigrationGuard.Databases;

/// <summary>The engines a database can run on.</summary>
public enum Provider
{
    SqlServer,
    PostgreSql,
    Sqlite,
}

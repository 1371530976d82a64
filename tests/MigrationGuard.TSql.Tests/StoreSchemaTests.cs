namespace MigrationGuard.TSql.Tests;

/// <summary>The ledger's schema for SQL Server, from 2016 on.</summary>
public sealed class StoreSchemaTests
{
    private static readonly string Folder = RepositoryRoot.At("src", "MigrationGuard.Ledger", "Store", "Schema", "sqlserver");

    [Fact]
    public void Every_schema_file_of_the_store_parses_and_uses_nothing_newer_than_2016()
    {
        var files = Directory.GetFiles(Folder, "*.sql");
        files.ShouldNotBeEmpty("the store has no schema for SQL Server");

        foreach (var file in files)
            TransactSql.Review(File.ReadAllText(file), SqlServerLevel.Sql2016).ShouldBeEmpty(Path.GetFileName(file));
    }
}

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

    [Fact]
    public void Every_key_of_the_store_is_within_what_SQL_Server_takes()
    {
        var (keys, complaints) = TransactSql.ReviewKeys(string.Join("\nGO\n", Directory.GetFiles(Folder, "*.sql").Order(StringComparer.Ordinal).Select(File.ReadAllText)));
        keys.ShouldBeGreaterThan(15);
        complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("CREATE TABLE t (a varchar(250) NOT NULL, b nvarchar(326) NOT NULL, CONSTRAINT k PRIMARY KEY (a, b))", "k of t can take 902 bytes, and SQL Server takes 900.")]
    [InlineData("CREATE TABLE t (a nvarchar(851) NOT NULL CONSTRAINT k UNIQUE)", "k of t can take 1702 bytes, and SQL Server takes 1700.")]
    [InlineData("CREATE TABLE t (a bigint NOT NULL, b varchar(1693) NOT NULL); CREATE INDEX k ON t (a, b)", "k of t can take 1701 bytes, and SQL Server takes 1700.")]
    public void A_key_that_is_too_long_would_be_found(string script, string complaint) =>
        TransactSql.ReviewKeys(script).Complaints.ShouldBe([complaint]);
}

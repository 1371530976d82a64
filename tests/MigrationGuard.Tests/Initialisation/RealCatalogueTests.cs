using Microsoft.Data.Sqlite;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Initialisation;

namespace MigrationGuard.Tests.Initialisation;

/// <summary>Catalogues as real SQLite files give them.</summary>
public sealed class RealCatalogueTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("migrationguard-init-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Two_files_with_difficult_names_are_paired_and_drafted()
    {
        var source = await CatalogueOf("old.sqlite", """
            CREATE TABLE "Case File" (CaseId INTEGER PRIMARY KEY, CreatedOn TEXT, StatusCode INTEGER, StateCode INTEGER);
            CREATE TABLE "my.table" ("a ""quoted"" column" TEXT);
            CREATE TABLE "[b]:😀" (Id INTEGER PRIMARY KEY);
            CREATE TABLE InvoiceLine (InvoiceLineId INTEGER PRIMARY KEY, CreatedOn DATETIME);
            CREATE TABLE OnlyOld (x);
            """);
        var target = await CatalogueOf("new.sqlite", """
            CREATE TABLE "Case File" (CaseId INTEGER PRIMARY KEY, CreatedOn TEXT, StatusCode INTEGER, StateCode INTEGER);
            CREATE TABLE "my.table" ("a ""quoted"" column" TEXT);
            CREATE TABLE "[b]:😀" (Id INTEGER PRIMARY KEY);
            CREATE TABLE invoice_line (invoice_line_id INTEGER PRIMARY KEY, created_on TIMESTAMP);
            CREATE VIEW Cases AS SELECT * FROM "Case File";
            """);
        var draft = ConfigurationDraft.From(source.Side(Provider.Sqlite), target.Side(Provider.Sqlite));
        draft.Summary.Paired.Select(entity => entity.Name).ShouldBe(["Case File", "InvoiceLine", "[b]-😀", "my.table"], ignoreOrder: true);
        draft.Summary.SourceOnly.ShouldHaveSingleItem().Item.Name.Name.ShouldBe("OnlyOld");
        var line = draft.Summary.Paired.Single(entity => entity.Name == "InvoiceLine").Guess;
        line.CreatedOn.ShouldBe("CreatedOn");
        line.TargetColumns["CreatedOn"].ShouldBe("created_on");
    }

    [Fact]
    public async Task A_table_missing_from_one_file_is_listed()
    {
        var source = await CatalogueOf("old.sqlite", "CREATE TABLE a (x); CREATE TABLE b (x);");
        var target = await CatalogueOf("new.sqlite", "CREATE TABLE a (x);");
        CataloguePairing.Pair(source, target).SourceOnly.ShouldHaveSingleItem().Item.Name.Name.ShouldBe("b");
    }

    private async Task<Catalogue> CatalogueOf(string file, string sql)
    {
        var connectionString = "Data Source=" + Path.Combine(_folder, file);
        await using (var connection = new SqliteConnection(connectionString))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
        using var database = new Database("d", new DatabaseOptions { Provider = Provider.Sqlite, ConnectionString = connectionString }, TimeProvider.System);
        return await database.ReadCatalogueAsync(CancellationToken.None);
    }
}

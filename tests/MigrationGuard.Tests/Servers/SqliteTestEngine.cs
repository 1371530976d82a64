using Microsoft.Data.Sqlite;
using MigrationGuard.Databases;

namespace MigrationGuard.Tests.Servers;

/// <summary>SQLite: a file in the temporary folder for each database.</summary>
internal sealed class SqliteTestEngine : TestEngine
{
    public static readonly SqliteTestEngine Instance = new();

    private SqliteTestEngine() { }

    public override Provider Provider => Provider.Sqlite;

    private protected override async Task<ScratchDatabase> CreateAsync(string name)
    {
        var folder = Directory.CreateTempSubdirectory(name);
        var file = Path.Combine(folder.FullName, name + ".db");
        var reading = new SqliteConnectionStringBuilder { DataSource = file }.ConnectionString;
        // Unpooled: a connection that is kept open would hold the file.
        var writing = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString;
        var database = new ScratchDatabase(name, Provider, reading, () => new SqliteConnection(writing), () => Delete(folder));
        // SQLite creates the file with the first page that is written.
        await database.ExecuteAsync("PRAGMA user_version = 1; PRAGMA user_version = 0");
        return database;
    }

    private static Task Delete(DirectoryInfo folder)
    {
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
        return Task.CompletedTask;
    }
}

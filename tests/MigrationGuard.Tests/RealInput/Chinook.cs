using Microsoft.Data.Sqlite;
using MigrationGuard.Databases;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests;

/// <summary>The published Chinook files: the SQLite file where it lies, the PostgreSQL script loaded once.</summary>
public sealed class Chinook : IAsyncLifetime
{
    private ScratchDatabase? _postgreSql;

    /// <summary>The published file; without it the calling test is skipped.</summary>
    public static string SqliteFile => RealInput.File("chinook", "Chinook_Sqlite.sqlite");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_postgreSql is not null)
            await _postgreSql.DisposeAsync();
    }

    /// <summary>Where an engine's Chinook is; tests of one class ask one after another.</summary>
    public async Task<string> ConnectionStringAsync(Provider provider)
    {
        if (provider == Provider.Sqlite)
            return "Mode=ReadOnly;Data Source=" + SqliteFile;
        // Both files are asked for before a server is, so that a skip names what is missing.
        var script = await File.ReadAllTextAsync(RealInput.File("chinook", "Chinook_PostgreSql.sql"));
        if (_postgreSql is null)
        {
            _postgreSql = await TestEngine.For(Provider.PostgreSql).CreateDatabaseAsync();
            await _postgreSql.ExecuteAsync(WithoutDatabaseLines(script));
        }
        return _postgreSql.ConnectionString;
    }

    /// <summary>Deletes one row from a copy of the SQLite file.</summary>
    public static async Task DeleteLastInvoiceLineAsync(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM InvoiceLine WHERE InvoiceLineId = (SELECT max(InvoiceLineId) FROM InvoiceLine)";
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
    }

    // The script makes and enters a database by commands of its own, one of which is psql's.
    private static string WithoutDatabaseLines(string script) => string.Join('\n', script.Split('\n').Where(line =>
        !line.StartsWith("DROP DATABASE", StringComparison.Ordinal)
        && !line.StartsWith("CREATE DATABASE", StringComparison.Ordinal)
        && !line.StartsWith("\\c", StringComparison.Ordinal)));
}

using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Initialisation;
using Npgsql;

namespace MigrationGuard.Tests.Initialisation;

/// <summary>Chinook as published: one set of tables, spelt differently for each engine.</summary>
public sealed class ChinookDraftTests
{
    private const string DataVariable = "MIGRATIONGUARD_TEST_DATA";
    private const string ServerVariable = "MIGRATIONGUARD_TEST_POSTGRESQL";

    private static readonly string[] Tables =
        ["Album", "Artist", "Customer", "Employee", "Genre", "Invoice", "InvoiceLine", "MediaType", "Playlist", "PlaylistTrack", "Track"];

    [SkippableFact]
    public async Task All_tables_of_the_SQLite_file_are_paired_with_themselves()
    {
        var sqlite = await SqliteAsync();
        var draft = ConfigurationDraft.From(sqlite, sqlite);
        draft.Summary.Paired.Select(entity => entity.Name).ShouldBe(Tables, ignoreOrder: true);
        draft.Summary.SourceOnly.ShouldBeEmpty();
        draft.Text.ShouldContain("Both sides are the same database.");
    }

    [SkippableFact]
    public async Task All_tables_and_columns_are_paired_between_engines_in_both_directions()
    {
        var sqlite = await SqliteAsync();
        var script = File("Chinook_PostgreSql.sql");
        await using var postgreSql = await ScratchDatabase.CreateAsync(Server(), await System.IO.File.ReadAllTextAsync(script));
        var there = await SideAsync(Provider.PostgreSql, postgreSql.ConnectionString);
        foreach (var (source, target) in new[] { (sqlite, there), (there, sqlite) })
        {
            var summary = ConfigurationDraft.From(source, target).Summary;
            summary.Paired.Select(entity => entity.Guess.Tables.Source.Name.Name.Replace("_", "", StringComparison.Ordinal))
                .ShouldBe(Tables, StringComparer.OrdinalIgnoreCase, ignoreOrder: true);
            summary.SourceOnly.ShouldBeEmpty();
            summary.TargetOnly.ShouldBeEmpty();
            summary.Paired.ShouldAllBe(entity => entity.Guess.Tables.SourceOnlyColumns.Count == 0 && entity.Guess.Tables.TargetOnlyColumns.Count == 0);
            summary.Paired.ShouldAllBe(entity => entity.Guess.Key.Count > 0);
            // The only State columns are those of addresses.
            summary.Paired.ShouldAllBe(entity => entity.Guess.BreakdownBy.All(columns => !columns[0].EndsWith("State", StringComparison.OrdinalIgnoreCase)));
        }
    }

    private static async Task<DraftSide> SqliteAsync() =>
        await SideAsync(Provider.Sqlite, "Mode=ReadOnly;Data Source=" + File("Chinook_Sqlite.sqlite"));

    private static async Task<DraftSide> SideAsync(Provider provider, string connectionString)
    {
        using var database = new Database("chinook", new DatabaseOptions { Provider = provider, ConnectionString = connectionString }, TimeProvider.System);
        Catalogue catalogue = await database.ReadCatalogueAsync(CancellationToken.None);
        return new DraftSide(provider, connectionString, catalogue);
    }

    private static string File(string name)
    {
        var folder = Environment.GetEnvironmentVariable(DataVariable) is { Length: > 0 } given ? given : RepositoryRoot.At("..", "shared", "data");
        var file = Path.Combine(folder, "chinook", name);
        Skip.IfNot(System.IO.File.Exists(file), $"{file} is not there. Set {DataVariable} to the folder that holds chinook.");
        return file;
    }

    private static string Server()
    {
        var server = Environment.GetEnvironmentVariable(ServerVariable);
        Skip.If(string.IsNullOrWhiteSpace(server), $"No PostgreSQL is known. Run bash tests/run.sh, or set {ServerVariable} to a connection string whose login may create databases.");
        return server!;
    }

    /// <summary>A database of its own name, dropped when the test is over.</summary>
    private sealed class ScratchDatabase(string server, string name) : IAsyncDisposable
    {
        public string ConnectionString { get; } = new NpgsqlConnectionStringBuilder(server) { Database = name, Pooling = false }.ConnectionString;

        public static async Task<ScratchDatabase> CreateAsync(string server, string script)
        {
            var scratch = new ScratchDatabase(server, "chinook_" + Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal));
            await ExecuteAsync(server, $"CREATE DATABASE {new NpgsqlConnectionStringBuilder(scratch.ConnectionString).Database}");
            await ExecuteAsync(scratch.ConnectionString, WithoutDatabaseLines(script));
            return scratch;
        }

        public async ValueTask DisposeAsync() => await ExecuteAsync(server, $"DROP DATABASE {name}");

        // The script makes and enters a database by commands of its own, one of which is psql's.
        private static string WithoutDatabaseLines(string script) => string.Join('\n', script.Split('\n').Where(line =>
            !line.StartsWith("DROP DATABASE", StringComparison.Ordinal)
            && !line.StartsWith("CREATE DATABASE", StringComparison.Ordinal)
            && !line.StartsWith("\\c", StringComparison.Ordinal)));

        private static async Task ExecuteAsync(string connectionString, string sql)
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}

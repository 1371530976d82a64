using MigrationGuard.Databases;
using MigrationGuard.Initialisation;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Initialisation;

/// <summary>Chinook as published: one set of tables, spelt differently for each engine.</summary>
public sealed class ChinookDraftTests
{
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
        var script = await File.ReadAllTextAsync(RealInput.File("chinook", "Chinook_PostgreSql.sql"));
        await using var postgreSql = await TestEngine.For(Provider.PostgreSql).CreateDatabaseAsync();
        await postgreSql.ExecuteAsync(WithoutDatabaseLines(script));
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
        await SideAsync(Provider.Sqlite, "Mode=ReadOnly;Data Source=" + RealInput.File("chinook", "Chinook_Sqlite.sqlite"));

    private static async Task<DraftSide> SideAsync(Provider provider, string connectionString)
    {
        using var database = new Database("chinook", new DatabaseOptions { Provider = provider, ConnectionString = connectionString }, TimeProvider.System);
        var catalogue = await database.ReadCatalogueAsync(CancellationToken.None);
        return new DraftSide(provider, connectionString, catalogue);
    }

    // The script makes and enters a database by commands of its own, one of which is psql's.
    private static string WithoutDatabaseLines(string script) => string.Join('\n', script.Split('\n').Where(line =>
        !line.StartsWith("DROP DATABASE", StringComparison.Ordinal)
        && !line.StartsWith("CREATE DATABASE", StringComparison.Ordinal)
        && !line.StartsWith("\\c", StringComparison.Ordinal)));
}

using MigrationGuard.Databases;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Databases;

/// <summary>What a database is known by when a run is taken up again.</summary>
public sealed class LastingIdentityTests
{
    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_database_keeps_its_identity_while_it_is_written_to_and_another_has_another(Provider engine)
    {
        await using var one = await TestEngine.For(engine).CreateDatabaseAsync();
        await using var other = await TestEngine.For(engine).CreateDatabaseAsync();
        await one.ExecuteAsync("CREATE TABLE a (id int)");
        await other.ExecuteAsync("CREATE TABLE a (id int)");
        var before = await IdentityOfAsync(one);
        await one.ExecuteAsync("INSERT INTO a VALUES (1)");
        (await IdentityOfAsync(one)).ShouldBe(before);
        (await IdentityOfAsync(other)).ShouldNotBe(before);
    }

    [SkippableFact]
    public async Task A_SQLite_file_that_is_put_in_the_place_of_another_is_told_apart()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Elsewhere the time of creation tells files apart, and some systems hand it on to a file of the same name.");
        await using var one = await TestEngine.For(Provider.Sqlite).CreateDatabaseAsync();
        await using var other = await TestEngine.For(Provider.Sqlite).CreateDatabaseAsync();
        await one.ExecuteAsync("CREATE TABLE a (id int)");
        await other.ExecuteAsync("CREATE TABLE a (id int)");
        var before = await IdentityOfAsync(one);
        File.Move(FileOf(other), FileOf(one), overwrite: true);
        (await IdentityOfAsync(one)).ShouldNotBe(before);
    }

    private static string FileOf(ScratchDatabase database) => new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(database.ConnectionString).DataSource;

    private static async Task<string> IdentityOfAsync(ScratchDatabase scratch)
    {
        using var database = new Database("old", scratch.Options, TimeProvider.System);
        return (await database.ReadCatalogueAsync(CancellationToken.None)).Server.LastingIdentity;
    }
}

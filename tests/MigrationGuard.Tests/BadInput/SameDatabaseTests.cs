using Microsoft.Data.Sqlite;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Commands;
using MigrationGuard.Tests.Servers;
using MigrationGuard.Tests.Verification;
using Npgsql;

namespace MigrationGuard.Tests.BadInput;

/// <summary>A database compared with itself always matches, which proves nothing; so it is refused unless allowed, however it is reached.</summary>
public sealed class SameDatabaseTests
{
    [Fact]
    public async Task A_comparison_that_names_one_database_twice_is_refused_before_it_runs()
    {
        await using var migration = await CommandMigration.CreateAsync();
        migration.Comparison.Target = "old";
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("Comparisons:crm:Target: is the source itself");
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task One_database_under_two_names_is_not_compared(Provider engine)
    {
        await using var migration = await CommandMigration.CreateAsync(engine, engine);
        migration.TargetOptions.ConnectionString = migration.SourceOptions.ConnectionString;
        await ShouldBeRefusedUnlessAllowedAsync(migration);
    }

    [SkippableFact]
    public async Task One_server_under_two_names_is_not_compared()
    {
        await using var migration = await CommandMigration.CreateAsync(Provider.PostgreSql, Provider.PostgreSql);
        var server = new NpgsqlConnectionStringBuilder(migration.Source.ConnectionString);
        Skip.If(server.Host is not ("127.0.0.1" or "localhost"), "The server is not on this machine's loopback address.");
        migration.TargetOptions.ConnectionString = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Host = server.Host == "localhost" ? "127.0.0.1" : "localhost" }.ConnectionString;
        await ShouldBeRefusedUnlessAllowedAsync(migration);
    }

    [SkippableTheory]
    [InlineData("file")]
    [InlineData("folder")]
    [InlineData("folder of a folder")]
    [InlineData("dots")]
    public async Task One_file_under_two_paths_is_not_compared(string way)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows lets only some accounts make links.");
        await using var migration = await CommandMigration.CreateAsync();
        var file = new SqliteConnectionStringBuilder(migration.Source.ConnectionString).DataSource;
        var (folder, name) = (Path.GetDirectoryName(file)!, Path.GetFileName(file));
        var link = migration.Folder.At("link");
        switch (way)
        {
            case "file":
                File.CreateSymbolicLink(link, file);
                break;
            case "folder":
                Directory.CreateSymbolicLink(link, folder);
                link = Path.Combine(link, name);
                break;
            case "folder of a folder":
                Directory.CreateSymbolicLink(migration.Folder.At("first"), folder);
                Directory.CreateSymbolicLink(link, migration.Folder.At("first"));
                link = Path.Combine(link, name);
                break;
            default:
                link = Path.Combine(folder, "..", Path.GetFileName(folder), ".", name);
                break;
        }
        migration.TargetOptions.ConnectionString = "Data Source=" + link;
        await ShouldBeRefusedUnlessAllowedAsync(migration);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Two_databases_of_one_server_are_compared(Provider engine)
    {
        await using var migration = await CommandMigration.CreateAsync(engine, engine);
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        run.Document.Results.ShouldAllBe(result => result.Notes.Count == 0);
    }

    private static async Task ShouldBeRefusedUnlessAllowedAsync(CommandMigration migration)
    {
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Incomplete);
        run.Results(TestMigration.Entity).Count.ShouldBe(4);
        run.Results(TestMigration.Entity).ShouldAllBe(result => result.ShouldNotBeChecked().StartsWith("The source and the target are one and the same database"));
        migration.Comparison.AllowSameDatabase = true;
        run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        run.Results(TestMigration.Entity).ShouldAllBe(result => result.Outcome is CheckOutcome.Match && result.Notes.Any(note => note.Contains("proves nothing", StringComparison.Ordinal)));
    }
}

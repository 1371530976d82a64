using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Commands;
using MigrationGuard.Tests.Verification;
using Microsoft.Data.SqlClient;

namespace MigrationGuard.Tests.BadInput;

/// <summary>What may not be read is not checked; and a password is printed nowhere.</summary>
public sealed class AccessTests
{
    private const string Secret = "canary-7f3a91-password";

    private const string SourceVariable = "MigrationGuard__Databases__old__ConnectionString";

    [SkippableFact]
    public async Task A_table_that_the_login_may_not_read_is_not_checked_and_the_others_are()
    {
        await using var migration = await CommandMigration.CreateAsync(Provider.PostgreSql, Provider.PostgreSql);
        await migration.OnBothAsync("CREATE TABLE fees (id int NOT NULL)");
        migration.AddEntity("fee", "fees");
        await using var role = await PostgreSqlRole.CreateAsync(migration.Source, Secret);
        await migration.Source.ExecuteAsync($"GRANT SELECT ON cases TO {role.Name}");
        migration.Folder.Environment[SourceVariable] = role.ConnectionString(Secret);
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Incomplete);
        var reason = run.Result("fee", CheckNames.RecordCount).ShouldNotBeChecked();
        reason.ShouldContain("permission denied for table fees");
        reason.ShouldContain("Grant USAGE on the schema and SELECT on the table.");
        run.Results(TestMigration.Entity).ShouldAllBe(result => result.Outcome is CheckOutcome.Match);
        ShouldNotTellTheSecret(migration, run);
    }

    [SkippableFact]
    public async Task A_wrong_password_leaves_everything_not_checked_and_is_printed_nowhere()
    {
        await using var migration = await CommandMigration.CreateAsync(Provider.PostgreSql, Provider.PostgreSql);
        await using var role = await PostgreSqlRole.CreateAsync(migration.Source, "right");
        Skip.If(await role.MayConnectAsync(Secret), "This server lets everybody in without a password.");
        migration.Folder.Environment[SourceVariable] = role.ConnectionString(Secret);
        await ShouldBeRefusedAsync(migration);
    }

    [SkippableFact]
    public async Task A_wrong_password_of_SQL_Server_leaves_everything_not_checked_and_is_printed_nowhere()
    {
        await using var migration = await CommandMigration.CreateAsync(Provider.SqlServer, Provider.Sqlite);
        migration.Folder.Environment[SourceVariable] = new SqlConnectionStringBuilder(migration.Source.ConnectionString) { Password = Secret }.ConnectionString;
        await ShouldBeRefusedAsync(migration);
    }

    [SkippableFact]
    public async Task A_connection_string_that_cannot_be_read_is_refused_without_being_quoted()
    {
        await using var migration = await CommandMigration.CreateAsync(Provider.PostgreSql, Provider.PostgreSql);
        migration.Folder.Environment[SourceVariable] = $"Host=127.0.0.1;Pasword={Secret};{Secret}";
        var run = await migration.VerifyAsync();
        ((ExitCode)run.ExitCode).ShouldBeOneOf(ExitCode.Usage, ExitCode.Incomplete);
        run.Error.ShouldContain("is not a PostgreSQL connection string");
        ShouldNotTellTheSecret(migration, run);
    }

    [SkippableFact]
    public async Task A_file_that_may_not_be_read_is_not_checked()
    {
        Skip.If(Environment.UserName == "root", "root may read every file; run the tests as another user.");
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such mode for a file.");
        await using var migration = await CommandMigration.CreateAsync();
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(migration.Source.ConnectionString).DataSource, UnixFileMode.None);
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Incomplete);
        run.Results(TestMigration.Entity).ShouldAllBe(result => result.ShouldNotBeChecked().Contains("the file cannot be opened"));
    }

    [Theory]
    [InlineData("nowhere.sqlite", "the file cannot be opened")]
    [InlineData("appsettings.json", "the file is not a SQLite database")]
    public async Task A_file_that_is_no_database_is_not_checked_and_not_made(string file, string problem)
    {
        await using var migration = await CommandMigration.CreateAsync();
        migration.SourceOptions.ConnectionString = "Data Source=" + file;
        var existed = file == "appsettings.json";
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Incomplete);
        run.Results(TestMigration.Entity).ShouldAllBe(result => result.ShouldNotBeChecked().Contains(problem));
        File.Exists(migration.Folder.At(file)).ShouldBe(existed);
    }

    private static async Task ShouldBeRefusedAsync(CommandMigration migration)
    {
        var run = (await migration.VerifyAsync("--output", "report")).ShouldExitWith(ExitCode.Incomplete);
        run.Results(TestMigration.Entity).Count.ShouldBe(4);
        run.Results(TestMigration.Entity).ShouldAllBe(result => result.ShouldNotBeChecked().Contains("the login was refused. Check the user, the password"));
        ShouldNotTellTheSecret(migration, run);
        foreach (var command in new[] { "check-config", "verify" })
            ShouldNotTellTheSecret(migration, (await migration.RunAsync(command)).ShouldExitWith(ExitCode.Incomplete));
        ShouldNotTellTheSecret(migration, await migration.RunAsync("runs", "show", "latest"));
    }

    private static void ShouldNotTellTheSecret(CommandMigration migration, CommandRun run)
    {
        run.Output.ShouldNotContain(Secret);
        run.Error.ShouldNotContain(Secret);
        migration.Folder.FilesHolding(Secret).ShouldBeEmpty();
    }
}

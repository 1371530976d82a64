using MigrationGuard.Databases;
using MigrationGuard.Tests.Commands;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.BadInput;

/// <summary>A ledger that cannot be used stops the program with 2 and a message, and what it holds stays.</summary>
public sealed class StoreTests
{
    [Fact]
    public async Task A_ledger_that_cannot_be_written_stops_a_run_before_it_begins()
    {
        await using var migration = await CommandMigration.CreateAsync();
        await migration.VerifyAsync();
        migration.Options.Store.ConnectionString += ";Mode=ReadOnly";
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Incomplete);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("migrationguard.db: it cannot be written. Let this account read and write the ledger");
        (await migration.RunAsync("runs", "show", "latest")).ShouldExitWith(ExitCode.Done).LastLine.ShouldBe("GO");
        (await migration.RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Done);
    }

    [SkippableFact]
    public async Task A_server_that_refuses_to_write_the_ledger_stops_a_run_before_it_begins()
    {
        await using var migration = await CommandMigration.CreateAsync();
        await using var store = await TestEngine.For(Provider.PostgreSql).CreateDatabaseAsync();
        migration.Options.Store.Provider = Provider.PostgreSql;
        migration.Options.Store.ConnectionString = store.ConnectionString;
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        migration.Options.Store.ConnectionString += ";Options=-c default_transaction_read_only=on";
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Incomplete).Error.ShouldContain("Let this account read and write the ledger");
        (await migration.RunAsync("runs", "list")).ShouldExitWith(ExitCode.Done).Output.ShouldContain("GO");
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("runs", "list")]
    [InlineData("runs", "show", "latest")]
    [InlineData("ledger", "verify")]
    public async Task A_ledger_of_a_newer_version_is_left_alone(params string[] command)
    {
        await using var migration = await CommandMigration.CreateAsync();
        await using var store = await TestEngine.For(Provider.Sqlite).CreateDatabaseAsync();
        migration.Options.Store.ConnectionString = store.ConnectionString;
        await migration.VerifyAsync();
        await store.ExecuteAsync("INSERT INTO store_version (version, applied) VALUES (99, 'tomorrow')");
        var before = await store.CountAsync("SELECT count(*) FROM ledger_entry");
        var run = (await migration.RunAsync(command)).ShouldExitWith(ExitCode.Incomplete);
        run.Error.ShouldContain("the ledger is of version 99; this program knows versions up to");
        run.Error.ShouldContain("Use the program that made it, or a newer one.");
        (await store.CountAsync("SELECT count(*) FROM ledger_entry")).ShouldBe(before);
    }

    [Theory]
    [InlineData("Data Source=nowhere/ledger.db", "the file cannot be opened")]
    [InlineData("Data Source=appsettings.json", "not a SQLite database")]
    [InlineData("Data Source=:memory:", "names no file")]
    public async Task A_ledger_that_is_none_is_refused(string connectionString, string problem)
    {
        await using var migration = await CommandMigration.CreateAsync();
        migration.Options.Store.ConnectionString = connectionString;
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Incomplete).Error.ShouldContain(problem);
    }

    [SkippableFact]
    public async Task A_ledger_with_no_room_left_stops_the_run_and_keeps_what_it_holds()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no limit for the size of a file.");
        await using var migration = await CommandMigration.CreateAsync();
        var first = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        using (var program = BuiltProgram.StartWithLittleRoom(migration.Folder.Path, kilobytes: 8, "verify"))
        {
            (await program.EndsAsync()).ShouldBe((int)ExitCode.Incomplete, program.Error);
            program.Error.ShouldContain("Make room where the ledger is kept; what was acknowledged before is there.");
        }
        (await migration.RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Done);
        (await migration.RunAsync("runs", "show", first.Document.Run, "--format", "json")).ShouldExitWith(ExitCode.Done).Output.ShouldBe(first.Output);
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
    }
}

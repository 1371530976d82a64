using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Tests.Commands;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.BadInput;

/// <summary>A statement that takes longer than it may, and a run that does.</summary>
public sealed class TimeLimitTests
{
    [SkippableTheory]
    [InlineData(Provider.PostgreSql)]
    [InlineData(Provider.Sqlite)]
    public async Task A_query_that_takes_longer_than_it_may_is_not_checked_and_the_others_are(Provider engine)
    {
        await using var migration = await CommandMigration.CreateAsync(engine, Provider.Sqlite);
        await migration.AddEndlessAsync();
        migration.SourceOptions.CommandTimeoutSeconds = 1;
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Incomplete);
        var endless = run.Result("endless", CheckNames.RecordCount);
        endless.ShouldNotBeChecked().ShouldBe("The source could not be read: old: the statement took longer than it may. Raise CommandTimeoutSeconds.");
        endless.Seconds.ShouldBeInRange(0.9, 10);
        run.Results(TestMigration.Entity).ShouldAllBe(result => result.Outcome is CheckOutcome.Match);
        run.Document.Interrupted.ShouldBeNull();
    }

    [SkippableTheory]
    [InlineData(Provider.PostgreSql)]
    [InlineData(Provider.Sqlite)]
    public async Task A_run_ends_at_its_deadline_and_says_what_it_did_not_come_to(Provider engine)
    {
        await using var migration = await CommandMigration.CreateAsync(engine, Provider.Sqlite);
        await migration.AddEndlessAsync();
        var run = (await migration.VerifyAsync("--window", "1s")).ShouldExitWith(ExitCode.Incomplete);
        run.Document.Verdict.ShouldBe(Verdict.Incomplete);
        run.Document.Interrupted.ShouldNotBeNull().ShouldStartWith("The run's deadline, ");
        run.Result("endless", CheckNames.RecordCount).ShouldNotBeChecked().ShouldContain("deadline");
        (run.Document.Finished - run.Document.Started).ShouldNotBeNull().ShouldBeLessThan(TimeSpan.FromMinutes(2));
    }

    [SkippableFact]
    public async Task Trying_again_does_not_go_past_the_deadline()
    {
        await using var migration = await CommandMigration.CreateAsync();
        migration.SourceOptions.Provider = Provider.PostgreSql;
        migration.SourceOptions.ConnectionString = $"Host=127.0.0.1;Port={TcpProxy.ClosedPort()};Username=reader;Database=crm";
        migration.SourceOptions.Retries = 1000;
        var run = (await migration.VerifyAsync("--window", "1s")).ShouldExitWith(ExitCode.Incomplete);
        run.Results(TestMigration.Entity).ShouldAllBe(result => result.ShouldNotBeChecked().Contains("deadline"));
        (run.Document.Finished - run.Document.Started).ShouldNotBeNull().ShouldBeLessThan(TimeSpan.FromMinutes(2));
    }

    [SkippableFact]
    public async Task A_lock_that_is_not_released_is_not_waited_for_longer_than_configured()
    {
        await using var migration = await CommandMigration.CreateAsync(Provider.PostgreSql, Provider.Sqlite);
        migration.SourceOptions.LockTimeoutSeconds = 1;
        await using var other = migration.Source.Connect();
        await other.OpenAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await using var command = other.CreateCommand();
        command.CommandText = "LOCK TABLE cases IN ACCESS EXCLUSIVE MODE";
        await command.ExecuteNonQueryAsync();
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Incomplete);
        run.Results(TestMigration.Entity).ShouldAllBe(result => result.ShouldNotBeChecked().Contains("a lock was not released in time. Raise LockTimeoutSeconds"));
    }
}

using System.Diagnostics;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Tests.Commands;
using MigrationGuard.Tests.Verification;
using MigrationGuard.Verification;
using Npgsql;

namespace MigrationGuard.Tests.BadInput;

/// <summary>A server that is down, or goes away, makes the run INCOMPLETE, soon, and loses nothing that is known.</summary>
public sealed class UnreachableServerTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(45);

    [Theory]
    [InlineData(Provider.PostgreSql)]
    [InlineData(Provider.SqlServer)]
    public async Task A_server_that_is_down_leaves_every_configured_check_not_checked_without_waiting_for_each(Provider engine)
    {
        await using var migration = await CommandMigration.CreateAsync();
        var port = TcpProxy.ClosedPort();
        migration.SourceOptions.Provider = engine;
        migration.SourceOptions.ConnectionString = engine == Provider.PostgreSql
            ? $"Host=127.0.0.1;Port={port};Username=reader;Database=crm"
            : $"Server=127.0.0.1,{port};User ID=reader;Password=x;Database=crm;Encrypt=False";
        migration.SourceOptions.Retries = 1;
        for (var i = 0; i < 50; i++)
        {
            migration.Comparison.Entities[$"table {i}"] = new EntityOptions
            {
                Source = "cases",
                CreatedOn = "created_on",
                BreakdownBy = [new BreakdownColumns(["state"])],
            };
        }
        var started = Stopwatch.GetTimestamp();
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Incomplete);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(Soon);
        run.Document.Verdict.ShouldBe(Verdict.Incomplete);
        run.Document.Results.Count.ShouldBe(4 + (50 * 3));
        run.Document.Results.ShouldAllBe(result => result.ShouldNotBeChecked().StartsWith("The source could not be read: old: the server cannot be reached"));
    }

    [Fact]
    public async Task A_server_that_accepts_and_never_answers_is_not_reached()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        await using var migration = await CommandMigration.CreateAsync();
        migration.SourceOptions.Provider = Provider.PostgreSql;
        migration.SourceOptions.ConnectionString = $"Host=127.0.0.1;Port={((System.Net.IPEndPoint)silent.LocalEndpoint).Port};Username=reader;Database=crm;Timeout=1";
        var started = Stopwatch.GetTimestamp();
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Incomplete);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(Soon);
        run.Results(TestMigration.Entity).ShouldAllBe(result => result.ShouldNotBeChecked().Contains("the server cannot be reached"));
    }

    [Fact]
    public async Task A_server_that_is_down_is_reported_by_check_config_and_by_init()
    {
        await using var migration = await CommandMigration.CreateAsync();
        migration.TargetOptions.Provider = Provider.PostgreSql;
        migration.TargetOptions.ConnectionString = $"Host=127.0.0.1;Port={TcpProxy.ClosedPort()};Username=reader;Database=crm";
        migration.TargetOptions.Retries = 0;
        (await migration.RunAsync("check-config")).ShouldExitWith(ExitCode.Incomplete).Output.ShouldContain("new: the server cannot be reached");
        var init = await migration.RunAsync(
            "init", "--source-provider", "Sqlite", "--source", migration.Source.ConnectionString,
            "--target-provider", "PostgreSql", "--target", migration.TargetOptions.ConnectionString, "--output", "drafted.json");
        init.ShouldExitWith(ExitCode.Incomplete).Error.ShouldContain("new: the server cannot be reached");
        File.Exists(migration.Folder.At("drafted.json")).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task A_session_that_is_ended_while_it_reads_is_made_good_by_reading_again()
    {
        await using var migration = await CommandMigration.CreateAsync(Provider.PostgreSql, Provider.PostgreSql);
        await migration.Source.AddSlowAsync("slow", "0.5");
        await migration.Target.ExecuteAsync("CREATE TABLE slow (id int); INSERT INTO slow VALUES (1)");
        migration.AddEntity("slow");
        var ended = migration.Source.WaitUntilReadAsync("slow", terminate: true);
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        await ended;
        run.Result("slow", CheckNames.RecordCount).ShouldMatch();
    }

    [SkippableFact]
    public async Task A_server_that_goes_away_for_good_leaves_the_rest_not_checked_and_soon()
    {
        await using var migration = await CommandMigration.CreateAsync(Provider.PostgreSql, Provider.Sqlite);
        for (var i = 0; i < 12; i++)
        {
            await migration.Source.AddSlowAsync($"slow{i}", "0.3");
            await migration.Target.ExecuteAsync($"CREATE TABLE slow{i} (id int); INSERT INTO slow{i} VALUES (1)");
            migration.AddEntity($"slow{i}");
        }
        var server = new NpgsqlConnectionStringBuilder(migration.Source.ConnectionString);
        using var proxy = new TcpProxy(server.Host!, server.Port);
        migration.SourceOptions.ConnectionString = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Host = "127.0.0.1", Port = proxy.Port }.ConnectionString;
        migration.SourceOptions.MaxConnections = 1;
        var verifying = migration.VerifyAsync();
        await migration.Source.WaitUntilReadAsync("slow");
        proxy.Cut();
        var cut = Stopwatch.GetTimestamp();
        var run = (await verifying).ShouldExitWith(ExitCode.Incomplete);
        Stopwatch.GetElapsedTime(cut).ShouldBeLessThan(Soon);
        run.Document.Results.Count.ShouldBe(4 + 12);
        run.Document.Results.Count(result => result.Outcome is CheckOutcome.NotChecked).ShouldBeGreaterThanOrEqualTo(11);
        run.Document.Results.ShouldAllBe(result => result.Outcome is CheckOutcome.NotChecked || result.Outcome is CheckOutcome.Match);
        run.Document.Results.Where(result => result.Outcome is CheckOutcome.NotChecked).ShouldAllBe(result => result.ShouldNotBeChecked().Contains("The source could not be read: old: the server cannot be reached or the connection broke"));
        (await migration.RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Done);
    }
}

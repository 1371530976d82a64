using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.BadInput;
using MigrationGuard.Tests.Servers;
using MigrationGuard.Verification;
using Npgsql;

namespace MigrationGuard.Tests.Verification.Interruptions;

/// <summary>A connection that is lost in mid-scan costs the segments in flight, and never leads to a match by mistake.</summary>
public sealed class LostConnectionTests
{
    // Slow enough to be caught in the middle: a millisecond for every hundred rows.
    private const string Slowly = "id % 100 <> 0 OR pg_sleep(0.001) IS NOT NULL";

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sessions_that_are_ended_while_they_stream_cost_only_a_second_reading(bool isDamaged)
    {
        await using var migration = await CreateAsync();
        if (isDamaged)
            await migration.Target.ExecuteAsync("UPDATE things SET words = 'other' WHERE id = 30000");
        using var done = new CancellationTokenSource();
        var ending = EndSessionsAsync(migration.Source, times: 3, done.Token);
        var result = await migration.VerifyAsync(CheckNames.Fingerprint);
        await done.CancelAsync();
        (await ending).ShouldBeGreaterThan(0);
        result.Source!["rows"].Number.ShouldBe(60_000);
        if (isDamaged)
            result.ShouldMismatch().ShouldHaveSingleItem().Columns.ShouldBe(["words"]);
        else
            result.ShouldMatch();
    }

    [SkippableFact]
    public async Task A_server_that_goes_away_in_the_middle_is_not_checked()
    {
        await using var migration = await CreateAsync();
        var server = new NpgsqlConnectionStringBuilder(migration.Source.ConnectionString);
        using var proxy = new TcpProxy(server.Host!, server.Port);
        migration.SourceOptions.ConnectionString = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Host = "127.0.0.1", Port = proxy.Port }.ConnectionString;
        migration.SourceOptions.Retries = 1;
        var verifying = migration.VerifyAsync();
        await migration.Source.WaitUntilReadAsync("things");
        proxy.Cut();
        var results = await verifying;
        results.Single(result => result.Check == CheckNames.Fingerprint).ShouldNotBeChecked().ShouldContain("The source could not be read");
        results.Single(result => result.Check == CheckNames.RecordCount).ShouldNotBeChecked();
    }

    private static async Task<TestMigration> CreateAsync()
    {
        var migration = await TestMigration.CreateEmptyAsync(Provider.PostgreSql, Provider.PostgreSql);
        migration.Options.Depth = Depth.Rows;
        migration.Limits.SettleSeconds = 0;
        migration.Limits.SegmentSeconds = 0.05;
        migration.Options.Entities.Clear();
        migration.Options.Entities["thing"] = new EntityOptions { Source = "things", SourceFilter = Slowly };
        foreach (var database in new[] { migration.Source, migration.Target })
        {
            await database.ExecuteAsync("CREATE TABLE things (id bigint NOT NULL PRIMARY KEY, words text NOT NULL)");
            await database.ExecuteAsync("INSERT INTO things SELECT i, 'some words of row ' || i FROM generate_series(1, 60000) i; ANALYZE things");
        }
        return migration;
    }

    /// <summary>Ends a session that is streaming, again and again; returns how many were ended.</summary>
    private static async Task<int> EndSessionsAsync(ScratchDatabase database, int times, CancellationToken cancellationToken)
    {
        await using var connection = (NpgsqlConnection)database.Connect();
        await connection.OpenAsync(CancellationToken.None);
        var ended = 0;
        while (ended < times && !cancellationToken.IsCancellationRequested)
        {
            await using var command = new NpgsqlCommand(
                """
                SELECT count(pg_terminate_backend(pid)) FROM (
                    SELECT pid FROM pg_stat_activity
                    WHERE datname = current_database() AND state = 'active' AND query LIKE 'COPY%"things"%' AND clock_timestamp() - query_start > interval '5 ms' LIMIT 1) streaming
                """,
                connection);
            var now = (long)(await command.ExecuteScalarAsync(CancellationToken.None))!;
            ended += (int)now;
            if (now > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(100), CancellationToken.None);
        }
        return ended;
    }
}

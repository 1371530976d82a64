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
    public async Task Sessions_that_are_ended_while_they_stream_cost_no_row_and_make_no_difference(bool isDamaged)
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
        var ended = new List<int>();
        while (ended.Count < times && !cancellationToken.IsCancellationRequested)
        {
            // A session takes a while to end: it is not counted twice. The server waits a little, so that it is not asked without a pause.
            await using var command = new NpgsqlCommand(
                """
                SELECT pid FROM (
                    SELECT pid FROM pg_stat_activity
                    WHERE datname = current_database() AND state = 'active' AND query LIKE 'COPY%"things"%' AND clock_timestamp() - query_start > interval '5 ms'
                      AND pid <> ALL(@ended) LIMIT 1) streaming
                WHERE pg_terminate_backend(pid) AND pg_sleep(0.01) IS NOT NULL
                """,
                connection);
            command.Parameters.AddWithValue("ended", ended.ToArray());
            if (await command.ExecuteScalarAsync(CancellationToken.None) is int pid)
                ended.Add(pid);
        }
        return ended.Count;
    }
}

using MigrationGuard.Databases;
using MigrationGuard.Tests.Databases.Rows;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Databases;

/// <summary>All sessions of a database see one moment, where the engine can; what kept them of one is said.</summary>
public sealed class SharedViewTests
{
    [SkippableFact]
    public async Task Sessions_of_PostgreSQL_see_one_moment_while_rows_come_and_a_fresh_one_sees_them()
    {
        await using var scratch = await NumbersAsync();
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        database.ViewDescription.ShouldBeNull();
        (await CountAsync(database)).ShouldBe(2);
        await scratch.ExecuteAsync("INSERT INTO t VALUES (3)");
        var shared = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => CountAsync(database)));
        shared.ShouldAllBe(count => count == 2);
        (await CountAsync(database, Freshness.Fresh)).ShouldBe(3);
        database.ViewDescription.ShouldBe("one snapshot for all connections");
    }

    [SkippableFact]
    public async Task A_view_whose_connection_is_killed_is_taken_anew_and_that_is_said()
    {
        await using var scratch = await NumbersAsync();
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        (await CountAsync(database)).ShouldBe(2);
        await scratch.ExecuteAsync("INSERT INTO t VALUES (3)");
        await scratch.ExecuteAsync("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'");
        (await CountAsync(database)).ShouldBe(3);
        database.ViewDescription.ShouldBe("one snapshot for all connections; it was taken 2 times, as the connection that held it was lost or given up");
    }

    [SkippableFact]
    public async Task One_connection_holds_no_view_for_others()
    {
        await using var scratch = await NumbersAsync();
        var options = scratch.Options;
        options.MaxConnections = 1;
        using var database = new Database("d", options, TimeProvider.System);
        (await CountAsync(database)).ShouldBe(2);
        await scratch.ExecuteAsync("INSERT INTO t VALUES (3)");
        (await CountAsync(database)).ShouldBe(3);
        database.ViewDescription.ShouldBe("each reading at its own moment (REPEATABLE READ)");
    }

    [SkippableFact]
    public async Task A_view_is_given_up_when_its_connection_is_the_only_one_left()
    {
        await using var scratch = await NumbersAsync();
        var connections = new ConnectionAllowance(2);
        using var database = new Database("d", scratch.Options, TimeProvider.System, connections);
        (await CountAsync(database)).ShouldBe(2);
        connections.InUse.ShouldBe(1);
        connections.Limit = 1;
        (await CountAsync(database).WaitAsync(TimeSpan.FromMinutes(4))).ShouldBe(2);
        connections.InUse.ShouldBe(0);
    }

    [SkippableFact]
    public async Task A_view_and_its_readers_together_open_no_more_connections_than_allowed()
    {
        await using var scratch = await NumbersAsync();
        var options = scratch.Options;
        options.MaxConnections = 2;
        using var database = new Database("d", options, TimeProvider.System);
        var most = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => database.ReadAsync(
            async (session, token) =>
            {
                var open = 0L;
                await session.QueryAsync(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'MigrationGuard'",
                    _ => { },
                    row => open = (long)((MigrationGuard.Databases.Values.CanonicalValue.Number)row[0]).Value,
                    token);
                return open;
            },
            CancellationToken.None)));
        most.ShouldAllBe(open => open == 2);
    }

    [Fact]
    public async Task SQLite_says_that_each_connection_has_a_moment_of_its_own()
    {
        await using var scratch = await TestEngine.For(Provider.Sqlite).CreateDatabaseAsync();
        await scratch.ExecuteAsync("CREATE TABLE t (v int)");
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        await CountAsync(database);
        database.ViewDescription.ShouldNotBeNull().ShouldStartWith("each connection at its own moment");
    }

    private static async Task<ScratchDatabase> NumbersAsync()
    {
        var scratch = await TestEngine.For(Provider.PostgreSql).CreateDatabaseAsync();
        await scratch.ExecuteAsync("CREATE TABLE t (v int); INSERT INTO t VALUES (1), (2)");
        return scratch;
    }

    private static async Task<int> CountAsync(Database database, Freshness freshness = Freshness.Shared)
    {
        var query = RowsOf.All(await RowsOf.TableAsync(database, "t"));
        return await database.ReadAsync(
            async (session, token) =>
            {
                var rows = 0;
                await session.ReadRowsAsync(
                    query,
                    reader =>
                    {
                        while (reader.Read())
                            rows++;
                    },
                    token);
                return rows;
            },
            CancellationToken.None,
            freshness);
    }
}

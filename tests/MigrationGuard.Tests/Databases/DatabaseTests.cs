using System.Net;
using System.Net.Sockets;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Rows;

namespace MigrationGuard.Tests.Databases;

public sealed class DatabaseTests
{
    [Fact]
    public async Task Connecting_is_tried_again_and_once_it_has_failed_for_good_the_next_reading_fails_at_once()
    {
        var time = new ImpatientTime();
        using var database = Unreachable(time, retries: 3);
        await Should.ThrowAsync<DatabaseException>(() => database.ReadCatalogueAsync(CancellationToken.None));
        time.Waits.ShouldBe(3);
        await Should.ThrowAsync<DatabaseException>(() => database.ReadCatalogueAsync(CancellationToken.None));
        time.Waits.ShouldBe(3);
    }

    [Fact]
    public async Task Without_retries_nothing_is_tried_again()
    {
        var time = new ImpatientTime();
        using var database = Unreachable(time, retries: 0);
        var error = await Should.ThrowAsync<DatabaseException>(() => database.ReadCatalogueAsync(CancellationToken.None));
        time.Waits.ShouldBe(0);
        error.Place.ShouldBe("old");
        error.Problem.ShouldContain("cannot be reached");
        error.Message.ShouldNotContain("S3cret");
    }

    [Fact]
    public async Task Whatever_a_driver_throws_comes_out_explained_and_without_its_words()
    {
        using var database = InMemory();
        var failure = await Should.ThrowAsync<DatabaseException>(() => database.ReadAsync<int>((_, _) => throw new InvalidOperationException("canary"), CancellationToken.None));
        failure.Message.ShouldContain(nameof(InvalidOperationException));
        failure.Message.ShouldNotContain("canary");
    }

    [Fact]
    public async Task Rows_that_cannot_be_gone_on_with_come_out_with_their_problem_and_remedy_and_are_not_read_again()
    {
        var time = new ImpatientTime();
        using var database = new Database("old", new DatabaseOptions { Provider = Provider.Sqlite, ConnectionString = "Data Source=:memory:", Retries = 3 }, time);
        var failure = await Should.ThrowAsync<DatabaseException>(() => database.ReadAsync<int>(
            (_, _) => throw new UnreadableRowsException("a row is too long.", "Leave it out."), CancellationToken.None));
        failure.Message.ShouldBe("old: a row is too long. Leave it out.");
        time.Waits.ShouldBe(0);
    }

    [Fact]
    public async Task A_cancellation_that_nobody_asked_for_is_a_failure_of_the_driver()
    {
        using var database = InMemory();
        await Should.ThrowAsync<DatabaseException>(() => database.ReadAsync<int>((_, _) => throw new OperationCanceledException(), CancellationToken.None));
    }

    [Fact]
    public async Task No_more_connections_are_open_at_once_than_configured()
    {
        using var database = InMemory(maxConnections: 2);
        var (open, most) = (0, 0);
        var gate = new TaskCompletionSource();
        var readings = Enumerable.Range(0, 5).Select(_ => database.ReadAsync(
            async (_, _) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref open));
                if (most == 2)
                    gate.TrySetResult();
                await gate.Task;
                return Interlocked.Decrement(ref open);
            },
            CancellationToken.None)).ToList();
        await Task.WhenAll(readings);
        most.ShouldBe(2);
    }

    [Fact]
    public async Task A_cancelled_reading_is_cancelled_and_no_fault()
    {
        using var database = InMemory();
        using var cancelled = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => database.ReadAsync(
            async (session, token) =>
            {
                await cancelled.CancelAsync();
                await session.QueryAsync("WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n) SELECT i FROM n", _ => { }, _ => { }, token);
                return 0;
            },
            cancelled.Token));
    }

    [Fact]
    public void A_time_zone_that_does_not_exist_is_refused_with_its_place()
    {
        var options = new DatabaseOptions { Provider = Provider.Sqlite, ConnectionString = "Data Source=x", TimeZone = "Europe/Atlantis" };
        Should.Throw<DatabaseException>(() => new Database("old", options, TimeProvider.System)).Place.ShouldBe("Databases:old:TimeZone");
    }

    private static Database InMemory(int maxConnections = 4) => new(
        "old", new DatabaseOptions { Provider = Provider.Sqlite, ConnectionString = "Data Source=:memory:", MaxConnections = maxConnections }, TimeProvider.System);

    private static Database Unreachable(TimeProvider time, int retries)
    {
        // A port that was free a moment ago: nobody listens there.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var options = new DatabaseOptions
        {
            Provider = Provider.PostgreSql,
            ConnectionString = FormattableString.Invariant($"Host=127.0.0.1;Port={port};Username=reader;Password=S3cret;Database=crm;Pooling=false"),
            Retries = retries,
        };
        return new Database("old", options, time);
    }
}

using System.Diagnostics;
using MigrationGuard.Databases;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Databases.Rows;

/// <summary>How every engine's row reader ends before its rows do: cancelled, out of time, left unread, or with its session killed.</summary>
public sealed class RowReaderEndingConformance
{
    // Two thousand rows of two thousand to the third power.
    private const string Endless = "(SELECT count(*) FROM t AS x, t AS y, t AS z WHERE x.id + y.id + z.id = t.id) < 0";

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_reading_that_is_cancelled_in_mid_scan_ends_at_once(Provider engine)
    {
        await SkipWhereNothingIsCancelledAsync(engine);
        await using var scratch = await RowsOf.NumbersAsync(engine, 2000);
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        // Some rows, and then none for a very long time.
        var query = RowsOf.All(await RowsOf.TableAsync(database, "t")) with { Filter = "id < 0 OR " + Endless };
        using var cancelled = new CancellationTokenSource();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = database.ReadAsync(
            async (session, token) =>
            {
                await session.ReadRowsAsync(
                    query,
                    reader =>
                    {
                        while (reader.Read())
                            begun.TrySetResult();
                    },
                    token);
                return 0;
            },
            cancelled.Token);
        await begun.Task;
        await ShouldEndAtOnceAsync(cancelled, reading);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_reading_that_is_cancelled_before_its_first_row_ends_at_once(Provider engine)
    {
        await SkipWhereNothingIsCancelledAsync(engine);
        await using var scratch = await RowsOf.NumbersAsync(engine, 2000);
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        var query = RowsOf.All(await RowsOf.TableAsync(database, "t")) with { Filter = Endless };
        using var cancelled = new CancellationTokenSource();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = database.ReadAsync(
            async (session, token) =>
            {
                begun.SetResult();
                await session.ReadRowsAsync(query, reader => reader.Read(), token);
                return 0;
            },
            cancelled.Token);
        await begun.Task;
        // Long enough that the statement is likely to run; where it is not yet, it must not begin.
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        await ShouldEndAtOnceAsync(cancelled, reading);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_statement_that_takes_longer_than_it_may_is_stopped_and_the_remedy_said(Provider engine)
    {
        await SkipWhereNothingIsCancelledAsync(engine);
        await using var scratch = await RowsOf.NumbersAsync(engine, 2000);
        var options = scratch.Options;
        options.CommandTimeoutSeconds = 1;
        using var database = new Database("d", options, TimeProvider.System);
        var table = await RowsOf.TableAsync(database, "t");
        var endless = RowsOf.All(table) with { Filter = Endless };
        (await Should.ThrowAsync<DatabaseException>(() => RowsOf.ReadAsync(database, endless))).Remedy.ShouldBe("Raise CommandTimeoutSeconds.");
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Rows_that_were_left_unread_do_not_hold_up_and_the_database_is_read_again(Provider engine)
    {
        await using var scratch = await RowsOf.NumbersAsync(engine, 2000);
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        var table = await RowsOf.TableAsync(database, "t");
        for (var i = 0; i < 3; i++)
            await RowsOf.ConsumeAsync(database, RowsOf.All(table), reader => reader.Read().ShouldBeTrue());
        await Should.ThrowAsync<DatabaseException>(() => RowsOf.ConsumeAsync(database, RowsOf.All(table), _ => throw new InvalidOperationException("of the reader's own")));
        (await RowsOf.ReadAsync(database, RowsOf.All(table))).Count.ShouldBe(2000);
    }

    [SkippableFact]
    public async Task A_session_of_PostgreSQL_that_is_killed_in_mid_scan_is_read_again_from_its_beginning()
    {
        await using var scratch = await RowsOf.NumbersAsync(Provider.PostgreSql, 2000);
        await scratch.ExecuteAsync("INSERT INTO t SELECT n, repeat('x', 200) FROM generate_series(10000, 200000) AS n");
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        var query = RowsOf.All(await RowsOf.TableAsync(database, "t"));
        var times = 0;
        var rows = await database.ReadAsync(
            async (session, token) =>
            {
                var count = 0;
                times++;
                await session.ReadRowsAsync(
                    query,
                    reader =>
                    {
                        while (reader.Read())
                        {
                            if (++count == 1000 && times == 1)
                                scratch.ExecuteAsync("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY%'").GetAwaiter().GetResult();
                        }
                    },
                    token);
                return count;
            },
            CancellationToken.None);
        times.ShouldBe(2);
        rows.ShouldBe(2000 + 190_001);
    }

    private static async Task SkipWhereNothingIsCancelledAsync(Provider engine) => Skip.If(
        engine == Provider.SqlServer && SqlServerTestEngine.Server is ServerAvailability.Available && await SqlServerTestEngine.Instance.IsBabelfish,
        "Babelfish does not read a cancellation from the connection while a statement brings no rows.");

    private static async Task ShouldEndAtOnceAsync(CancellationTokenSource cancelled, Task reading)
    {
        var clock = Stopwatch.StartNew();
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => reading);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(2));
    }
}

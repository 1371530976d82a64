using System.Globalization;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.Verification.Interruptions;

/// <summary>Rows that are written on the source and a little later on the target, all the while they are compared.</summary>
public sealed class MovingSourceTests
{
    private const string OnItsWay = "INSERT INTO things VALUES (30000, 'on its way')";

    // How long a row is on its way. The traffic goes on beside real servers, so it goes by their clock.
    private static readonly TimeSpan Lag = TimeSpan.FromMilliseconds(20);

    [SkippableTheory, MemberData(nameof(Pairs))]
    public async Task Rows_on_their_way_are_no_difference(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target);
        await using var traffic = Traffic.Begin(migration);
        await traffic.FlowsAsync();
        // It goes on through the first reading and the first settle time; what was on its way in the second has arrived after it.
        var settles = new SettleClock(count => count == 2 ? traffic.StopAsync() : Task.CompletedTask);
        migration.SettleTime = settles;
        var results = await migration.VerifyAsync();
        await traffic.StopAsync();
        results.Count.ShouldBe(3);
        results.ShouldAllBe(result => result.Outcome is CheckOutcome.Match);
    }

    [SkippableTheory, MemberData(nameof(Pairs))]
    public async Task Rows_that_keep_coming_are_at_worst_not_checked(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target);
        await using var traffic = Traffic.Begin(migration);
        await traffic.FlowsAsync();
        var results = await migration.VerifyAsync();
        await traffic.StopAsync();
        results.ShouldAllBe(result => result.Outcome is CheckOutcome.Match || result.Outcome is CheckOutcome.NotChecked);
        // Once it is over, all has arrived.
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMatch();
    }

    [SkippableTheory, MemberData(nameof(Pairs))]
    public async Task A_difference_among_them_is_found_and_it_alone(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target);
        await migration.Target.ExecuteAsync("DELETE FROM things WHERE id = 19999");
        await migration.Target.ExecuteAsync("UPDATE things SET words = 'other' WHERE id = 77");
        await using var traffic = Traffic.Begin(migration);
        await traffic.FlowsAsync();
        var result = await migration.VerifyAsync(CheckNames.Fingerprint);
        await traffic.StopAsync();
        result.ShouldMismatch().Select(finding => (finding.Kind, finding.Count, string.Join(",", finding.Columns ?? [])))
            .ShouldBe([(FindingKinds.MissingInTarget, 1, ""), (FindingKinds.Changed, 1, "words")]);
    }

    [SkippableTheory, MemberData(nameof(Pairs))]
    public async Task A_row_that_arrives_within_the_settle_time_is_no_difference_and_without_a_settle_time_it_is_one(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target);
        await migration.Source.ExecuteAsync(OnItsWay);
        var settles = new SettleClock(count => count == 1 ? migration.Target.ExecuteAsync(OnItsWay) : Task.CompletedTask);
        migration.SettleTime = settles;
        migration.Limits.SettleSeconds = 0;
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMismatch().ShouldHaveSingleItem().Kind.ShouldBe(FindingKinds.MissingInTarget);
        settles.Count.ShouldBe(0);

        migration.Limits.SettleSeconds = 0.3;
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMatch();
        settles.Count.ShouldBe(1);
    }

    [SkippableTheory, MemberData(nameof(Pairs))]
    public async Task A_source_that_is_only_going_to_be_frozen_is_given_time_to_settle_and_one_that_is_frozen_is_not(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target);
        await migration.Source.ExecuteAsync(OnItsWay);
        var settles = new SettleClock(count => count == 1 ? migration.Target.ExecuteAsync(OnItsWay) : Task.CompletedTask);
        migration.SettleTime = settles;
        migration.Options.FrozenAt = TimeProvider.System.GetUtcNow().AddHours(-1);
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMismatch().ShouldHaveSingleItem().Kind.ShouldBe(FindingKinds.MissingInTarget);
        settles.Count.ShouldBe(0);

        migration.Options.FrozenAt = TimeProvider.System.GetUtcNow().AddHours(1);
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMatch();
        settles.Count.ShouldBe(1);
    }

    public static TheoryData<Provider, Provider> Pairs => new()
    {
        { Provider.Sqlite, Provider.Sqlite },
        { Provider.PostgreSql, Provider.PostgreSql },
        { Provider.PostgreSql, Provider.Sqlite },
    };

    private static async Task<TestMigration> CreateAsync(Provider source, Provider target)
    {
        var migration = await TestMigration.CreateEmptyAsync(source, target);
        migration.Options.Depth = Depth.Rows;
        migration.Limits.SettleSeconds = 0.3;
        migration.Limits.SegmentSeconds = 0.005;
        migration.Options.Entities.Clear();
        migration.Options.Entities["thing"] = new EntityOptions { Source = "things" };
        foreach (var database in new[] { migration.Source, migration.Target })
        {
            // Readers and the writer do not wait for each other.
            if (database.Provider == Provider.Sqlite)
                await database.ExecuteAsync("PRAGMA journal_mode = WAL");
            await database.ExecuteAsync($"CREATE TABLE things (id {(database.Provider == Provider.Sqlite ? "INTEGER" : "bigint")} NOT NULL PRIMARY KEY, words text NOT NULL)");
            await database.ExecuteAsync("""
                INSERT INTO things
                WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < 20000)
                SELECT i, 'some words of row ' || i FROM numbers
                """);
        }
        return migration;
    }

    /// <summary>The system's clock, on which something is done whenever a settle time begins, before it passes.</summary>
    /// <param name="settling">Told how many have begun.</param>
    private sealed class SettleClock(Func<int, Task> settling) : TimeProvider
    {
        private int _count;

        public int Count => _count;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var count = Interlocked.Increment(ref _count);
            Task.Run(() => settling(count)).GetAwaiter().GetResult();
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }

    /// <summary>Inserts, changes and deletes a row on the source, then the same on the target, without an end.</summary>
    private sealed class Traffic : IAsyncDisposable
    {
        private const int Some = 5;

        private readonly CancellationTokenSource _stop = new();
        private readonly TaskCompletionSource _flows = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Task _running = Task.CompletedTask;
        private int _written;

        public static Traffic Begin(TestMigration migration)
        {
            var traffic = new Traffic();
            traffic._running = Task.Run(() => traffic.RunAsync(migration));
            return traffic;
        }

        /// <summary>Waits until some rows have arrived.</summary>
        public Task FlowsAsync() => Task.WhenAny(_flows.Task, _running).Unwrap();

        public async Task StopAsync()
        {
            await _stop.CancelAsync();
            await _running;
        }

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            _stop.Dispose();
        }

        private async Task RunAsync(TestMigration migration)
        {
            while (!_stop.IsCancellationRequested)
            {
                // At the end, in the middle, and where a row was a moment ago.
                var id = 20_001 + (_written * 7);
                var middle = 1000 + (_written * 37 % 9000);
                var statement = (_written++ % 3) switch
                {
                    0 => string.Create(CultureInfo.InvariantCulture, $"INSERT INTO things VALUES ({id}, 'new')"),
                    1 => string.Create(CultureInfo.InvariantCulture, $"UPDATE things SET words = words || '.' WHERE id = {middle}"),
                    _ => string.Create(CultureInfo.InvariantCulture, $"DELETE FROM things WHERE id = {middle}"),
                };
                await migration.Source.ExecuteAsync(statement);
                await Task.Delay(Lag);
                await migration.Target.ExecuteAsync(statement);
                if (_written == Some)
                    _flows.SetResult();
            }
        }
    }
}

using System.Globalization;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.Verification.Interruptions;

/// <summary>Rows that are written on the source and a little later on the target, all the while they are compared.</summary>
public sealed class MovingSourceTests
{
    private static readonly TimeSpan Lag = TimeSpan.FromMilliseconds(20);

    [SkippableTheory, MemberData(nameof(Pairs))]
    public async Task Rows_on_their_way_are_no_difference(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target);
        await using var traffic = Traffic.Begin(migration);
        var results = await migration.VerifyAsync();
        await traffic.StopAsync();
        traffic.Written.ShouldBeGreaterThan(10);
        results.Select(result => result.Outcome).ShouldAllBe(outcome => outcome is CheckOutcome.Match || outcome is CheckOutcome.NotChecked);
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
        var result = await migration.VerifyAsync(CheckNames.Fingerprint);
        await traffic.StopAsync();
        traffic.Written.ShouldBeGreaterThan(10);
        result.ShouldMismatch().Select(finding => (finding.Kind, finding.Count, string.Join(",", finding.Columns ?? [])))
            .ShouldBe([(FindingKinds.MissingInTarget, 1, ""), (FindingKinds.Changed, 1, "words")]);
    }

    [SkippableTheory, MemberData(nameof(Pairs))]
    public async Task Without_a_settle_time_they_are_differences(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target);
        migration.Limits.SettleSeconds = 0;
        await migration.Source.ExecuteAsync("INSERT INTO things VALUES (30000, 'on its way')");
        (await migration.VerifyAsync(CheckNames.Fingerprint)).ShouldMismatch().ShouldHaveSingleItem().Kind.ShouldBe(FindingKinds.MissingInTarget);
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

    /// <summary>Inserts, changes and deletes a row on the source, then the same on the target, without an end.</summary>
    private sealed class Traffic : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private Task _running = Task.CompletedTask;

        public int Written { get; private set; }

        public static Traffic Begin(TestMigration migration)
        {
            var traffic = new Traffic();
            traffic._running = Task.Run(() => traffic.RunAsync(migration));
            return traffic;
        }

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
                var id = 20_001 + (Written * 7);
                var middle = 1000 + (Written * 37 % 9000);
                var statement = (Written++ % 3) switch
                {
                    0 => string.Create(CultureInfo.InvariantCulture, $"INSERT INTO things VALUES ({id}, 'new')"),
                    1 => string.Create(CultureInfo.InvariantCulture, $"UPDATE things SET words = words || '.' WHERE id = {middle}"),
                    _ => string.Create(CultureInfo.InvariantCulture, $"DELETE FROM things WHERE id = {middle}"),
                };
                await migration.Source.ExecuteAsync(statement);
                await Task.Delay(Lag);
                await migration.Target.ExecuteAsync(statement);
            }
        }
    }
}

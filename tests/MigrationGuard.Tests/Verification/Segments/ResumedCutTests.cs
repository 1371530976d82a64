using MigrationGuard.Databases;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification;
using MigrationGuard.Verification.Planning;
using MigrationGuard.Verification.QueryPairs;
using MigrationGuard.Verification.Scans;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Tests.Verification.Segments;

/// <summary>An index that is made or dropped while a run is unfinished has a table cut by another column from then on.</summary>
public sealed class ResumedCutTests
{
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_table_that_is_cut_by_another_column_than_before_is_read_anew_and_whole(bool isDamaged)
    {
        await using var migration = await CreateAsync();
        if (isDamaged)
            await migration.Target.ExecuteAsync("UPDATE things SET words = 'other' WHERE state = 99999");
        var store = new SortedDictionary<int, string>();
        await DieAsync(migration, store, KeyOrder.UuidBytes);
        await migration.Target.ExecuteAsync("CREATE INDEX by_state ON things (state)");
        ShouldBeFound(await RunAsync(migration, store, KeyOrder.Integer), isDamaged);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_table_whose_index_is_gone_is_read_anew_and_whole(bool isDamaged)
    {
        await using var migration = await CreateAsync();
        await migration.Target.ExecuteAsync("CREATE INDEX by_state ON things (state)");
        if (isDamaged)
            await migration.Target.ExecuteAsync("UPDATE things SET words = 'other' WHERE state = 99999");
        var store = new SortedDictionary<int, string>();
        await DieAsync(migration, store, KeyOrder.Integer);
        await migration.Target.ExecuteAsync("DROP INDEX by_state");
        ShouldBeFound(await RunAsync(migration, store, KeyOrder.UuidBytes), isDamaged);
    }

    private static void ShouldBeFound(RowsCompared compared, bool isDamaged)
    {
        compared.SourceFold.Count.ShouldBe(100_000);
        compared.Source.Rows.ShouldBe(100_000);
        if (isDamaged)
            compared.Judgement.Outcome.ShouldBeOfType<CheckOutcome.Mismatch>().Findings.ShouldHaveSingleItem().Count.ShouldBe(1);
        else
            compared.Judgement.Outcome.ShouldBeOfType<CheckOutcome.Match>();
    }

    private static async Task<TestMigration> CreateAsync()
    {
        var migration = await TestMigration.CreateEmptyAsync(Provider.PostgreSql, Provider.PostgreSql);
        migration.Options.Depth = Depth.Rows;
        migration.Options.Entities.Clear();
        migration.Options.Entities["thing"] = new EntityOptions { Source = "things" };
        migration.SourceOptions.MaxConnections = migration.TargetOptions.MaxConnections = 1;
        migration.Limits.SettleSeconds = 0;
        migration.Limits.SegmentSeconds = 0.001;
        foreach (var database in new[] { migration.Source, migration.Target })
        {
            await database.ExecuteAsync("""
                CREATE TABLE things (id uuid PRIMARY KEY, state int NOT NULL, words text NOT NULL);
                INSERT INTO things SELECT (lpad(to_hex(i), 8, '0') || '-0000-4000-8000-000000000000')::uuid, i, 'some words of row ' || i FROM generate_series(0, 99999) AS i;
                ANALYZE things
                """);
        }
        await migration.Source.ExecuteAsync("CREATE INDEX by_state ON things (state)");
        return migration;
    }

    // Keeps how the table was cut and its first segment.
    private static async Task DieAsync(TestMigration migration, SortedDictionary<int, string> store, KeyOrder order)
    {
        await Should.ThrowAsync<InvalidOperationException>(() => RunAsync(migration, store, order, most: 2));
        store.Count.ShouldBe(2);
    }

    private static async Task<RowsCompared> RunAsync(TestMigration migration, SortedDictionary<int, string> store, KeyOrder order, int most = int.MaxValue)
    {
        using var source = new Database("old", migration.SourceOptions, TimeProvider.System);
        using var target = new Database("new", migration.TargetOptions, TimeProvider.System);
        using var stop = new RunStop(TimeProvider.System.GetUtcNow().AddMinutes(5), TimeProvider.System, CancellationToken.None);
        var planner = new Planner(migration.Limits, new QueryLibrary(migration.QueryDirectory, migration.QueryDirectory), TestMigration.ProjectKey);
        var plan = await planner.PlanAsync("crm", migration.Options, source, target, Selection.Everything, stop);
        var entity = plan.Entities.ShouldHaveSingleItem();
        entity.Rows!.Rows.CutBy!.Order.ShouldBe(order);
        var tables = new TwoTables(source, entity.Source, target, entity.Target);
        var log = new SegmentLog(
            "20260101-0000",
            _ => Task.FromResult<IReadOnlyList<string>>([.. store.Values]),
            async (number, document, _) =>
            {
                await Task.Yield();
                if (store.Count == most)
                    throw new InvalidOperationException("Killed.");
                store.Add(number, document);
            });
        return await new RowVerification(tables, entity.Rows.Rows, new ScanRequest(null), entity.Rows.Key, frozen: true, migration.Limits, TimeProvider.System).RunAsync(log, stop.Token);
    }
}

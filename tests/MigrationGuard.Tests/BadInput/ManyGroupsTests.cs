using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Commands;
using MigrationGuard.Tests.Verification;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.BadInput;

/// <summary>Measures the process's memory, so no other test runs beside it.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>A breakdown with more groups than it may have is not checked; the rest of the table is, in memory that stays flat.</summary>
[Collection(nameof(Alone))]
public sealed class ManyGroupsTests
{
    private const long MostGrowth = 50_000_000;

    [SkippableTheory]
    [InlineData(Provider.PostgreSql)]
    [InlineData(Provider.Sqlite)]
    public async Task A_breakdown_with_a_million_groups_is_not_checked_while_counts_and_timestamps_are(Provider engine)
    {
        await using var migration = await CommandMigration.CreateAsync(engine, Provider.Sqlite);
        await migration.Source.ExecuteAsync(engine == Provider.PostgreSql
            ? "CREATE VIEW many AS SELECT n, timestamp '2025-01-01 10:00' + make_interval(secs => n) AS created_on FROM generate_series(1, 1000000) AS n"
            : "CREATE VIEW many AS WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 1000000) SELECT n, 1735725600 + n AS created_on FROM s");
        // The newest row and one more: the other side's size is not what is tested, and its million rows would take as long again.
        await migration.Target.ExecuteAsync("CREATE TABLE many (n int, created_on int); INSERT INTO many VALUES (1, 1735725601), (1000000, 1736725600)");
        migration.Comparison.Entities["many"] = new EntityOptions { Source = "many", CreatedOn = "created_on", BreakdownBy = [new BreakdownColumns(["n"])] };
        migration.Comparison.Entities.Remove(TestMigration.Entity);
        migration.Comparison.Excluded.Add(new ExcludedTable("cases", "not of this test"));
        var live = new List<long>();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        // What a reading holds is still in reach when its end is told.
        migration.Folder.Told = _ => live.Add(GC.GetTotalMemory(forceFullCollection: true));
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.NoGo);
        live.Count.ShouldBeGreaterThanOrEqualTo(2);
        (live.Max() - before).ShouldBeLessThan(MostGrowth);

        run.Result("many", CheckNames.EntityBreakdown).ShouldNotBeChecked()
            .ShouldBe("The source has more than 1000 groups by n. Choose a column with fewer values, or raise Verification:MaxGroups.");
        var count = run.Result("many", CheckNames.RecordCount);
        count.ShouldMismatch().ShouldHaveSingleItem().Count.ShouldBe(999_998);
        count.Source!["rows"].Number.ShouldBe(1_000_000);
        var newest = run.Result("many", CheckNames.LastTimestamp);
        newest.ShouldMatch();
        newest.Source!["newestCreatedOn"].Text.ShouldNotBeNull().ShouldStartWith("2025-01-12T");
    }

    [Fact]
    public async Task As_many_groups_as_allowed_are_compared_and_one_more_is_not()
    {
        await using var migration = await CommandMigration.CreateAsync();
        migration.Cases.BreakdownBy = [new BreakdownColumns(["id"])];
        migration.Options.Verification.MaxGroups = 12;
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        migration.Options.Verification.MaxGroups = 11;
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Incomplete).Result(TestMigration.Entity, CheckNames.EntityBreakdown).ShouldNotBeChecked();
    }
}

using MigrationGuard.Databases;
using MigrationGuard.Tests.Servers;
using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Tests.Verification.Segments;

/// <summary>Where a table that can only be read whole has more differing parts than are read, the rest is counted and said.</summary>
public sealed class DrillDownTests
{
    // As many as are held at once, so that every part is a reading of its own.
    private const long RowsOfPart = 400_000;

    [Theory]
    [InlineData(4, 0L)]
    [InlineData(7, 3 * 2 * RowsOfPart)]
    public async Task Parts_of_a_table_without_ranges_are_looked_at_in_four_readings_and_the_rest_is_counted(int parts, long notLookedAt)
    {
        await using var source = await TestEngine.For(Provider.Sqlite).CreateDatabaseAsync();
        await using var target = await TestEngine.For(Provider.Sqlite).CreateDatabaseAsync();
        foreach (var database in new[] { source, target })
            await database.ExecuteAsync("CREATE TABLE t (id bigint NOT NULL, value bigint NOT NULL); INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) SELECT i, i FROM n");
        await target.ExecuteAsync("UPDATE t SET value = -value");
        using var sourceDatabase = new Database("old", source.Options, TimeProvider.System);
        using var targetDatabase = new Database("new", target.Options, TimeProvider.System);
        var tables = new TwoTables(sourceDatabase, await TableAsync(sourceDatabase), targetDatabase, await TableAsync(targetDatabase));
        var rows = TestRows.Comparison(1, "id", "value");
        var leaves = LeafMap.ByHash(LeafKind.Key, (parts - 1) * LeafMap.RowsPerLeaf);
        var differences = new RowDifferences(rows, new byte[32], 10);
        await new DrillDown(tables, rows, new byte[32], differences).RunAsync(leaves, [Differing(leaves.Count)], Freshness.Shared, () => false, CancellationToken.None);
        leaves.Count.ShouldBe(parts);
        differences.NotLookedAt.ShouldBe(notLookedAt);
        (differences.Changed == 200).ShouldBe(notLookedAt == 0, "only rows of parts that were read are known to differ");
        differences.CanBeSeenAgain.ShouldBe(notLookedAt == 0);
    }

    // Folds that differ in every part, of more rows than the tables hold: what decides is what was counted before.
    private static Segment Differing(int parts)
    {
        SegmentSide Side(byte digest) => new([.. Enumerable.Repeat(new Fold(RowsOfPart, digest), parts)], []);
        return new Segment(0, parts, Side(1), Side(2));
    }

    private static async Task<MigrationGuard.Databases.Catalogues.Table> TableAsync(Database database) =>
        (await database.ReadCatalogueAsync(CancellationToken.None)).Find("t").ShouldNotBeNull();
}

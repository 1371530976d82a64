using MigrationGuard.Databases;
using MigrationGuard.Tests.Servers;
using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.Scans;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Tests.Verification.Segments;

/// <summary>Parts of a table that can only be read whole are all looked at, however many rows were counted in them.</summary>
public sealed class DrillDownTests
{
    // More than are held at once.
    private const long RowsOfPart = 400_000;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public async Task Parts_of_too_many_rows_to_be_held_are_looked_at_row_by_row_where_they_differ(int parts)
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
        (differences.Changed, differences.NotLookedAt, differences.CanBeSeenAgain).ShouldBe((200, 0, true));
    }

    // Folds that differ in every part, of more rows than the tables hold: what decides is what was counted before.
    private static Segment Differing(int parts)
    {
        SegmentSide Of(byte digest) => new([.. Enumerable.Repeat(new Fold(RowsOfPart, digest), parts)], ScannedPart.None);
        return new Segment(0, parts, Of(1), Of(2));
    }

    private static async Task<MigrationGuard.Databases.Catalogues.Table> TableAsync(Database database) =>
        (await database.ReadCatalogueAsync(CancellationToken.None)).Find("t").ShouldNotBeNull();
}

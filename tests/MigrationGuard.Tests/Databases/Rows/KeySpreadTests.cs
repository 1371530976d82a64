using System.Data.SqlTypes;
using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Databases.Rows;

/// <summary>Places of keys are in the order of the engine, and the spread of a table's rows over them is read without a scan.</summary>
public sealed class KeySpreadTests
{
    [Fact]
    public void Places_of_whole_numbers_are_in_their_order_and_lead_back_to_them() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(long A, long B)>(), pair =>
            KeyPlaces.Of(pair.A).CompareTo(KeyPlaces.Of(pair.B)) == pair.A.CompareTo(pair.B) && KeyPlaces.Integer(KeyPlaces.Of(pair.A)) == pair.A)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Places_of_UUIDs_are_in_the_order_of_each_engine_and_lead_back_to_them() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(Guid A, Guid B)>(), pair =>
            Math.Sign(Place(pair.A, KeyOrder.UuidSqlServer).CompareTo(Place(pair.B, KeyOrder.UuidSqlServer))) == Math.Sign(new SqlGuid(pair.A).CompareTo(new SqlGuid(pair.B)))
            && Math.Sign(Place(pair.A, KeyOrder.UuidBytes).CompareTo(Place(pair.B, KeyOrder.UuidBytes))) == Math.Sign(string.CompareOrdinal(pair.A.ToString("D"), pair.B.ToString("D")))
            && KeyPlaces.Uuid(Place(pair.A, KeyOrder.UuidSqlServer), KeyOrder.UuidSqlServer) == pair.A
            && KeyPlaces.Uuid(Place(pair.A, KeyOrder.UuidBytes), KeyOrder.UuidBytes) == pair.A)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_first_and_the_last_whole_number_are_at_the_ends()
    {
        KeyPlaces.Of(long.MinValue).ShouldBe(UInt128.Zero);
        KeyPlaces.IsAfterAll(KeyOrder.Integer, KeyPlaces.Of(long.MaxValue)).ShouldBeFalse();
        KeyPlaces.IsAfterAll(KeyOrder.Integer, KeyPlaces.Of(long.MaxValue) + 1).ShouldBeTrue();
    }

    [Fact]
    public void The_sink_finds_the_place_of_what_has_one_and_none_for_what_has_not()
    {
        var sink = new KeyPlaceSink(KeyOrder.Integer);
        sink.Integer(7);
        sink.Place.ShouldBe(KeyPlaces.Of(7));
        sink.Text("7"u8);
        sink.Place.ShouldBeNull();
        sink.Uuid(new byte[16]);
        sink.Place.ShouldBeNull();
    }

    [Fact]
    public void Bounds_begin_and_end_with_the_keys_there_are_whatever_old_statistics_say()
    {
        KeyStep[] old = [new(1, 10), new(50, 10), new(60, 10), new(60, 10), new(900, 10)];
        KeySpread.Of(KeyOrder.Integer, 10, 100, old).Bounds.ShouldBe([10, 50, 60, 100]);
        KeySpread.Of(KeyOrder.Integer, 5, 5, old).Bounds.ShouldBe([5]);
        KeySpread.Of(KeyOrder.Integer, 5, 6, []).Bounds.ShouldBe([5, 6]);
    }

    [Fact]
    public void Many_small_steps_are_joined_into_few_equal_ones()
    {
        var steps = Enumerable.Range(1, 100_000).Select(i => new KeyStep((UInt128)i, 1));
        var bounds = KeySpread.Of(KeyOrder.Integer, 0, 100_001, steps).Bounds;
        bounds.Count.ShouldBe(202);
        bounds.Zip(bounds.Skip(1)).Take(200).ShouldAllBe(pair => pair.Second - pair.First == 500);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task The_spread_of_a_key_runs_from_its_smallest_to_its_largest_value(Provider engine)
    {
        await using var scratch = await TestEngine.For(engine).CreateDatabaseAsync();
        await scratch.ExecuteAsync("CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, other int)");
        (await SpreadAsync(scratch, "id")).ShouldNotBeNull().Bounds.ShouldBeEmpty();
        await scratch.ExecuteAsync("INSERT INTO t VALUES " + string.Join(", ", Enumerable.Range(-300, 900).Select(n => $"({n}, {n})")));
        if (engine == Provider.PostgreSql)
            await scratch.ExecuteAsync("ANALYZE t");
        var spread = (await SpreadAsync(scratch, "id")).ShouldNotBeNull();
        spread.Order.ShouldBe(KeyOrder.Integer);
        spread.Bounds[0].ShouldBe(KeyPlaces.Of(-300));
        spread.Bounds[^1].ShouldBe(KeyPlaces.Of(599));
        spread.Bounds.ShouldBe(spread.Bounds.Order().Distinct());
        if (engine == Provider.PostgreSql)
            spread.Bounds.Count.ShouldBeInRange(90, 110);
        (await SpreadAsync(scratch, "other")).ShouldBeNull();
    }

    [SkippableFact]
    public async Task UUIDs_frequent_values_and_partitions_of_PostgreSQL_are_spread_as_its_statistics_have_them()
    {
        await using var scratch = await TestEngine.For(Provider.PostgreSql).CreateDatabaseAsync();
        await scratch.ExecuteAsync("""
            CREATE TABLE "U"".x" (id uuid PRIMARY KEY); INSERT INTO "U"".x" SELECT md5(i::text)::uuid FROM generate_series(1, 3000) AS i; ANALYZE "U"".x";
            CREATE TABLE f (a int NOT NULL, b int NOT NULL, PRIMARY KEY (a, b)); INSERT INTO f SELECT CASE WHEN i < 2000 THEN 5 ELSE i END, i FROM generate_series(1, 3000) AS i; ANALYZE f;
            CREATE TABLE p (id int PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (500); CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (500) TO (1000);
            INSERT INTO p SELECT generate_series(0, 999); ANALYZE p; CREATE VIEW v AS SELECT id FROM p
            """);
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        var catalogue = await database.ReadCatalogueAsync(CancellationToken.None);
        var uuids = catalogue.Tables.Single(t => t.Name.Name == "U\".x");
        var spread = (await database.ReadKeySpreadAsync(uuids, uuids.Columns[0], CancellationToken.None)).ShouldNotBeNull();
        spread.Order.ShouldBe(KeyOrder.UuidBytes);
        spread.Bounds.Count.ShouldBeInRange(90, 110);
        var frequent = catalogue.Find("f")!;
        (await database.ReadKeySpreadAsync(frequent, frequent.Columns[0], CancellationToken.None)).ShouldNotBeNull().Bounds.ShouldContain(KeyPlaces.Of(5));
        (await database.ReadKeySpreadAsync(frequent, frequent.Columns[1], CancellationToken.None)).ShouldBeNull("b leads no index");
        var parent = catalogue.Find("p")!;
        (await database.ReadKeySpreadAsync(parent, parent.Columns[0], CancellationToken.None)).ShouldNotBeNull().Bounds.Count.ShouldBeGreaterThan(50);
        var view = catalogue.Find("v")!;
        (await database.ReadKeySpreadAsync(view, view.Columns[0], CancellationToken.None)).ShouldBeNull("a view has no index");
    }

    private static async Task<KeySpread?> SpreadAsync(ScratchDatabase scratch, string column)
    {
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        var table = await RowsOf.TableAsync(database, "t");
        return await database.ReadKeySpreadAsync(table, table.Find(column)!, CancellationToken.None);
    }

    private static UInt128 Place(Guid uuid, KeyOrder order)
    {
        var sink = new KeyPlaceSink(order);
        sink.Uuid(uuid.ToByteArray(bigEndian: true));
        return sink.Place!.Value;
    }
}

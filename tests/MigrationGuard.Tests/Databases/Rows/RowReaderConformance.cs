using System.Globalization;
using System.Text;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Databases.Rows;

/// <summary>What every engine's row reader promises, whatever its driver is like.</summary>
public sealed class RowReaderConformance
{
    private const int Megabyte = 1024 * 1024;

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Ranges_are_half_open_and_together_hold_every_row_once(Provider engine)
    {
        await using var scratch = await RowsOf.NumbersAsync(engine, 100);
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        var table = await RowsOf.TableAsync(database, "t");
        UInt128?[] bounds = [null, KeyPlaces.Of(-40), KeyPlaces.Of(0), KeyPlaces.Of(1), KeyPlaces.Of(30), KeyPlaces.Of(50), null];
        var seen = new List<string>();
        for (var i = 0; i + 1 < bounds.Length; i++)
        {
            var query = RowsOf.All(table) with { Range = new KeyRange(table.Columns[0], KeyOrder.Integer, bounds[i], bounds[i + 1]) };
            seen.AddRange((await RowsOf.ReadAsync(database, query)).Select(row => row[0]));
        }
        seen.ShouldBe(Enumerable.Range(-50, 100).Select(n => string.Create(CultureInfo.InvariantCulture, $"integer {n}")), ignoreOrder: true);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_range_that_begins_after_the_last_place_is_empty_and_one_that_ends_there_is_not(Provider engine)
    {
        await using var scratch = await RowsOf.NumbersAsync(engine, 10);
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        var table = await RowsOf.TableAsync(database, "t");
        var end = KeyPlaces.Of(long.MaxValue) + 1;
        var after = RowsOf.All(table) with { Range = new KeyRange(table.Columns[0], KeyOrder.Integer, end, null) };
        (await RowsOf.ReadAsync(database, after)).ShouldBeEmpty();
        var until = RowsOf.All(table) with { Range = new KeyRange(table.Columns[0], KeyOrder.Integer, KeyPlaces.Of(long.MinValue), end) };
        (await RowsOf.ReadAsync(database, until)).Count.ShouldBe(10);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_filter_holds_beside_a_range_although_it_says_or(Provider engine)
    {
        await using var scratch = await RowsOf.NumbersAsync(engine, 100);
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        var table = await RowsOf.TableAsync(database, "t");
        var query = RowsOf.All(table) with { Filter = "id = -50 OR id = 7", Range = new KeyRange(table.Columns[0], KeyOrder.Integer, KeyPlaces.Of(0), null) };
        (await RowsOf.ReadAsync(database, query)).ShouldHaveSingleItem()[0].ShouldBe("integer 7");
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Columns_come_in_any_order_and_as_often_as_they_are_asked_for(Provider engine)
    {
        await using var scratch = await TestEngine.For(engine).CreateDatabaseAsync();
        await scratch.ExecuteAsync($"CREATE TABLE t (a varchar(20), b {TextType(engine)}, c int, d {TextType(engine)}, e int)");
        await scratch.ExecuteAsync("INSERT INTO t VALUES ('one', 'two', 3, NULL, 5)");
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        var table = await RowsOf.TableAsync(database, "t");
        int[] order = [4, 1, 3, 0, 2, 2, 1, 4, 3, 0];
        var seen = new List<string>();
        await RowsOf.ConsumeAsync(
            database,
            RowsOf.All(table),
            reader =>
            {
                var sink = new RecordingSink();
                reader.Read().ShouldBeTrue();
                foreach (var ordinal in order)
                {
                    reader.Value(ordinal, sink);
                    seen.Add(sink.Last);
                }
                reader.Read().ShouldBeFalse();
                reader.Read().ShouldBeFalse();
            });
        string[] row = ["text one", "text two", "integer 3", "NULL", "integer 5"];
        seen.ShouldBe(order.Select(ordinal => row[ordinal]));
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task An_empty_table_has_no_rows_and_rows_without_any_value_are_rows(Provider engine)
    {
        await using var scratch = await TestEngine.For(engine).CreateDatabaseAsync();
        await scratch.ExecuteAsync("CREATE TABLE t (a varchar(20), b int)");
        (await RowsOf.ReadAsync(scratch, "t")).ShouldBeEmpty();
        await scratch.ExecuteAsync("INSERT INTO t VALUES (NULL, NULL), (NULL, NULL)");
        (await RowsOf.ReadAsync(scratch, "t")).ShouldBe([["NULL", "NULL"], ["NULL", "NULL"]]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_table_of_a_thousand_columns_is_read(Provider engine)
    {
        await using var scratch = await TestEngine.For(engine).CreateDatabaseAsync();
        await scratch.ExecuteAsync($"CREATE TABLE t ({string.Join(", ", Enumerable.Range(0, 1000).Select(i => $"c{i} int"))})");
        await scratch.ExecuteAsync($"INSERT INTO t VALUES ({string.Join(", ", Enumerable.Range(0, 1000))})");
        (await RowsOf.ReadAsync(scratch, "t")).ShouldHaveSingleItem().ShouldBe(Enumerable.Range(0, 1000).Select(i => string.Create(CultureInfo.InvariantCulture, $"integer {i}")));
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Values_of_a_few_hundred_kilobytes_come_in_parts_and_what_stands_around_them_whole(Provider engine)
    {
        await using var scratch = await TestEngine.For(engine).CreateDatabaseAsync();
        var (text, binary) = (TextType(engine), BinaryType(engine));
        await scratch.ExecuteAsync($"CREATE TABLE t (a {text}, b int, c {binary}, d {text}, e varchar(10))");
        int[] lengths = [0, 1, RowReader.LongestShort - 1, RowReader.LongestShort, RowReader.LongestShort + 1, 300_000];
        foreach (var length in lengths)
            await scratch.ExecuteAsync($"INSERT INTO t VALUES ({Repeat(engine, "pattern", length)}, {length}, {Bytes(engine, length)}, {Repeat(engine, "another", length)}, 'end')");
        var rows = await RowsOf.ReadAsync(scratch, "t");
        rows.OrderBy(row => int.Parse(row[1].Split(' ')[1], CultureInfo.InvariantCulture)).ShouldBe(lengths.Select(length => new[]
        {
            Text("pattern", length),
            string.Create(CultureInfo.InvariantCulture, $"integer {length}"),
            length > RowReader.LongestShort ? RecordingSink.LongValue(false, length, RecordingSink.Hash(Pattern("abcdefg", length))) : "binary " + Convert.ToHexString(Pattern("abcdefg", length)),
            Text("another", length),
            "text end",
        }));

        static string Text(string text, int length) => length > RowReader.LongestShort
            ? RecordingSink.LongValue(true, length, RecordingSink.Hash(Pattern(text, length)))
            : "text " + Encoding.ASCII.GetString(Pattern(text, length));

        static byte[] Pattern(string text, int length) => [.. Enumerable.Range(0, length).Select(i => (byte)text[i % text.Length])];
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Long_values_that_nobody_asks_for_are_passed_over_and_one_that_has_gone_by_is_an_error(Provider engine)
    {
        await using var scratch = await TestEngine.For(engine).CreateDatabaseAsync();
        await scratch.ExecuteAsync($"CREATE TABLE t (a {TextType(engine)}, b {TextType(engine)}, c int)");
        for (var i = 0; i < 3; i++)
            await scratch.ExecuteAsync($"INSERT INTO t VALUES ({Repeat(engine, "x", 200_000)}, {Repeat(engine, "y", 200_000)}, {i})");
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        var query = RowsOf.All(await RowsOf.TableAsync(database, "t"));
        var seen = new List<string>();
        await RowsOf.ConsumeAsync(
            database,
            query,
            reader =>
            {
                var sink = new RecordingSink();
                while (reader.Read())
                {
                    reader.Value(2, sink);
                    seen.Add(sink.Last);
                    reader.Value(1, sink);
                    if (engine != Provider.Sqlite)
                        Should.Throw<LongValueException>(() => reader.Value(0, new RecordingSink())).Message.ShouldContain("a value of a is longer");
                    reader.Value(2, sink);
                }
            });
        seen.ShouldBe(["integer 0", "integer 1", "integer 2"], ignoreOrder: true);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_value_of_256_megabytes_is_read_in_little_memory(Provider engine)
    {
        Skip.If(engine == Provider.SqlServer, "A value of 256 MB takes a server that speaks SQL Server's protocol longer to make than a test may.");
        await using var scratch = await TestEngine.For(engine).CreateDatabaseAsync();
        await scratch.ExecuteAsync($"CREATE TABLE t (a int, b {TextType(engine)})");
        await scratch.ExecuteAsync($"INSERT INTO t VALUES (1, {Repeat(engine, "x", 256 * Megabyte)})");
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        var query = RowsOf.All(await RowsOf.TableAsync(database, "t"));
        var (sink, allocated) = (new RecordingSink(), 0L);
        await RowsOf.ConsumeAsync(
            database,
            query,
            reader =>
            {
                // Rows are read on a thread of their own, so that what other tests allocate is not counted.
                var before = GC.GetAllocatedBytesForCurrentThread();
                reader.Read().ShouldBeTrue();
                reader.Value(1, sink);
                reader.Read().ShouldBeFalse();
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            });
        sink.Last.ShouldStartWith($"long text of {256 * Megabyte} bytes");
        allocated.ShouldBeLessThan(Megabyte);
    }

    private static string TextType(Provider engine) => engine == Provider.SqlServer ? "nvarchar(max)" : "text";

    private static string BinaryType(Provider engine) => engine switch { Provider.SqlServer => "varbinary(max)", Provider.PostgreSql => "bytea", _ => "blob" };

    // The text over and over, cut to the length: were a part lost, doubled or in another's place, it would show.
    private static string Repeat(Provider engine, string text, int length)
    {
        var times = (length / text.Length) + 1;
        return engine switch
        {
            Provider.SqlServer => $"LEFT(REPLICATE(CAST('{text}' AS nvarchar(max)), {times}), {length})",
            Provider.PostgreSql => $"left(repeat('{text}', {times}), {length})",
            _ => $"substr(replace(hex(zeroblob({times})), '00', '{text}'), 1, {length})",
        };
    }

    private static string Bytes(Provider engine, int length)
    {
        var times = (length / 7) + 1;
        return engine switch
        {
            Provider.SqlServer => $"CAST(LEFT(REPLICATE(CAST('abcdefg' AS varchar(max)), {times}), {length}) AS varbinary(max))",
            Provider.PostgreSql => $"convert_to({Repeat(engine, "abcdefg", length)}, 'UTF8')",
            _ => $"CAST({Repeat(engine, "abcdefg", length)} AS BLOB)",
        };
    }
}

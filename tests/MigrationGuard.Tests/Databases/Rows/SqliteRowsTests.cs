using System.Text;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Databases.Rows;

/// <summary>SQLite's values come out by what they are, and dates where a column declares them and the value is one.</summary>
public sealed class SqliteRowsTests
{
    [Fact]
    public Task Every_storage_class_comes_out_whatever_the_column_declares() => ShouldComeOutAsync(
        [
            ("INTEGER", "-9223372036854775808", "integer -9223372036854775808"),
            ("INTEGER", "'many'", "text many"),
            ("INTEGER", "1.5", "double 3FF8000000000000"),
            ("REAL", "0.1", "double 3FB999999999999A"),
            ("REAL", "-1e308", "double FFE1CCF385EBC8A0"),
            ("TEXT", "''", "text "),
            ("TEXT", "CAST(x'610062' AS TEXT)", "text a\0b"),
            ("TEXT", "'å😀' || char(13, 10) || ' '", "text å😀\r\n "),
            ("TEXT", "x'00FF'", "binary 00FF"),
            ("BLOB", "x''", "binary "),
            ("BLOB", "'text'", "text text"),
            ("", "1", "integer 1"),
            ("DECIMAL(10,2)", "1.25", "double 3FF4000000000000"),
            ("BOOLEAN", "1", "integer 1"),
        ]);

    [Fact]
    public Task Dates_come_out_where_they_are_declared_and_what_is_none_and_the_text_of_UUIDs_as_it_is() => ShouldComeOutAsync(
        [
            ("DATE", "'2024-02-29'", "moment 2024-02-29 of 1 day"),
            ("DATE", "'2024-02-30'", "text 2024-02-30"),
            ("DATETIME", "'2024-05-06 07:08:09.120'", "moment 2024-05-06T07:08:09.120 of 1 ms"),
            ("DATETIME", "'2024-05-06T07:08+02:00'", "moment 2024-05-06T05:08:00Z of 1 s"),
            ("DATETIME", "'2024-05-06 07:08:09.1234567'", "moment 2024-05-06T07:08:09.1234567 of 100 ns"),
            ("DATETIME", "'2024-05-06 07:08:09.12345678'", "text 2024-05-06 07:08:09.12345678"),
            ("DATETIME", "1715000000", "moment 2024-05-06T12:53:20Z of 1 s"),
            ("DATETIME", "2460436.5", "moment 2024-05-06T00:00:00.000Z of 1 ms"),
            ("DATETIME", "9223372036854775807", "integer 9223372036854775807"),
            ("DATETIME", "'" + new string('x', 65) + "'", "text " + new string('x', 65)),
            ("TEXT", "'2024-02-29'", "text 2024-02-29"),
            ("UUID", "'00112233-4455-6677-8899-AABBCCDDEEFF'", "text 00112233-4455-6677-8899-AABBCCDDEEFF"),
            ("UUID", "char(9) || '00112233-4455-6677-8899-AABBCCDDEEFF'", "text \t00112233-4455-6677-8899-AABBCCDDEEFF"),
            ("UUID", "'(00112233-4455-6677-8899-AABBCCDDEEFF)'", "text (00112233-4455-6677-8899-AABBCCDDEEFF)"),
            ("UUID", "'00112233-4455-6677-8899-AABBCCDDEEF'", "text 00112233-4455-6677-8899-AABBCCDDEEF"),
            ("UUID", "x'00112233445566778899AABBCCDDEEFF'", "binary 00112233445566778899AABBCCDDEEFF"),
        ]);

    [Fact]
    public async Task A_whole_number_counts_milliseconds_where_the_options_say_so()
    {
        await using var scratch = await TestEngine.For(Provider.Sqlite).CreateDatabaseAsync();
        await scratch.ExecuteAsync("CREATE TABLE t (v DATETIME); INSERT INTO t VALUES (1715000000123)");
        var options = scratch.Options;
        options.IntegerTimestamps = IntegerTimestamps.UnixMilliseconds;
        using var database = new Database("d", options, TimeProvider.System);
        (await RowsOf.ReadAsync(database, RowsOf.All(await RowsOf.TableAsync(database, "t")))).ShouldHaveSingleItem().ShouldBe(["moment 2024-05-06T12:53:20.123Z of 1 ms"]);
    }

    [Fact]
    public async Task Text_of_a_database_in_UTF_16_comes_out_as_UTF_8_as_often_as_it_is_asked_for()
    {
        await using var scratch = await TestEngine.For(Provider.Sqlite).CreateDatabaseAsync();
        var connectionString = scratch.ConnectionString.Replace(".db", ".utf16.db", StringComparison.Ordinal);
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection(connectionString + ";Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA encoding = 'UTF-16le'; CREATE TABLE t (v TEXT); INSERT INTO t VALUES ('å😀' || char(0) || 'b')";
            await command.ExecuteNonQueryAsync();
        }
        using var database = new Database("d", new DatabaseOptions { Provider = Provider.Sqlite, ConnectionString = connectionString }, TimeProvider.System);
        var column = (await RowsOf.TableAsync(database, "t")).Columns[0];
        var query = new RowQuery(await RowsOf.TableAsync(database, "t"), [new RowColumn(column)]);
        var seen = new List<string>();
        await database.ReadAsync(
            async (session, token) =>
            {
                await session.ReadRowsAsync(
                    query,
                    reader =>
                    {
                        var sink = new RecordingSink();
                        reader.Read().ShouldBeTrue();
                        for (var i = 0; i < 3; i++)
                        {
                            reader.Value(0, sink);
                            seen.Add(sink.Last);
                        }
                    },
                    token);
                return 0;
            },
            CancellationToken.None);
        seen.ShouldAllBe(value => value == "text å😀\0b");
    }

    [Fact]
    public async Task Text_that_is_no_UTF_8_comes_as_it_is_stored()
    {
        await using var scratch = await TestEngine.For(Provider.Sqlite).CreateDatabaseAsync();
        await scratch.ExecuteAsync("CREATE TABLE t (v TEXT); INSERT INTO t VALUES (CAST(x'61FF62' AS TEXT))");
        (await RowsOf.ReadAsync(scratch, "t")).ShouldHaveSingleItem().ShouldBe(["text " + Encoding.UTF8.GetString([0x61, 0xFF, 0x62])]);
    }

    [Theory]
    [InlineData("INTEGER PRIMARY KEY", KeyOrder.Integer)]
    [InlineData("integer PRIMARY KEY NOT NULL", KeyOrder.Integer)]
    [InlineData("INT PRIMARY KEY", KeyOrder.None)]
    [InlineData("TEXT PRIMARY KEY", KeyOrder.None)]
    [InlineData("INTEGER UNIQUE", KeyOrder.None)]
    public async Task Only_a_column_that_is_the_rowid_has_an_order(string definition, KeyOrder order)
    {
        await using var scratch = await TestEngine.For(Provider.Sqlite).CreateDatabaseAsync();
        await scratch.ExecuteAsync($"CREATE TABLE t (k {definition})");
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        var table = await RowsOf.TableAsync(database, "t");
        database.Dialect.OrderOf(table, table.Columns[0]).ShouldBe(order);
    }

    private static async Task ShouldComeOutAsync((string Type, string Written, string Read)[] values)
    {
        await using var scratch = await TestEngine.For(Provider.Sqlite).CreateDatabaseAsync();
        var columns = string.Join(", ", values.Select((value, i) => $"c{i} {value.Type}"));
        var written = string.Join(", ", values.Select(value => value.Written));
        await scratch.ExecuteAsync($"CREATE TABLE t ({columns}); INSERT INTO t VALUES ({written}); INSERT INTO t (c0) VALUES (NULL)");
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        var table = await RowsOf.TableAsync(database, "t");
        var rows = await RowsOf.ReadAsync(database, new RowQuery(table, [.. table.Columns.Select(column => new RowColumn(column))]));
        rows.Count.ShouldBe(2);
        rows[0].ShouldBe(values.Select(value => value.Read));
        rows[1].ShouldAllBe(value => value == "NULL");
    }
}

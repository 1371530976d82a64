using MigrationGuard.Databases;
using MigrationGuard.Databases.PostgreSql;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Tests.Servers;
using Npgsql;

namespace MigrationGuard.Tests.Databases.Rows;

/// <summary>Every type's limits come out of PostgreSQL's binary format as they were written.</summary>
public sealed class PostgreSqlRowsTests
{
    [SkippableFact]
    public Task Every_value_comes_out_as_it_was_written() => ShouldComeOutAsync(
        [
            ("smallint", "-32768", "integer -32768"),
            ("smallint", "32767", "integer 32767"),
            ("integer", "-2147483648", "integer -2147483648"),
            ("bigint", "-9223372036854775808", "integer -9223372036854775808"),
            ("bigint", "9223372036854775807", "integer 9223372036854775807"),
            ("oid", "4294967295", "integer 4294967295"),
            ("boolean", "true", "true"),
            ("boolean", "false", "false"),
            ("real", "0.1", "single 3DCCCCCD"),
            ("real", "-0", "single 80000000"),
            ("double precision", "0.1", "double 3FB999999999999A"),
            ("double precision", "-0", "double 8000000000000000"),
            ("double precision", "NaN", "double 7FF8000000000000"),
            ("double precision", "-Infinity", "double FFF0000000000000"),
            ("money", "-92233720368547758.08", "decimal -9223372036854775808/2"),
            ("text", "", "text "),
            ("text", "\u00e5\U0001F600\r\n ", "text \u00e5\U0001F600\r\n "),
            ("varchar(10)", "a ", "text a "),
            ("char(5)", "a", "text a    "),
            ("uuid", "00112233-4455-6677-8899-aabbccddeeff", "uuid 00112233445566778899AABBCCDDEEFF"),
            ("bytea", "\\x", "binary "),
            ("bytea", "\\x00ff0a", "binary 00FF0A"),
            ("json", " {\"b\" : 1, \"a\":2}", "text  {\"b\" : 1, \"a\":2}"),
            ("jsonb", " {\"b\" : 1, \"a\":2}", "text {\"a\": 2, \"b\": 1}"),
            ("xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>\u00e5</a>", "text <?xml version=\"1.0\" encoding=\"UTF-8\"?><a>\u00e5</a>"),
            ("name", "pg", "text pg"),
            ("interval", "1 year 2 days 03:04:05.000006", "text 1 year 2 days 03:04:05.000006"),
            ("integer[]", "{1,NULL,3}", "text {1,NULL,3}"),
            ("inet", "10.0.0.0/8", "text 10.0.0.0/8"),
            ("timetz", "10:00:00+01", "text 10:00:00+01"),
            ("tstzrange", "[2024-01-01 00:00+01,)", "text [\"2023-12-31 23:00:00+00\",)"),
        ]);

    [SkippableFact]
    public Task Every_moment_comes_out_in_its_columns_units() => ShouldComeOutAsync(
        [
            ("date", "2024-02-29", "moment 2024-02-29 of 1 day"),
            ("date", "0001-01-01", "moment 0001-01-01 of 1 day"),
            ("date", "0044-03-15 BC", "moment -15998 units of 1 day since 0001-01-01 of 1 day"),
            ("date", "infinity", "moment 9223372036854775807 units of 1 µs since 0001-01-01 of 1 µs"),
            ("time", "24:00", "time 1.00:00:00"),
            ("time", "23:59:59.999999", "time 23:59:59.9999990"),
            ("timestamp", "1999-12-31 23:59:59.999999", "moment 1999-12-31T23:59:59.999999 of 1 µs"),
            ("timestamp(0)", "2024-05-06 07:08:09", "moment 2024-05-06T07:08:09 of 1 s"),
            ("timestamp(3)", "2024-05-06 07:08:09.123", "moment 2024-05-06T07:08:09.123 of 1 ms"),
            ("timestamptz", "2024-05-06 07:08:09.123456+02", "moment 2024-05-06T05:08:09.123456Z of 1 µs"),
            ("timestamptz", "-infinity", "moment -9223372036854775808 units of 1 µs since 0001-01-01 of 1 µs"),
            ("timestamp", "9999-12-31 23:59:59.999999", "moment 9999-12-31T23:59:59.999999 of 1 µs"),
            ("timestamp", "10000-01-01", "moment 315537897600000000 units of 1 µs since 0001-01-01 of 1 µs"),
            ("timestamp", "294276-12-31 23:59:59.999999", "text 9223371331199999999 microseconds after 2000-01-01"),
        ]);

    [SkippableFact]
    public Task Numbers_of_any_length_come_out_exactly() => ShouldComeOutAsync(
        [
            ("numeric", "0", "decimal 0/0"),
            ("numeric", "0.00", "decimal 0/2"),
            ("numeric", "1", "decimal 1/0"),
            ("numeric", "-1.50", "decimal -150/2"),
            ("numeric", "10000", "decimal 10000/0"),
            ("numeric", "0.00001", "decimal 1/5"),
            ("numeric", "0.000000001", "decimal 1/9"),
            ("numeric", "1234567890123456.78", "decimal 123456789012345678/2"),
            ("numeric", "12345678901234567890.123456789", "decimal 12345678901234567890123456789/9"),
            ("numeric", "99999999999999999999999999999999999999", "decimal 99999999999999999999999999999999999999/0"),
            ("numeric", "-99999999999999999999999999999999999999", "decimal -99999999999999999999999999999999999999/0"),
            ("numeric", "0.99999999999999999999999999999999999999", "decimal 99999999999999999999999999999999999999/38"),
            ("numeric", "9.9999999999999999999999999999999999999", "decimal 99999999999999999999999999999999999999/37"),
            ("numeric", "100000000000000000000000000000000000000", "big 100000000000000000000000000000000000000/0"),
            ("numeric", "0.500000000000000000000000000000000000000000", "decimal 5/1"),
            ("numeric", "0.000000000000000000000000000000000000001", "big 1/39"),
            ("numeric", "1e50", "big 100000000000000000000000000000000000000000000000000/0"),
            ("numeric", "NaN", "double FFF8000000000000"),
            ("numeric", "Infinity", "double 7FF0000000000000"),
            ("numeric", "-Infinity", "double FFF0000000000000"),
        ]);

    [SkippableFact]
    public async Task A_domain_and_an_enumeration_come_out_as_the_type_they_stand_for()
    {
        await using var scratch = await TestEngine.For(Provider.PostgreSql).CreateDatabaseAsync();
        await scratch.ExecuteAsync("""
            CREATE DOMAIN fee AS money; CREATE DOMAIN number AS oid; CREATE DOMAIN short AS smallint; CREATE DOMAIN document AS jsonb;
            CREATE TYPE mood AS ENUM ('sad', 'glad');
            CREATE TABLE t (a fee, b number, c short, d document, e mood);
            INSERT INTO t VALUES (1.5, 4294967295, -1, '{}', 'glad')
            """);
        (await RowsOf.ReadAsync(scratch, "t")).ShouldHaveSingleItem()
            .ShouldBe(["decimal 150/2", "integer 4294967295", "integer -1", "text {}", "text glad"]);
    }

    [SkippableFact]
    public async Task A_server_that_sends_other_columns_than_were_asked_for_is_no_broken_connection()
    {
        await using var scratch = await TestEngine.For(Provider.PostgreSql).CreateDatabaseAsync();
        await scratch.ExecuteAsync("CREATE TABLE t (a int, b int); INSERT INTO t VALUES (1, 2)");
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        var both = RowsOf.All(await RowsOf.TableAsync(database, "t"));
        var one = both with { Columns = [both.Columns[0]] };
        (await ReadAsync(database, "SELECT a FROM t", one)).ShouldBe(1);
        var failure = await Should.ThrowAsync<DatabaseException>(() => ReadAsync(database, "SELECT a, b FROM t", one));
        failure.Problem.ShouldBe("the server sent a row of another number of columns than was asked for.");
        failure.Remedy.ShouldContain("without a proxy");
    }

    // How many rows a statement brings that is sent in the place of a query's own.
    private static Task<int> ReadAsync(Database database, string select, RowQuery query) => database.ReadAsync(
        async (session, token) =>
        {
            var rows = new PostgreSqlRows(
                await ((NpgsqlConnection)session.Connection).BeginRawBinaryCopyAsync($"COPY ({select}) TO STDOUT (FORMAT binary)", token), ColumnOrder.AsAsked(query));
            try
            {
                var count = 0;
                while (rows.Read())
                    count++;
                return count;
            }
            finally
            {
                rows.Close();
            }
        },
        CancellationToken.None);

    // One table for all of them: a database for each would take longer than everything else here.
    private static async Task ShouldComeOutAsync((string Type, string Written, string Read)[] values)
    {
        await using var scratch = await TestEngine.For(Provider.PostgreSql).CreateDatabaseAsync();
        var columns = string.Join(", ", values.Select((value, i) => $"c{i} {value.Type}"));
        var written = string.Join(", ", values.Select(value => $"'{value.Written}'"));
        await scratch.ExecuteAsync($"CREATE TABLE t ({columns}); INSERT INTO t VALUES ({written}); INSERT INTO t (c0) VALUES (NULL)");
        var rows = await RowsOf.ReadAsync(scratch, "t");
        rows.Count.ShouldBe(2);
        rows[0].ShouldBe(values.Select(value => value.Read));
        rows[1].ShouldAllBe(value => value == "NULL");
    }
}

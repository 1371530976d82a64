using MigrationGuard.Databases;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Databases.Rows;

/// <summary>Every type's limits come out of SQL Server's protocol as they were written.</summary>
public sealed class SqlServerRowsTests
{
    [SkippableFact]
    public Task Every_value_comes_out_as_it_was_written() => ShouldComeOutAsync(
        [
            ("tinyint", "255", "integer 255"),
            ("smallint", "-32768", "integer -32768"),
            ("int", "-2147483648", "integer -2147483648"),
            ("bigint", "9223372036854775807", "integer 9223372036854775807"),
            ("bit", "1", "true"),
            ("real", "CAST('0.1' AS real)", "single 3DCCCCCD"),
            ("float", "CAST('0.1' AS float)", "double 3FB999999999999A"),
            ("decimal(38,0)", "CAST('-99999999999999999999999999999999999999' AS decimal(38,0))", "decimal -99999999999999999999999999999999999999/0"),
            ("decimal(18,2)", "CAST('-1.50' AS decimal(18,2))", "decimal -150/2"),
            ("money", "CAST('-922337203685477.5808' AS money)", "decimal -9223372036854775808/4"),
            ("smallmoney", "CAST('214748.3647' AS smallmoney)", "decimal 2147483647/4"),
            ("nvarchar(20)", "N'å😀 '", "text å😀 "),
            ("nvarchar(max)", "N''", "text "),
            ("nvarchar(max)", "N'å😀' + NCHAR(13) + NCHAR(10)", "text å😀\r\n"),
            ("varchar(10)", "'a '", "text a "),
            ("char(5)", "'a'", "text a    "),
            ("uniqueidentifier", "'00112233-4455-6677-8899-AABBCCDDEEFF'", "uuid 00112233445566778899AABBCCDDEEFF"),
            ("varbinary(10)", "0x00FF0A", "binary 00FF0A"),
            ("varbinary(max)", "0x", "binary "),
            ("ntext", "N'å'", "text å"),
            ("image", "0x0102", "binary 0102"),
        ]);

    [SkippableFact]
    public Task Every_moment_comes_out_in_its_columns_units() => ShouldComeOutAsync(
        [
            ("date", "CAST('0001-01-01' AS date)", "moment 0001-01-01 of 1 day"),
            ("time(6)", "CAST('23:59:59.999999' AS time(6))", "time 23:59:59.9999990"),
            ("datetime", "CAST('2024-05-06 07:08:09.003' AS datetime)", "moment 2024-05-06T07:08:09.0033333 of 1/300 s"),
            ("smalldatetime", "CAST('2024-05-06 07:08' AS smalldatetime)", "moment 2024-05-06T07:08:00 of 1 minute"),
            ("datetime2(0)", "CAST('9999-12-31 23:59:59' AS datetime2(0))", "moment 9999-12-31T23:59:59 of 1 s"),
            ("datetime2(6)", "CAST('2024-05-06 07:08:09.123456' AS datetime2(6))", "moment 2024-05-06T07:08:09.123456 of 1 µs"),
            ("datetimeoffset(6)", "CAST('2024-05-06 07:08:09.123456 -03:30' AS datetimeoffset(6))", "moment 2024-05-06T10:38:09.123456Z of 1 µs at -210"),
        ]);

    private static async Task ShouldComeOutAsync((string Type, string Written, string Read)[] values)
    {
        await using var scratch = await TestEngine.For(Provider.SqlServer).CreateDatabaseAsync();
        var columns = string.Join(", ", values.Select((value, i) => $"c{i} {value.Type}"));
        await scratch.ExecuteAsync($"CREATE TABLE t ({columns})");
        await scratch.ExecuteAsync($"INSERT INTO t VALUES ({string.Join(", ", values.Select(value => value.Written))})");
        await scratch.ExecuteAsync("INSERT INTO t (c0) VALUES (NULL)");
        var rows = await RowsOf.ReadAsync(scratch, "t");
        rows.Count.ShouldBe(2);
        rows[0].ShouldBe(values.Select(value => value.Read));
        rows[1].ShouldAllBe(value => value == "NULL");
    }
}

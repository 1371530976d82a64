using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Tests.Ledger;

/// <summary>Somebody with every right on the database changes a bit, removes a row or swaps two, anywhere: every one is found.</summary>
/// <remarks>
/// Each change is made, verified and taken back, on one file. How many are made is <c>MIGRATIONGUARD_TEST_TAMPERINGS</c>; by default a
/// thousand.
/// </remarks>
public sealed class RandomTamperingTests
{
    private const string Variable = "MIGRATIONGUARD_TEST_TAMPERINGS";
    private const int Default = 1000;

    // A table, the columns that tell its rows apart, and those whose every bit counts.
    private static readonly (string Table, string[] Key, string[] Columns)[] Targets =
    [
        ("ledger_entry", ["seq"], ["line", "hash", "seq"]),
        ("ledger_payload", ["seq"], ["kind", "salt", "payload", "seq"]),
        ("run", ["id"], ["document", "id", "started_seq", "finished_seq"]),
        ("run_result", ["run_id", "ordinal", "part"], ["document", "run_id"]),
    ];

    [Fact]
    public async Task Every_random_change_is_found()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : Default;
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        await using var ledger = await FilledAsync();
        await Triggers.RemoveAsync(ledger.Database);
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(ledger.Database.ConnectionString) { Pooling = false, ForeignKeys = false }.ConnectionString);
        await connection.OpenAsync();
        (await ledger.Store.VerifyAsync(CancellationToken.None)).Problems.ShouldBeEmpty();
        for (var i = 0; i < count; i++)
        {
            var (what, undo) = await TamperAsync(connection, random);
            var report = await ledger.Store.VerifyAsync(CancellationToken.None);
            report.Holds.ShouldBeFalse($"change {i} of seed {seed}: {what}");
            foreach (var statement in undo)
                await ExecuteAsync(connection, statement.Sql, statement.Values);
        }
        (await ledger.Store.VerifyAsync(CancellationToken.None)).Problems.ShouldBeEmpty($"seed {seed}");
    }

    private static Task<(string What, IReadOnlyList<(string Sql, object[] Values)> Undo)> TamperAsync(SqliteConnection connection, Random random)
    {
        var target = Targets[random.Next(Targets.Length)];
        return random.Next(10) switch
        {
            < 7 => FlipAsync(connection, random, target),
            < 9 => RemoveAsync(connection, random, target),
            _ => SwapAsync(connection, random),
        };
    }

    private static async Task<(string, IReadOnlyList<(string, object[])>)> FlipAsync(SqliteConnection connection, Random random, (string Table, string[] Key, string[] Columns) target)
    {
        while (true)
        {
            var column = target.Columns[random.Next(target.Columns.Length)];
            var row = await RowAsync(connection, random, target.Table);
            var (before, after) = (row[column], Flipped(row[column], random));
            if (after is null || (column == "seq" && Convert.ToInt64(after, CultureInfo.InvariantCulture) <= 0))
                continue;
            var rowid = Where(target, row);
            try
            {
                await ExecuteAsync(connection, $"UPDATE {target.Table} SET {column} = @p0 WHERE {rowid.Sql}", [after, .. rowid.Values]);
            }
            catch (SqliteException e) when (e.SqliteErrorCode == 19)
            {
                // Two rows of one key: the table itself refuses it.
                continue;
            }
            var changed = new Dictionary<string, object>(row) { [column] = after };
            var back = Where(target, changed);
            return ($"a bit of {target.Table}.{column} of {rowid.Sql} {string.Join(", ", rowid.Values)}", [($"UPDATE {target.Table} SET {column} = @p0 WHERE {back.Sql}", [before, .. back.Values])]);
        }
    }

    private static async Task<(string, IReadOnlyList<(string, object[])>)> RemoveAsync(SqliteConnection connection, Random random, (string Table, string[] Key, string[] Columns) target)
    {
        var row = await RowAsync(connection, random, target.Table);
        var where = Where(target, row);
        await ExecuteAsync(connection, $"DELETE FROM {target.Table} WHERE {where.Sql}", [DBNull.Value, .. where.Values]);
        var columns = row.Keys.ToList();
        return ($"{target.Table} without {string.Join(", ", where.Values)}",
            [($"INSERT INTO {target.Table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})", [.. columns.Select(column => row[column])])]);
    }

    // The content of two rows, so that each stands where the other did.
    private static async Task<(string, IReadOnlyList<(string, object[])>)> SwapAsync(SqliteConnection connection, Random random)
    {
        var (table, columns) = random.Next(3) switch
        {
            0 => ("ledger_entry", "line = x.line, hash = x.hash"),
            1 => ("ledger_payload", "salt = x.salt, payload = x.payload"),
            _ => ("ledger_entry", "line = x.line"),
        };
        var (first, second) = (await RowAsync(connection, random, table), await RowAsync(connection, random, table));
        while (Equals(first["seq"], second["seq"]))
            second = await RowAsync(connection, random, table);
        // Both read what was there before, as an UPDATE … FROM does.
        var sql = $"UPDATE {table} SET {columns} FROM (SELECT * FROM {table}) x WHERE ({table}.seq = @p0 AND x.seq = @p1) OR ({table}.seq = @p1 AND x.seq = @p0)";
        await ExecuteAsync(connection, sql, [first["seq"], second["seq"]]);
        return ($"{table} {first["seq"]} and {second["seq"]} swapped", [(sql, [first["seq"], second["seq"]])]);
    }

    private static object? Flipped(object value, Random random)
    {
        switch (value)
        {
            case long number:
                return number ^ (1L << random.Next(8));
            case byte[] { Length: > 0 } bytes:
                var flipped = bytes.ToArray();
                flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
                return flipped;
            case string { Length: > 0 } text:
                var at = random.Next(text.Length);
                var changed = (char)(text[at] ^ (1 << random.Next(7)));
                // A text ends at a character of no width, to SQLite, and half a surrogate is none.
                return changed == 0 || char.IsSurrogate(text[at]) ? null : string.Concat(text.AsSpan(0, at), changed.ToString(), text.AsSpan(at + 1));
            default:
                return null;
        }
    }

    private static async Task<Dictionary<string, object>> RowAsync(SqliteConnection connection, Random random, string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM {table}";
        var count = (long)(await command.ExecuteScalarAsync())!;
        command.CommandText = $"SELECT * FROM {table} LIMIT 1 OFFSET {random.NextInt64(count)}";
        await using var reader = await command.ExecuteReaderAsync();
        (await reader.ReadAsync()).ShouldBeTrue();
        return Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, reader.GetValue);
    }

    private static (string Sql, object[] Values) Where((string Table, string[] Key, string[] Columns) target, Dictionary<string, object> row) =>
        (string.Join(" AND ", target.Key.Select((column, i) => $"{column} = @p{i + 1}")), [.. target.Key.Select(column => row[column])]);

    private static async Task ExecuteAsync(DbConnection connection, string sql, object[] values)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"@p{i}", values[i]);
            command.Parameters.Add(parameter);
        }
        (await command.ExecuteNonQueryAsync()).ShouldBeGreaterThan(0, sql);
    }

    private static async Task<TestLedger> FilledAsync()
    {
        var ledger = await TestLedger.CreateAsync(Provider.Sqlite);
        var mismatch = new CheckOutcome.Mismatch([new Finding(FindingKinds.MissingInTarget, 3, Source: new Scalar(1000), Target: new Scalar(997))]);
        await ledger.Store.RecordConfigurationAsync("{\"n\":1}", TestLedger.Engineer, CancellationToken.None);
        await ledger.RunAsync(TestLedger.Result("account"), TestLedger.Result("contact", mismatch));
        await ledger.Store.RecordConfigurationAsync("{\"n\":2}", TestLedger.Engineer, CancellationToken.None);
        await ledger.RunAsync(TestLedger.Result("account"), TestLedger.Result("contact"));
        await ledger.Store.BeginRunAsync(TestLedger.Header(), TestLedger.Engineer, CancellationToken.None);
        await ledger.Store.EraseAsync(2, "Not needed.", TestLedger.Engineer, CancellationToken.None);
        await ledger.Store.RecordConfigurationAsync("{\"n\":3}", TestLedger.Engineer, CancellationToken.None);
        return ledger;
    }
}

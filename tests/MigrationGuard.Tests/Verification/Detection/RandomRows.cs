using System.Globalization;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Verification.Detection;

/// <summary>Rows of every kind of column, and the same rows with one cell of each changed.</summary>
internal sealed class RandomRows
{
    private const int PerStatement = 100;

    private readonly List<object?[]> _rows = [];
    private readonly List<object?[]> _changed = [];
    private readonly List<string> _expected = [];

    /// <param name="random">Of a seed that a failing test names.</param>
    public RandomRows(Random random, int count)
    {
        for (var id = 0; id < count; id++)
        {
            // The least change of a key leads to no other row's.
            object?[] row = [id * 10L, .. ColumnKind.All.Select(kind => random.Next(8) == 0 ? null : kind.Value(random))];
            _rows.Add(row);
            _changed.Add(Change(random, row));
        }
    }

    /// <summary>What has to be found, a line for each row that one side has otherwise or not at all.</summary>
    public IReadOnlyList<string> Expected => _expected;

    /// <summary>Makes a table of the rows as they are.</summary>
    public Task WriteAsync(ScratchDatabase database, string table) => WriteAsync(database, table, _rows);

    /// <summary>Makes a table of the rows with their changes.</summary>
    public Task WriteChangedAsync(ScratchDatabase database, string table) => WriteAsync(database, table, _changed);

    private object?[] Change(Random random, object?[] row)
    {
        var changed = (object?[])row.Clone();
        var cell = random.Next(row.Length);
        var key = (long)row[0]!;
        if (cell == 0)
        {
            changed[0] = key + 1;
            _expected.Add(Line(FindingKinds.MissingInTarget, key, ""));
            _expected.Add(Line(FindingKinds.ExtraInTarget, key + 1, ""));
            return changed;
        }
        var kind = ColumnKind.All[cell - 1];
        while (IsSame(changed[cell], row[cell]))
            changed[cell] = row[cell] is not { } value ? kind.Value(random) : random.Next(8) == 0 ? null : kind.Change(random, value is byte[] bytes ? bytes.ToArray() : value);
        _expected.Add(Line(FindingKinds.Changed, key, kind.Name));
        return changed;
    }

    /// <summary>A line of what is to be found, or was.</summary>
    public static string Line(string kind, object? key, string columns) => string.Create(CultureInfo.InvariantCulture, $"{kind} {key} {columns}");

    private static bool IsSame(object? one, object? other) => one is byte[] bytes ? other is byte[] others && bytes.AsSpan().SequenceEqual(others) : Equals(one, other);

    private static async Task WriteAsync(ScratchDatabase database, string table, List<object?[]> rows)
    {
        var provider = database.Provider;
        string[] types = ["bigint", .. ColumnKind.All.Select(kind => kind.Type(provider))];
        await database.ExecuteAsync($"CREATE TABLE {table} (id {IdType(provider)} NOT NULL PRIMARY KEY, {string.Join(", ", ColumnKind.All.Select((kind, i) => $"{kind.Name} {types[i + 1]} NULL"))})");
        await using var connection = database.Connect();
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var some in rows.Chunk(PerStatement))
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            var values = some.Select((row, i) => "(" + string.Join(", ", row.Select((cell, j) =>
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{i}_{j}");
                parameter.Value = (cell is null ? null : j > 0 && ColumnKind.All[j - 1].Given is { } given ? given(provider, cell) : cell) ?? DBNull.Value;
                command.Parameters.Add(parameter);
                return provider == Provider.Sqlite ? parameter.ParameterName : $"CAST({parameter.ParameterName} AS {types[j]})";
            })) + ")");
            command.CommandText = $"INSERT INTO {table} VALUES {string.Join(", ", values)}";
            await command.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
    }

    private static string IdType(Provider provider) => provider == Provider.Sqlite ? "INTEGER" : "bigint";
}

using System.Globalization;
using Npgsql;

namespace MigrationGuard.Benchmarks;

/// <summary>Two databases of one server with the same content, dropped at the end.</summary>
internal sealed class BenchmarkDatabases : IAsyncDisposable
{
    private readonly string _server;
    private readonly string[] _names;

    private BenchmarkDatabases(string server, string[] names)
    {
        (_server, _names) = (server, names);
        (Old, New) = (In(server, names[0]), In(server, names[1]));
    }

    /// <summary>The source's connection string.</summary>
    public string Old { get; }

    /// <summary>The target's connection string.</summary>
    public string New { get; }

    public static async Task<BenchmarkDatabases> CreateAsync(string server, IReadOnlyList<string> statements)
    {
        // Two pairs may be there at once.
        var pair = Guid.NewGuid().ToString("N")[..8];
        string[] names = [$"mgbench_old_{pair}", $"mgbench_new_{pair}"];
        foreach (var name in names)
        {
            await ExecuteAsync(server, [$"CREATE DATABASE {name} TEMPLATE template0"]);
            await ExecuteAsync(In(server, name), statements);
        }
        return new BenchmarkDatabases(server, names);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync(_server, [.. _names.Select(name => $"DROP DATABASE IF EXISTS {name} WITH (FORCE)")]);
    }

    private static string In(string server, string name) => new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;

    private static async Task ExecuteAsync(string connectionString, IReadOnlyList<string> statements)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync();
        }
    }
}

/// <summary>Figures of a benchmark.</summary>
internal static class Figures
{
    public static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToList();
        var middle = ordered.Count / 2;
        return ordered.Count % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
    }

    public static string Listed(IEnumerable<double> values) =>
        string.Join(" ", values.Select(value => value.ToString("0.000", CultureInfo.InvariantCulture)));
}

using System.Diagnostics;
using System.Globalization;
using MigrationGuard.Verification;
using Npgsql;

namespace MigrationGuard.Benchmarks;

/// <summary>Hundreds of small tables, against the same statements sent bare.</summary>
/// <remarks>
/// Method: two databases hold the same small tables. Five rounds, in each of which the floor and the product run one after the
/// other. The floor sends the statements that the product sends for the tables, both sides at once, with as many connections as
/// the product may use, and reads their rows: the databases' own time. The product is a whole run, catalogues, plan and durable
/// ledger included. The figure is what the product takes beyond the floor.
/// </remarks>
internal static class SmallTables
{
    private const int Rounds = 5;
    private const int Connections = 4;

    public static async Task RunAsync(string server, int tables)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Making two databases of {tables} tables …"));
        await using var databases = await BenchmarkDatabases.CreateAsync(server, [.. Enumerable.Range(1, tables).Select(CreateTable)]);
        await using var product = await Product.CreateAsync(databases, Enumerable.Range(1, tables).ToDictionary(
            table => Name(table),
            table => new EntityOptions { Source = Name(table), Key = ["id"], CreatedOn = "created_on", ModifiedOn = "modified_on", BreakdownBy = [new(["state"])] }));
        await FloorAsync(databases, tables);
        await product.RunAsync();
        var (floors, runs) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            floors.Add(await FloorAsync(databases, tables));
            runs.Add(await product.RunAsync());
        }
        Console.WriteLine($"floor   (s): {Figures.Listed(floors)}");
        Console.WriteLine($"product (s): {Figures.Listed(runs)}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"beyond the databases' own time: {Figures.Median(runs) - Figures.Median(floors):0.000} s (at most 2)"));
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak memory of this process: {process.PeakWorkingSet64 / 1048576.0:0} MB (under 200)"));
    }

    private static string Name(int table) => string.Create(CultureInfo.InvariantCulture, $"entity_{table:000}");

    private static string CreateTable(int table) => $"""
        CREATE TABLE {Name(table)} AS
        SELECT i AS id, i % 3 AS state, timestamp '2025-01-01' + i * interval '1 hour' AS created_on, timestamp '2025-06-01' + i * interval '1 hour' AS modified_on
        FROM generate_series(1, 50) AS i
        """;

    private static async Task<double> FloorAsync(BenchmarkDatabases databases, int tables)
    {
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(SideAsync(databases.Old, tables), SideAsync(databases.New, tables));
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static Task SideAsync(string connectionString, int tables) => Parallel.ForEachAsync(
        Enumerable.Range(1, tables),
        new ParallelOptions { MaxDegreeOfParallelism = Connections },
        async (table, token) =>
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(token);
            await using var command = new NpgsqlCommand($"SELECT state, count(*), max(created_on), max(modified_on) FROM {Name(table)} GROUP BY state", connection);
            await using var reader = await command.ExecuteReaderAsync(token);
            while (await reader.ReadAsync(token))
                reader.GetInt64(1);
        });
}

using System.Diagnostics;
using System.Globalization;
using MigrationGuard.Verification;
using Npgsql;

namespace MigrationGuard.Benchmarks;

/// <summary>All three checks on one large table, against one grouped scan of both sides at once.</summary>
/// <remarks>
/// Method: two databases of one server hold the same table; both are vacuumed and read once to warm them. Then five rounds, in
/// each of which the floor and the product run one after the other, so that what else the machine does meets both. The floor is
/// <c>SELECT statecode, count(*), max(created_on), max(modified_on) … GROUP BY</c> on both sides at once by the same driver
/// and with the server's same settings; the product is a whole run, ledger included. The figures are medians, and their ratio.
/// </remarks>
internal static class LargeTable
{
    private const int Rounds = 5;

    public static async Task RunAsync(string server, int rows)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Making two tables of {rows:N0} rows …"));
        await using var databases = await BenchmarkDatabases.CreateAsync(server, Statements(rows));
        await using var product = await Product.CreateAsync(databases, new Dictionary<string, EntityOptions>
        {
            ["contact"] = new() { Source = "contact", Key = ["id"], CreatedOn = "created_on", ModifiedOn = "modified_on", BreakdownBy = [new(["statecode"])] },
        });
        await FloorAsync(databases);
        await product.RunAsync();
        var (floors, runs) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            floors.Add(await FloorAsync(databases));
            runs.Add(await product.RunAsync());
        }
        var (floor, run) = (Figures.Median(floors), Figures.Median(runs));
        Console.WriteLine($"parallel workers per gather: {await SettingAsync(databases)}");
        Console.WriteLine($"floor   (s): {Figures.Listed(floors)}");
        Console.WriteLine($"product (s): {Figures.Listed(runs)}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio of medians: {run / floor:0.000} (at most 1.15)"));
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak memory of this process: {process.PeakWorkingSet64 / 1048576.0:0} MB (under 200)"));
    }

    private static string[] Statements(int rows) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"""
            CREATE TABLE contact AS
            SELECT i::bigint AS id, CASE WHEN i % 9 = 0 THEN 1 ELSE 0 END AS statecode,
                   timestamptz '2012-01-01 00:00:00+00' + i * interval '47 seconds' AS created_on,
                   timestamptz '2012-01-01 00:00:00+00' + i * interval '47 seconds' + (i % 31536000) * interval '1 second' AS modified_on,
                   'Contact ' || i AS fullname, md5(i::text) AS note, md5((i * 7)::text) || md5((i * 11)::text) AS description
            FROM generate_series(1, {rows}) AS i
            """),
        "ALTER TABLE contact ADD PRIMARY KEY (id)",
        "VACUUM (ANALYZE, FREEZE) contact",
    ];

    private static async Task<double> FloorAsync(BenchmarkDatabases databases)
    {
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(ScanAsync(databases.Old), ScanAsync(databases.New));
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task ScanAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT statecode, count(*), max(created_on), max(modified_on) FROM contact GROUP BY statecode", connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            reader.GetInt64(1);
    }

    private static async Task<string> SettingAsync(BenchmarkDatabases databases)
    {
        await using var connection = new NpgsqlConnection(databases.Old);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SHOW max_parallel_workers_per_gather", connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}

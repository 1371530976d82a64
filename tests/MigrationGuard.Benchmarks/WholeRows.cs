using System.Diagnostics;
using System.Globalization;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Verification;
using Npgsql;

namespace MigrationGuard.Benchmarks;

/// <summary>Every check and the fingerprints of one table, against binary COPY of both tables to nowhere.</summary>
/// <remarks>
/// Method: two databases of one server hold the table that <c>create-contact.sql</c> makes, and two more the same with ten
/// differences planted in the target. Three rounds, in each of which the floor, the product, and the product on the damaged pair run
/// one after the other, after one round that is not counted. The floor is <c>psql</c>, once a side and both at once, with
/// <c>COPY … TO STDOUT (FORMAT binary)</c> to /dev/null. The product is a whole run, ledger included, which must come to GO on the one
/// pair and find exactly the ten on the other; and the whole is done with a tenth of the rows, for how it grows. CPU of the client is this process's; CPU of the servers is that of all processes of the
/// postmaster, those that have ended included. The figures are medians.
/// </remarks>
internal static class WholeRows
{
    private const int Rounds = 3;

    public static async Task RunAsync(string server, int rows)
    {
        var small = await MeasureAsync(server, rows / 10);
        var large = await MeasureAsync(server, rows);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ten times the rows: {large.Seconds / small.Seconds:0.0} times the time (at most 10.5)"));
        using var process = Process.GetCurrentProcess();
        var collections = string.Join(", ", Enumerable.Range(0, GC.MaxGeneration + 1).Select(generation => string.Create(CultureInfo.InvariantCulture, $"{GC.CollectionCount(generation)}")));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"allocated by all runs: {GC.GetTotalAllocatedBytes() / 1048576.0:0} MB; collections of each generation: {collections}; heap at the end: {GC.GetGCMemoryInfo().TotalCommittedBytes / 1048576.0:0} MB"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak memory of this process: {process.PeakWorkingSet64 / 1048576.0:0} MB (under 150)"));
    }

    private static async Task<Cost> MeasureAsync(string server, int rows)
    {
        await using var databases = await BenchmarkDatabases.CreateAsync(server, []);
        await using var damaged = await BenchmarkDatabases.CreateAsync(server, []);
        foreach (var database in new[] { databases.Old, databases.New, damaged.Old, damaged.New })
            await ScriptAsync(database, "create-contact.sql", rows);
        await ScriptAsync(damaged.New, "plant-10.sql", rows);
        await using var product = await Product.CreateAsync(databases, Entities(), Depth.Rows, TimeProvider.System.GetUtcNow());
        await using var onDamaged = await Product.CreateAsync(damaged, Entities(), Depth.Rows, TimeProvider.System.GetUtcNow());
        var postmaster = await PostmasterAsync(server);
        var (floors, runs, planted) = (new List<Cost>(), new List<Cost>(), new List<Cost>());
        for (var round = 0; round <= Rounds; round++)
        {
            floors.Add(await Cost.OfAsync(postmaster, () => FloorAsync(databases)));
            runs.Add(await Cost.OfAsync(postmaster, async () => Require((await product.ConductAsync()).Verdict == Verdict.Go, "The tables are the same, and the run did not come to GO.")));
            planted.Add(await Cost.OfAsync(postmaster, async () => RequireTheTen(await onDamaged.ConductAsync())));
        }
        var (floor, run, found) = (Cost.Median(floors.Skip(1)), Cost.Median(runs.Skip(1)), Cost.Median(planted.Skip(1)));
        var millions = rows / 1_000_000.0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows a side"));
        Console.WriteLine($"  floor     (s): {Figures.Listed(floors.Skip(1).Select(cost => cost.Seconds))}");
        Console.WriteLine($"  product   (s): {Figures.Listed(runs.Skip(1).Select(cost => cost.Seconds))}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  ratio of medians: {run.Seconds / floor.Seconds:0.00} (at most 2.0)"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  CPU-seconds a million row pairs: {(run.Client + run.Servers) / millions:0.00} (at most 4.2), the servers' {run.Servers / millions:0.00} (at most 2); the floor's servers' {floor.Servers / millions:0.00}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  10 planted differences, all found with their columns: {Figures.Listed(planted.Skip(1).Select(cost => cost.Seconds))} s, {(found.Seconds / run.Seconds) - 1:+0%;-0%} (at most +15%); CPU {((found.Client + found.Servers) / (run.Client + run.Servers)) - 1:+0%;-0%}"));
        return run;
    }

    private static Dictionary<string, EntityOptions> Entities() => new()
    {
        ["contact"] = new() { Source = "contact", Key = ["contactid"], CreatedOn = "created_on", ModifiedOn = "modified_on", BreakdownBy = [new(["statecode"])] },
    };

    private static void RequireTheTen(RunDocument run)
    {
        var fingerprint = run.Results.Single(result => result.Check == CheckNames.Fingerprint);
        var found = fingerprint.Outcome.AllFindings.Select(finding => $"{finding.Kind} {finding.Count} {string.Join(",", finding.Columns ?? [])}".TrimEnd()).Order(StringComparer.Ordinal);
        string[] planted = ["changed 1 creditlimit", "changed 1 description", "changed 1 email", "changed 1 modified_on", "extra-in-target 3", "missing-in-target 3"];
        Require(found.SequenceEqual(planted), "The planted differences were not found as they are, but: " + string.Join("; ", found));
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new InvalidOperationException(otherwise);
    }

    private static Task FloorAsync(BenchmarkDatabases databases) => Task.WhenAll(
        PsqlAsync(databases.Old, "-c", "COPY contact TO STDOUT (FORMAT binary)"),
        PsqlAsync(databases.New, "-c", "COPY contact TO STDOUT (FORMAT binary)"));

    private static Task ScriptAsync(string database, string script, int rows)
    {
        var directory = Environment.GetEnvironmentVariable("MIGRATIONGUARD_BENCH_DIRECTORY") ?? Path.Combine("..", "shared", "bench");
        return PsqlAsync(database, "-q", "-v", "ON_ERROR_STOP=1", "-v", "tbl=contact", "-v", string.Create(CultureInfo.InvariantCulture, $"n={rows}"), "-f", Path.Combine(directory, script));
    }

    private static async Task PsqlAsync(string database, params string[] arguments)
    {
        var address = new NpgsqlConnectionStringBuilder(database);
        var start = new ProcessStartInfo("psql", ["-X", "-o", "/dev/null", .. arguments]);
        foreach (var (name, value) in new[]
            {
                ("PGHOST", address.Host), ("PGPORT", address.Port.ToString(CultureInfo.InvariantCulture)),
                ("PGUSER", address.Username), ("PGPASSWORD", address.Password), ("PGDATABASE", address.Database), ("PGOPTIONS", "-c client_min_messages=warning"),
            })
        {
            if (!string.IsNullOrEmpty(value))
                start.Environment[name] = value;
        }
        using var psql = Process.Start(start)!;
        await psql.WaitForExitAsync();
        Require(psql.ExitCode == 0, "psql ended with an error.");
    }

    // The parent of the process that answers.
    private static async Task<int> PostmasterAsync(string server)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        return ProcessTimes.Of(connection.ProcessID)!.Parent;
    }
}

/// <summary>What something cost: wall time, and CPU time of this process and of a server's processes, in seconds.</summary>
internal sealed record Cost(double Seconds, double Client, double Servers)
{
    public static async Task<Cost> OfAsync(int postmaster, Func<Task> work)
    {
        using var process = Process.GetCurrentProcess();
        var (client, servers, started) = (process.TotalProcessorTime, ProcessTimes.WithChildren(postmaster), Stopwatch.GetTimestamp());
        await work();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        process.Refresh();
        return new Cost(seconds, (process.TotalProcessorTime - client).TotalSeconds, ProcessTimes.WithChildren(postmaster) - servers);
    }

    public static Cost Median(IEnumerable<Cost> costs)
    {
        var all = costs.ToList();
        return new Cost(Figures.Median(all.Select(cost => cost.Seconds)), Figures.Median(all.Select(cost => cost.Client)), Figures.Median(all.Select(cost => cost.Servers)));
    }
}

/// <summary>CPU times as the kernel has them (proc(5), /proc/pid/stat).</summary>
/// <param name="Own">Ticks of the process.</param>
/// <param name="Ended">Ticks of its children that have ended and been waited for.</param>
internal sealed record ProcessTimes(int Parent, long Own, long Ended)
{
    private const double TicksPerSecond = 100;

    public static ProcessTimes? Of(int process)
    {
        try
        {
            // The name, in parentheses, may hold anything.
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            long Field(int number) => long.Parse(fields[number - 3], CultureInfo.InvariantCulture);
            return new ProcessTimes((int)Field(4), Field(14) + Field(15), Field(16) + Field(17));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Seconds of a process's children, those that have ended included.</summary>
    public static double WithChildren(int parent)
    {
        var living = Directory.EnumerateDirectories("/proc")
            .Select(directory => int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var process) ? Of(process) : null)
            .Where(times => times?.Parent == parent)
            .Sum(times => times!.Own);
        return (living + Of(parent)!.Ended) / TicksPerSecond;
    }
}

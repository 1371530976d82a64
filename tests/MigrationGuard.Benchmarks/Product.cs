using System.Diagnostics;
using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Output;
using MigrationGuard.Runs;
using MigrationGuard.Verification;
using MigrationGuard.Verification.Planning;

namespace MigrationGuard.Benchmarks;

/// <summary>The product as <c>verify</c> runs it: catalogues, plan, scans, ledger on disk; everything but starting the process.</summary>
internal sealed class Product : IAsyncDisposable
{
    private readonly string _directory;
    private readonly LoadedConfiguration _configuration;
    private readonly LedgerStore _store;

    private Product(string directory, LoadedConfiguration configuration, LedgerStore store)
    {
        _directory = directory;
        _configuration = configuration;
        _store = store;
    }

    public static async Task<Product> CreateAsync(BenchmarkDatabases databases, Dictionary<string, EntityOptions> entities)
    {
        var directory = Directory.CreateTempSubdirectory("migrationguard-benchmark-").FullName;
        var options = new MigrationGuardOptions
        {
            Databases =
            {
                ["old"] = new DatabaseOptions { Provider = Provider.PostgreSql, ConnectionString = databases.Old },
                ["new"] = new DatabaseOptions { Provider = Provider.PostgreSql, ConnectionString = databases.New },
            },
            Comparisons = { ["benchmark"] = new ComparisonOptions { Source = "old", Target = "new", Entities = entities } },
        };
        var store = await LedgerStore.OpenAsync(options.Store, directory, TimeProvider.System, CancellationToken.None);
        return new Product(directory, new LoadedConfiguration(options, Path.Combine(directory, "appsettings.json"), directory, [], []), store);
    }

    /// <summary>Seconds that one whole run takes; it must come to GO, or the figure would be of something else.</summary>
    public async Task<double> RunAsync()
    {
        var conductor = new RunConductor(_configuration, _store, TimeProvider.System, new Actor("benchmark"));
        using var progress = new PlainProgress(TextWriter.Null, TimeProvider.System);
        var started = Stopwatch.GetTimestamp();
        var run = await conductor.ConductAsync(new RunRequest(Selection.Everything, null, null), progress, CancellationToken.None);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return run.Verdict == Verdict.Go ? seconds : throw new InvalidOperationException("The run came to " + run.Verdict.Spelt());
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}

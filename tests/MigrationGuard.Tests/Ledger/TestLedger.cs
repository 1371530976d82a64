using MigrationGuard.Databases;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Ledger;

/// <summary>A ledger of one test, in a database of its own.</summary>
internal sealed class TestLedger : IAsyncDisposable
{
    public static readonly Actor Engineer = new("FARM\\engineer");

    private readonly List<LedgerStore> _opened = [];

    private readonly TimeProvider _time;

    private TestLedger(ScratchDatabase database, TimeProvider time) => (Database, _time) = (database, time);

    /// <summary>The database, written to behind the ledger's back.</summary>
    public ScratchDatabase Database { get; }

    /// <summary>The store that the ledger was made with.</summary>
    public LedgerStore Store => _opened[0];

    public static async Task<TestLedger> CreateAsync(Provider engine, TimeProvider? time = null)
    {
        var ledger = await CreateEmptyAsync(engine, time);
        await ledger.OpenAsync();
        return ledger;
    }

    /// <summary>A database that no ledger has been made in.</summary>
    public static async Task<TestLedger> CreateEmptyAsync(Provider engine, TimeProvider? time = null) =>
        new(await TestEngine.For(engine).CreateDatabaseAsync(), time ?? TimeProvider.System);

    public StoreOptions Options => new() { Provider = Database.Provider, ConnectionString = Database.ConnectionString };

    /// <summary>Opens it as another process would.</summary>
    public async Task<LedgerStore> OpenAsync(Action<StoreOptions>? change = null)
    {
        var options = Options;
        change?.Invoke(options);
        var store = await LedgerStore.OpenAsync(options, Path.GetTempPath(), _time, CancellationToken.None);
        lock (_opened)
            _opened.Add(store);
        return store;
    }

    /// <summary>The lines of the chain, in order, not read by the code under test.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync()
    {
        var count = await Database.CountAsync("SELECT COUNT(*) FROM ledger_entry");
        var lines = new List<string>();
        for (var seq = 1; seq <= count; seq++)
            lines.Add((string)(await Database.ScalarAsync($"SELECT line FROM ledger_entry WHERE seq = {seq}"))!);
        return lines;
    }

    /// <summary>Begins a run, adds the results, each in a place of its own, and finishes it with the verdict they come to.</summary>
    public async Task<RunDocument> RunAsync(params CheckResult[] results)
    {
        var header = Header();
        await Store.BeginRunAsync(header, Engineer, CancellationToken.None);
        await Store.AddResultsAsync(header.Run, [.. results.Select((result, i) => (i, result))], CancellationToken.None);
        var final = header with { Finished = header.Started.AddMinutes(1), Verdict = Verdicts.Of(results, Scope.Full, 0) };
        await Store.FinishRunAsync(final, Engineer, CancellationToken.None);
        return final;
    }

    public static RunDocument Header(string? run = null) => new()
    {
        Run = run ?? RunIds.New(TimeProvider.System),
        Started = new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero),
        Label = "wave 1, Zoë’s “go-live” 🙂",
    };

    public static CheckResult Result(string entity, CheckOutcome? outcome = null) => new()
    {
        Comparison = "crm",
        Entity = entity,
        Check = CheckNames.RecordCount,
        Outcome = outcome ?? new CheckOutcome.Match(),
        Source = new Dictionary<string, Scalar> { ["rows"] = new Scalar(1000) },
        Target = new Dictionary<string, Scalar> { ["rows"] = new Scalar(1000) },
        Seconds = 0.125,
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _opened)
            await store.DisposeAsync();
        await Database.DisposeAsync();
    }
}

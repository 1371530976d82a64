using System.Text.Json.Nodes;
using MigrationGuard.Configuration;
using MigrationGuard.Decommissioning.Assets;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Tests.Decommissioning;

namespace MigrationGuard.Tests.Commands;

/// <summary>A folder with a ledger and a configuration of people, roles, assets and obligations. The account that runs the tests is one person's, as a test says.</summary>
internal sealed class DecommissioningFolder : IDisposable
{
    private readonly WorkingFolder _folder = new();

    public DecommissioningFolder()
    {
        _folder.Time = Clock;
        Options.People["head"] = new() { Name = "Head of IT", Email = "head@example.org" };
        Options.People["iao"] = new() { Name = "Asset owner" };
        Options.People["dpo"] = new() { Name = "Protection officer" };
        Options.Roles["Head of IT architecture"] = new() { People = ["head"] };
        Options.Roles["Information Asset Owner"] = new() { People = ["iao"] };
        Options.Roles["Data protection officer"] = new() { People = ["dpo"] };
        Options.Assets["crm-old-db"] = Asset(new DateOnly(2026, 3, 7));
        Options.Assets["hop-1"] = Asset(goLive: null);
        Options.Obligations["audit-log-review"] = new()
        {
            Title = "Review the audit log",
            Source = "section 6",
            OwnerRole = "Data protection officer",
            EveryMonths = 1,
            From = new DateOnly(2026, 3, 31),
        };
        RunAs("head");
    }

    public MigrationGuardOptions Options { get; } = new();

    public SetClock Clock { get; } = SetClock.At(2026, 4, 1);

    /// <summary>Makes the account that runs the tests a person's, and nobody else's.</summary>
    public void RunAs(string? person)
    {
        foreach (var (key, options) in Options.People)
            options.Accounts = key == person ? [Actor.OfThisProcess().Account] : [];
    }

    public static AssetOptions Asset(DateOnly? goLive) => new()
    {
        Kind = AssetKind.Database,
        Location = "sql-old",
        OwnerRole = "Head of IT architecture",
        Commitment = "recommendation 3",
        GoLive = goLive,
    };

    /// <summary>Makes the ledger, as the first run or import does.</summary>
    public async Task<DecommissioningFolder> WithLedgerAsync()
    {
        await using var store = await OpenAsync();
        return this;
    }

    public Task<LedgerStore> OpenAsync() => LedgerStore.OpenAsync(Options.Store, _folder.Path, Clock, CancellationToken.None);

    public string At(string name) => _folder.At(name);

    public Task<CommandRun> RunAsync(params string[] args)
    {
        _folder.Configure(Options);
        return _folder.RunAsync(args);
    }

    /// <summary>Lets the ledger know what is configured and write what is due, as every command that decides does first; lists write nothing of the kind.</summary>
    public async Task SweepAsync() => (await RunAsync("obligations", "complete", "nothing", "--reason", "Nothing.")).ShouldExitWith(ExitCode.Usage);

    public async Task<JsonNode> JsonAsync(params string[] args) =>
        JsonNode.Parse((await RunAsync([.. args, "--format", "json"])).ShouldExitWith(ExitCode.Done).Output)!;

    public void Dispose() => _folder.Dispose();
}

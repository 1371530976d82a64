using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Tests.Commands;
using MigrationGuard.Tests.Decommissioning;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Retention.Records;

/// <summary>A configuration with a live database and a frozen copy of it, which the program is run with.</summary>
internal sealed class RecordsFolder : IAsyncDisposable
{
    private RecordsFolder(ScratchDatabase live, ScratchDatabase frozen)
    {
        (Live, Frozen) = (live, frozen);
        Working.Time = new SetClock(new DateTimeOffset(RecordTables.Now));
        Options.Databases["new"] = live.Options;
        Options.Databases["old"] = frozen.Options;
        Options.Records = RecordTables.Options();
    }

    public WorkingFolder Working { get; } = new();

    public MigrationGuardOptions Options { get; } = new();

    public ScratchDatabase Live { get; }

    public ScratchDatabase Frozen { get; }

    /// <summary>A live database and a copy of it with the same cases, of which none is past its period.</summary>
    public static async Task<RecordsFolder> CreateAsync()
    {
        var engine = TestEngine.For(Provider.Sqlite);
        var folder = new RecordsFolder(await engine.CreateDatabaseAsync(), await engine.CreateDatabaseAsync());
        var cases = Enumerable.Range(1, 9).Select(number => new Case(number, RecordTables.Now.AddDays(-70 * number))).ToList();
        await folder.Live.PlantAsync(cases);
        await folder.Frozen.PlantAsync(cases);
        return folder;
    }

    public async Task<CommandRun> RunAsync(params string[] args)
    {
        Working.Configure(Options);
        return await Working.RunAsync(args);
    }

    /// <summary>Verifies, and gives the run as it was shown.</summary>
    public async Task<RunDocument> VerifyAsync(ExitCode code) => (await RunAsync("records", "verify", "--format", "json")).ShouldExitWith(code).Document;

    public async ValueTask DisposeAsync()
    {
        Working.Dispose();
        await Live.DisposeAsync();
        await Frozen.DisposeAsync();
    }
}

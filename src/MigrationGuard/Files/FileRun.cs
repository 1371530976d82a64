using MigrationGuard.Configuration;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Retention.FileStores;
using MigrationGuard.Retention.Inventory;
using MigrationGuard.Runs;

namespace MigrationGuard.Files;

/// <summary>Holds files against what was promised of them, and records it.</summary>
internal sealed class FileRun(LoadedConfiguration configuration, FilesOptions options, LedgerStore store, TimeProvider time)
{
    /// <summary>Makes a run of it, which is in the ledger when this returns.</summary>
    /// <param name="scheduled">The time that it is made for; null where somebody asks for it.</param>
    /// <returns>The run, and the files that its findings are about, which are recorded nowhere.</returns>
    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    /// <exception cref="StoreAccessException">A store's address or credential cannot be understood; nothing was recorded.</exception>
    public async Task<(RunDocument Run, IReadOnlyList<RevealedFile> Files)> VerifyAsync(string? label, Actor actor, ScheduledTime? scheduled, CancellationToken cancellationToken)
    {
        await store.RecordConfigurationAsync(configuration.Options, actor);
        var run = RunRecords.Begin(configuration.Options, RunKinds.Files, label, time);
        var key = await store.ProjectKeyAsync(cancellationToken);
        var report = await new FileVerification(options, configuration.Directory, key, time).VerifyAsync(cancellationToken);
        return (await store.RecordRunAsync(run, report.Results, actor, time, scheduled), report.Revealed);
    }
}

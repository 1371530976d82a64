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
    /// <returns>The run, and the files that its findings are about, which are recorded nowhere.</returns>
    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    /// <exception cref="StoreAccessException">A store's address or credential cannot be understood; nothing was recorded.</exception>
    public async Task<(RunDocument Run, IReadOnlyList<RevealedFile> Files)> VerifyAsync(string? label, Actor actor, CancellationToken cancellationToken)
    {
        await store.RecordConfigurationAsync(configuration.Options, actor);
        var project = configuration.Options.Project;
        var run = new RunDocument
        {
            Run = RunIds.New(time),
            Kind = RunKinds.Files,
            Scope = Scope.Full,
            Started = time.GetUtcNow(),
            Label = label,
            Project = new ProjectDescription(project.Name, project.DpiaReference, project.Owner),
            Tool = ToolVersion.Current,
        };
        var key = await store.ProjectKeyAsync(cancellationToken);
        var report = await new FileVerification(options, configuration.Directory, key, time).VerifyAsync(cancellationToken);
        await store.BeginRunAsync(run, actor, CancellationToken.None);
        await store.AddResultsAsync(run.Run, [.. report.Results.Select((result, place) => (place, result))], CancellationToken.None);
        await store.FinishRunAsync(run.Ended(report.Results, interrupted: null, time.GetUtcNow()), actor, CancellationToken.None);
        return ((await store.FindRunAsync(run.Run, CancellationToken.None))!, report.Revealed);
    }
}

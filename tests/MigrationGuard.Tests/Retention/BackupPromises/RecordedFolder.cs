using System.Globalization;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.BackupHistories;
using MigrationGuard.Retention.BackupPromises;
using MigrationGuard.Tests.Commands;
using MigrationGuard.Tests.Retention.BackupHistories;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Retention.BackupPromises;

/// <summary>A folder of back-ups of two days, and beside it what the server that took them recorded, exported a moment ago.</summary>
internal sealed class RecordedFolder : IDisposable
{
    public const string LiveExport = "live.csv";
    public const int Hours = 48;

    public RecordedFolder(params (string Name, BackupPromiseOptions Promise)[] promises)
    {
        Live = Export(BackupFolder.Server);
        for (var hour = -Hours; hour < 0; hour++)
        {
            Live.Backup(BackupFolder.Log(hour));
            if (hour % 24 == 0)
                Live.Backup(BackupFolder.Full(hour));
        }
        Live.Database(BackupFolder.Database, HistoryExport.Family);
        Database.History.Add(new BackupHistoryOptions { Export = LiveExport });
        Folder.Options.Backups.Promises.Clear();
        foreach (var (name, promise) in promises)
            Folder.Options.Backups.Promises[name] = promise;
        Exports[LiveExport] = Live;
    }

    public BackupFolder Folder { get; } = new(days: Hours / 24);

    /// <summary>What the server of the back-ups recorded.</summary>
    public HistoryExport Live { get; }

    /// <summary>A moment of a server in UTC as msdb's rows have it.</summary>
    public static string Local(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Every export that is written before a run, by its file's name.</summary>
    public Dictionary<string, HistoryExport> Exports { get; } = [];

    public BackedUpDatabaseOptions Database => Folder.Options.Backups.Databases["registration"];

    /// <summary>A history of another server, as of now.</summary>
    public HistoryExport Export(string server) => new(server, Folder.Clock.Now);

    public async Task<CheckResult> VerifyAsync(string promise, ExitCode code, string subject = "registration")
    {
        Write();
        return BackupFolder.Result(await Folder.VerifyAsync(code), promise, subject);
    }

    public Task<CommandRun> RunAsync(params string[] args)
    {
        Write();
        return Folder.RunAsync(args);
    }

    /// <summary>The details of what breaks a promise.</summary>
    public async Task<IReadOnlyList<string>> DetailsAsync(string promise, string subject = "registration") =>
        [.. (await VerifyAsync(promise, ExitCode.NoGo, subject)).ShouldMismatch().Select(finding => finding.Detail!)];

    /// <summary>Why a promise could not be checked.</summary>
    public async Task<string> NotCheckedAsync(string promise, string subject = "registration") =>
        (await VerifyAsync(promise, ExitCode.Incomplete, subject)).ShouldNotBeChecked();

    public void Dispose() => Folder.Dispose();

    private void Write()
    {
        foreach (var (name, export) in Exports)
            export.Write(Folder.Working.At(name));
    }
}

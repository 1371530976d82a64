using System.Globalization;
using MigrationGuard.Configuration;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.BackupPromises;
using MigrationGuard.Retention.Inventory;
using MigrationGuard.Tests.Commands;
using MigrationGuard.Tests.Decommissioning;
using MigrationGuard.Tests.Retention.BackupHeaders;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Retention.BackupPromises;

/// <summary>A configuration with a folder of back-ups as a server would have written them: a full one a day, a log back-up an hour.</summary>
internal sealed class BackupFolder : IDisposable
{
    public const string Server = @"CRM-SQL\LIVE";
    public const string Database = "Registration_MSCRM";

    public BackupFolder(int days = 6)
    {
        Working.Time = Clock;
        Directory.CreateDirectory(Working.At("backups"));
        for (var hour = -24 * days; hour < 0; hour++)
        {
            WriteLog(hour);
            if (hour % 24 == 0)
                WriteFull(hour);
        }
        Options.Backups.Stores["share"] = new ContentStoreOptions { Folder = "backups" };
        Options.Backups.Databases["registration"] = new BackedUpDatabaseOptions { Servers = [Server], Database = Database, Stores = ["share"], Names = BackupNaming.OlaHallengren };
        var promises = Options.Backups.Promises;
        promises["full-every-day"] = new() { Kind = BackupPromiseKind.FullEvery, Hours = 24 };
        promises["log-every-hour"] = new() { Kind = BackupPromiseKind.LogEvery, Hours = 1, ToleranceMinutes = 15 };
        promises["restorable-5-days"] = new() { Kind = BackupPromiseKind.RestorableFor, Days = 5, ToleranceMinutes = 75 };
        promises["kept-6-days"] = new() { Kind = BackupPromiseKind.KeptNoLonger, Days = 6, RestorableDays = 5, ToleranceMinutes = 120 };
        promises["present"] = new() { Kind = BackupPromiseKind.Present };
        promises["genuine"] = new() { Kind = BackupPromiseKind.Genuine };
        promises["not-archived"] = new() { Kind = BackupPromiseKind.NotArchived };
    }

    public WorkingFolder Working { get; } = new();

    public MigrationGuardOptions Options { get; } = new();

    public SetClock Clock { get; } = new(new DateTimeOffset(2026, 3, 20, 12, 0, 30, TimeSpan.Zero));

    /// <summary>The beginning of an hour counted from noon of the day of the look, which is 0.</summary>
    public static DateTimeOffset At(int hour) => new DateTimeOffset(2026, 3, 20, 12, 0, 0, TimeSpan.Zero).AddHours(hour);

    public static string LogName(int hour) => Name("LOG", At(hour), "trn");

    public static string FullName(int hour) => Name("FULL", At(hour).AddMinutes(10), "bak");

    /// <summary>Where a file of the folder lies.</summary>
    public string File(string name) => Path.Combine(Working.At("backups"), name);

    public void WriteLog(int hour) => Write(LogName(hour), Log(hour));

    public void WriteFull(int hour) => Write(FullName(hour), Full(hour));

    /// <summary>The header of the log back-up that begins with an hour and holds the log of the hour before.</summary>
    public static BackupHeader Log(int hour) => SyntheticBackup.Usual with
    {
        Server = Server,
        Database = Database,
        Kind = BackupKind.Log,
        Started = At(hour),
        Finished = At(hour).AddSeconds(40),
        FirstLsn = Lsn(hour - 1),
        LastLsn = Lsn(hour),
        MediaSetId = Id(1, hour),
        BackupSetId = Id(2, hour),
    };

    public static BackupHeader Full(int hour) => SyntheticBackup.Usual with
    {
        Server = Server,
        Database = Database,
        Kind = BackupKind.Full,
        Started = At(hour).AddMinutes(10),
        Finished = At(hour).AddMinutes(20),
        FirstLsn = Lsn(hour, 1),
        CheckpointLsn = Lsn(hour, 1),
        LastLsn = Lsn(hour, 3),
        MediaSetId = Id(3, hour),
        BackupSetId = Id(4, hour),
    };

    public void Write(string name, BackupHeader header)
    {
        System.IO.File.WriteAllBytes(File(name), new SyntheticBackup { Header = header, DataBytes = 600 }.Build());
        System.IO.File.SetLastWriteTimeUtc(File(name), (header.Finished ?? header.Started).UtcDateTime);
    }

    public async Task<CommandRun> RunAsync(params string[] args)
    {
        Working.Configure(Options);
        return await Working.RunAsync(args);
    }

    /// <summary>Verifies, and gives the run as it was shown.</summary>
    public async Task<RunDocument> VerifyAsync(ExitCode code)
    {
        var shown = (await RunAsync("backups", "verify", "--format", "json")).ShouldExitWith(code);
        return shown.Document;
    }

    /// <summary>What breaks a promise, a sentence each.</summary>
    public static IReadOnlyList<string> Details(RunDocument run, string promise, string subject = "registration") =>
        [.. Result(run, promise, subject).ShouldMismatch().Select(finding => finding.Detail!)];

    public static CheckResult Result(RunDocument run, string promise, string subject = "registration") =>
        run.Results.Single(result => result.Check == "backup:" + promise && result.Entity == subject);

    public void Dispose() => Working.Dispose();

    private static Lsn Lsn(int hour, uint slot = 0) => new(40, (uint)(10_000 + (hour * 10)), (ushort)(1 + slot));

    private static Guid Id(int kind, int hour) => new(kind, (short)hour, 0, [1, 2, 3, 4, 5, 6, 7, 8]);

    private static string Name(string kind, DateTimeOffset at, string extension) =>
        string.Create(CultureInfo.InvariantCulture, $"CRM-SQL$LIVE_{Database}_{kind}_{at:yyyyMMdd_HHmmss}.{extension}");
}

using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.Chains;

namespace MigrationGuard.Tests.Retention.Chains;

/// <summary>Back-up files made by hand, of a database whose log grows by one record a minute from LSN 1000 on at <see cref="Start"/>.</summary>
internal static class Made
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private static readonly DateTime Created = new(2020, 2, 3, 4, 5, 6);

    /// <summary>The moment so many hours and minutes after the start.</summary>
    public static DateTimeOffset At(double hours, int minutes = 0, int seconds = 0) => Start.AddHours(hours).AddMinutes(minutes).AddSeconds(seconds);

    public static Lsn LsnAt(DateTimeOffset moment) => Lsn(1000 + (int)Math.Floor((moment - Start).TotalMinutes));

    public static Lsn Lsn(int number) => new(40, (uint)number, 1);

    public static BackupFile Full(DateTimeOffset started, int minutes = 10, bool isCopyOnly = false) => File(BackupKind.Full, started, new()
    {
        Server = "SQL01",
        Machine = "SQL01",
        Database = "crm",
        Kind = BackupKind.Full,
        IsCopyOnly = isCopyOnly,
        BlockSize = 65536,
        Started = started,
        Finished = started.AddMinutes(minutes),
        DatabaseCreated = Created,
        FirstLsn = LsnAt(started),
        LastLsn = LsnAt(started.AddMinutes(minutes)),
        CheckpointLsn = LsnAt(started),
        DatabaseBackupLsn = Lsn(0),
        MediaSetId = Id(started, 1),
        FamilyCount = 1,
        FamilyNumber = 1,
        BackupSetId = Id(started, (byte)(isCopyOnly ? 2 : 3)),
        BindingId = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"),
    });

    /// <summary>A differential on the full back-up that began then.</summary>
    public static BackupFile Differential(DateTimeOffset started, DateTimeOffset fullStarted, int minutes = 5) => Full(started, minutes).With(header => header with
    {
        Kind = BackupKind.Differential,
        DatabaseBackupLsn = LsnAt(fullStarted),
        BackupSetId = Id(started, 4),
    }) with
    { Path = PathOf(BackupKind.Differential, started) };

    /// <summary>A log back-up of what was written from the one moment to the other, when it began.</summary>
    public static BackupFile Log(DateTimeOffset from, DateTimeOffset started) => Full(started, 1).With(header => header with
    {
        Kind = BackupKind.Log,
        FirstLsn = LsnAt(from),
        LastLsn = LsnAt(started),
        CheckpointLsn = Lsn(0),
        BackupSetId = Id(started, 5),
    }) with
    { Path = PathOf(BackupKind.Log, started) };

    /// <summary>Log back-ups every hour, the first an hour after the one moment and the last at the other.</summary>
    public static IEnumerable<BackupFile> HourlyLogs(DateTimeOffset from, DateTimeOffset to)
    {
        for (var started = from.AddHours(1); started <= to; started = started.AddHours(1))
            yield return Log(started.AddHours(-1), started);
    }

    public static BackupFile With(this BackupFile file, Func<BackupHeader, BackupHeader> change) => file with { Header = change(file.Header) };

    public static DatabaseChain Chain(IEnumerable<BackupFile> files, DateTimeOffset now, double windowHours = 24, TimeSpan? logGap = null, TimeSpan? fullGap = null) =>
        BackupChains.Of(files, Rules(windowHours, logGap, fullGap), now).ShouldHaveSingleItem();

    public static ChainRules Rules(double windowHours = 24, TimeSpan? logGap = null, TimeSpan? fullGap = null) =>
        new() { Window = TimeSpan.FromHours(windowHours), AllowedLag = TimeSpan.FromHours(2), LongestLogGap = logGap, LongestFullGap = fullGap };

    public static IEnumerable<string> Paths(this IEnumerable<BackupFile> files) => files.Select(file => file.Path);

    private static BackupFile File(BackupKind kind, DateTimeOffset started, BackupHeader header) => new() { Path = PathOf(kind, started), Header = header };

    private static string PathOf(BackupKind kind, DateTimeOffset started) => $"{started:yyyyMMdd-HHmmss}.{kind}";

    private static Guid Id(DateTimeOffset started, byte what) => new([.. BitConverter.GetBytes(started.UtcTicks), 0, 0, 0, 0, 0, 0, 0, what]);
}

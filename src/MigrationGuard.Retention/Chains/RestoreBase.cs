using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.Chains;

/// <summary>What a restore begins with: a full back-up, or a full one and a differential on it.</summary>
internal sealed record RestoreBase(BackupSet Full, BackupSet? Differential, DateTimeOffset? End)
{
    /// <summary>The back-up restored last.</summary>
    public BackupSet Newest => Differential ?? Full;

    public Lsn Reached => Newest.Header.LastLsn;

    /// <summary>The first moment that log back-ups lead to; null where the back-up's end is not to be believed.</summary>
    /// <remarks>
    /// The earliest recovery point of a data back-up is its end (Microsoft: "Log Sequence Numbers and Restore Planning", "Restore a SQL
    /// Server Database to a Point in Time"). The file has whole seconds, so the end may have come up to a second later than it says.
    /// </remarks>
    public DateTimeOffset? From => End + TimeSpan.FromSeconds(1);

    public IEnumerable<BackupSet> Sets => Differential is null ? [Full] : [Full, Differential];
}

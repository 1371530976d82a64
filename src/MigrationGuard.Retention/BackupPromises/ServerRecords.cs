using MigrationGuard.Retention.BackupHistories;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>What one server recorded of the back-ups that it took of one database.</summary>
internal sealed class ServerRecords
{
    public ServerRecords(HistoryOutcome.Read from, string database)
    {
        From = from;
        // Restoring on the server itself may bring a row back that was deleted long ago, and others of its time are not there.
        var restored = from.History.Restores.Select(restore => restore.Backup).OfType<Guid>().ToHashSet();
        var own = from.History.Backups.Where(backup => backup.Server.Equals(Name, StringComparison.OrdinalIgnoreCase)).ToList();
        var ofItsTime = own.Where(backup => !restored.Contains(backup.Id)).ToList();
        Sets = [.. own.Where(backup => backup.Database.Equals(database, StringComparison.OrdinalIgnoreCase))];
        Begins = Earliest(ofItsTime.Where(backup => backup.Database.Equals(database, StringComparison.OrdinalIgnoreCase)));
        ReachesBackTo = Earliest(ofItsTime);
    }

    public HistoryOutcome.Read From { get; }

    public string Name => From.History.Server;

    /// <summary>The back-ups of the database that this server took.</summary>
    public IReadOnlyList<RecordedBackup> Sets { get; }

    /// <summary>When the oldest of them that is still known began, at the latest; null where none is.</summary>
    public DateTimeOffset? Begins { get; }

    /// <summary>When the oldest back-up of any database that this server still knows of began, at the latest; null where none is.</summary>
    public DateTimeOffset? ReachesBackTo { get; }

    private static DateTimeOffset? Earliest(IEnumerable<RecordedBackup> backups) => backups.Select(backup => backup.Started?.Latest).Min();
}

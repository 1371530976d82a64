using MigrationGuard.Retention.BackupHistories;
using MigrationGuard.Retention.Chains;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>What one server recorded of the back-ups that it took of one database.</summary>
internal sealed class ServerRecords
{
    /// <summary>How far ahead of UTC the clocks of the first zone are: a header has the day of a database's creation by the server's clock alone.</summary>
    private static readonly TimeSpan FarthestAhead = TimeSpan.FromHours(14);

    /// <summary>Longer than between two back-ups of a database that is backed up at all.</summary>
    private static readonly TimeSpan BetweenBackups = TimeSpan.FromDays(31);

    private readonly HashSet<Guid> _restored;

    public ServerRecords(HistoryOutcome.Read from, string database)
    {
        From = from;
        // Restoring on the server itself may bring a row back that was deleted long ago, and others of its time are not there.
        _restored = from.History.Restores.Select(restore => restore.Backup).OfType<Guid>().ToHashSet();
        var own = from.History.Backups.Where(backup => backup.Server.Equals(Name, StringComparison.OrdinalIgnoreCase)).ToList();
        var ofItsTime = own.Where(backup => !_restored.Contains(backup.Id)).ToList();
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
    private DateTimeOffset? ReachesBackTo { get; }

    /// <summary>Whether a back-up was restored on this server too.</summary>
    /// <remarks>
    /// Restoring writes <c>backupmediafamily</c> as well as taking a back-up does (Microsoft: "Backup History and Header Information"), so the device
    /// may be the one that it was read from.
    /// </remarks>
    public bool WasRestored(RecordedBackup set) => _restored.Contains(set.Id);

    /// <summary>Why what is recorded of the database may not be all of the time since a moment; null where it is.</summary>
    /// <remarks>
    /// The database's own rows have to reach back, since those of one database can be deleted while all others stay. A database that was
    /// created later than the moment can have none from before it; then the others show at least that rows were not deleted by their age.
    /// </remarks>
    /// <param name="backups">The database's files, whose headers say when it was created.</param>
    public string? NotSince(DateTimeOffset from, DatabaseBackups backups)
    {
        if (Sets.Count == 0 || Begins <= from || (ReachesBackTo <= from && WasCreatedSince(from, backups)))
            return null;
        var reason = $"{From.Place}: what {Name} still knows of back-ups of {backups.Key} begins {(Begins is { } first ? Moment.Say(first) : "nowhere")}, later than the promised time. Its history was deleted, or it began to take them then.";
        return from < From.History.AsOf.AddDays(-HistoryReach.Days) + BetweenBackups
            ? reason + FormattableString.Invariant($" backup-history.sql reads {HistoryReach.Days} days, and a promise of nearly as many cannot be seen to its beginning: promise fewer Days.")
            : reason;
    }

    private bool WasCreatedSince(DateTimeOffset from, DatabaseBackups backups)
    {
        var created = backups.Copies.Select(copy => copy.Header!.HeaderIfAny!).Where(header => header.Server.Equals(Name, StringComparison.OrdinalIgnoreCase))
            .Select(header => header.DatabaseCreated).ToList();
        return created.Count > 0 && created.Min() >= from.UtcDateTime + FarthestAhead;
    }

    private static DateTimeOffset? Earliest(IEnumerable<RecordedBackup> backups) => backups.Select(backup => backup.Started?.Latest).Min();
}

namespace MigrationGuard.Retention.BackupHistories;

/// <summary>What one server's msdb recorded of back-ups and restores, as of a moment.</summary>
/// <remarks>
/// It is no complete record. <c>sp_delete_backuphistory</c> deletes what is older than a date, <c>sp_delete_database_backuphistory</c> what is
/// of one database, another member of an availability group has an msdb of its own, and a restore adds rows for back-ups that another
/// server took (Microsoft: "Backup History and Header Information").
/// </remarks>
/// <param name="Server">The instance as it names itself now.</param>
/// <param name="Machine">The computer that it runs on.</param>
/// <param name="AsOf">The moment of the reading or the export, by the server's clock.</param>
public sealed record ServerHistory(string Server, string? Machine, DateTimeOffset AsOf)
{
    /// <summary>Every back-up set that has a row, once each.</summary>
    public IReadOnlyList<RecordedBackup> Backups { get; init; } = [];

    /// <summary>Every restore that has a row, the oldest first.</summary>
    public IReadOnlyList<RecordedRestore> Restores { get; init; } = [];

    /// <summary>The databases that are there now, each with its family.</summary>
    /// <remarks>
    /// <c>sys.database_recovery_status.family_guid</c>, which is NULL while a database is offline, and is not shown to a login without
    /// ALTER ANY DATABASE or VIEW ANY DATABASE (Microsoft: "sys.database_recovery_status").
    /// </remarks>
    public IReadOnlyDictionary<string, Guid?> Families { get; init; } = new Dictionary<string, Guid?>();

    /// <summary>When each of them was created or renamed, by the server's clock.</summary>
    /// <remarks><c>sys.databases.create_date</c>, the date that a database was created or renamed (Microsoft: "sys.databases").</remarks>
    public IReadOnlyDictionary<string, DateTime> Created { get; init; } = new Dictionary<string, DateTime>();
}

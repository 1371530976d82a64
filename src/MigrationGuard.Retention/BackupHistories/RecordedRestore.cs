namespace MigrationGuard.Retention.BackupHistories;

/// <summary>A restore that a server recorded: a row of <c>msdb.dbo.restorehistory</c> with the back-up set that was restored.</summary>
/// <remarks>
/// There is a row for each restore operation (Microsoft: "restorehistory (Transact-SQL)"): each file of a sequence has one, and a database
/// that is attached, or sent to a secondary replica by seeding, has none. It says that the operation was carried out, and nothing of whether
/// anybody looked at what came of it.
/// </remarks>
public sealed record RecordedRestore
{
    /// <summary><c>restore_date</c>: its start, as the documentation has it now, or its completion, as it had it before; null where it is NULL.</summary>
    /// <remarks>The table has no zone, so the moment is known only as well as the server's zone is.</remarks>
    public RecordedMoment? At { get; init; }

    /// <summary>The database that it went to, by its name then.</summary>
    public required string Destination { get; init; }

    /// <summary><c>restore_type</c>: D database, I differential, L log, F file, G filegroup, V verify only.</summary>
    public string? Type { get; init; }

    /// <summary><c>recovery</c>: whether it was to end with the database brought online. Null where it is NULL.</summary>
    public bool? Recovers { get; init; }

    /// <summary>The back-up set; null where its row is gone, or where a database snapshot was reverted to.</summary>
    public Guid? Backup { get; init; }

    /// <summary>The instance that took the back-up.</summary>
    public string? Server { get; init; }

    /// <summary>The database that the back-up is of.</summary>
    public string? Database { get; init; }

    /// <summary>The family of the database that the back-up is of.</summary>
    public Guid? Family { get; init; }

    /// <summary>When the back-up began.</summary>
    public RecordedMoment? BackupStarted { get; init; }

    /// <summary>Whether data or log came with it, of the whole database: a verification brings nothing, and a file is a part.</summary>
    public bool BringsDatabase => Type is "D" or "I" or "L";
}

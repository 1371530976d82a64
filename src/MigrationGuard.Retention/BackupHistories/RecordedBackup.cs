using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.BackupHistories;

/// <summary>A back-up that a server recorded: a row of <c>msdb.dbo.backupset</c> with its media families.</summary>
/// <remarks>
/// A row is of one successful back-up (Microsoft: "backupset (Transact-SQL)", from which the meaning of every column is taken); of one
/// that failed there is none. Almost every column may be NULL, and what is NULL is not known.
/// </remarks>
public sealed record RecordedBackup
{
    /// <summary><c>backup_set_uuid</c>: the back-up set's identity, which its header has too.</summary>
    public required Guid Id { get; init; }

    /// <summary><c>server_name</c>: the instance that took it.</summary>
    public required string Server { get; init; }

    /// <summary><c>machine_name</c>: the computer that the instance ran on.</summary>
    public string? Machine { get; init; }

    public required string Database { get; init; }

    /// <summary><c>type</c>: D full, I differential, L log, F file or filegroup, G differential file, P partial, Q differential partial.</summary>
    public required string Type { get; init; }

    /// <summary><c>family_guid</c>: the original database at its creation. It stays the same when the database is restored, also under another name.</summary>
    public Guid? Family { get; init; }

    /// <summary><c>last_recovery_fork_guid</c>: the recovery fork that it ends on. A restore begins a new one.</summary>
    public Guid? RecoveryFork { get; init; }

    /// <summary><c>backup_start_date</c>; null where it is NULL.</summary>
    public RecordedMoment? Started { get; init; }

    /// <summary><c>backup_finish_date</c>; null where it is NULL.</summary>
    public RecordedMoment? Finished { get; init; }

    public Lsn? FirstLsn { get; init; }

    public Lsn? LastLsn { get; init; }

    public Lsn? CheckpointLsn { get; init; }

    public Lsn? DatabaseBackupLsn { get; init; }

    public bool IsCopyOnly { get; init; }

    /// <summary><c>is_damaged</c>: damage to the database was found while it was taken, and it was to go on despite errors.</summary>
    public bool IsDamaged { get; init; }

    /// <summary><c>has_incomplete_metadata</c>: a tail-log back-up with incomplete metadata.</summary>
    public bool HasIncompleteMetadata { get; init; }

    /// <summary>Where each stripe, and each mirror of it, was written to.</summary>
    public IReadOnlyList<RecordedDevice> Devices { get; init; } = [];

    /// <summary>Whether it was handed to another product, which keeps it where it likes.</summary>
    public bool WentToAnotherProduct => Devices.Count > 0 && Devices.All(device => device.Kind == DeviceKind.Virtual);

    /// <summary>Whether all of it went to the null device, which keeps nothing.</summary>
    public bool WentNowhere => Devices.Count > 0 && Devices.All(device => device.IsNull);

    /// <summary>What it is, in a word for a sentence.</summary>
    public string KindWord => (IsCopyOnly ? "copy-only " : "") + Type switch
    {
        "D" => "full",
        "I" => "differential",
        "L" => "log",
        "F" => "file",
        "G" => "differential file",
        "P" => "partial",
        "Q" => "differential partial",
        _ => "unknown",
    };

    /// <summary>The kind as a header has it; null of those that no header read here has.</summary>
    public BackupKind? Kind => Type switch
    {
        "D" => BackupKind.Full,
        "I" => BackupKind.Differential,
        "L" => BackupKind.Log,
        _ => null,
    };
}

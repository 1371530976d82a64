namespace MigrationGuard.Retention.BackupHeaders;

/// <summary>What a SQL Server back-up is.</summary>
public enum BackupKind
{
    /// <summary>The whole database, with as much of its log as makes it consistent.</summary>
    Full,

    /// <summary>What changed since the full back-up that is its base.</summary>
    Differential,

    /// <summary>The transaction log since the last back-up of it.</summary>
    Log,
}

/// <summary>What a back-up file says of itself, as RESTORE HEADERONLY and RESTORE LABELONLY would.</summary>
/// <remarks>
/// Dates are the server's local ones with the zone that it had when the back-up began: the file holds no other. A back-up during
/// which clocks were changed may so seem to end an hour early or late.
/// </remarks>
public sealed record BackupHeader
{
    /// <summary>The instance, <c>SERVER</c> or <c>SERVER\INSTANCE</c>.</summary>
    public required string Server { get; init; }

    /// <summary>The machine; not always the instance's first part.</summary>
    public required string Machine { get; init; }

    public required string Database { get; init; }

    public required BackupKind Kind { get; init; }

    /// <summary>Whether it stands outside the sequence: no differential is based on it, and it cuts no log.</summary>
    public bool IsCopyOnly { get; init; }

    public bool IsCompressed { get; init; }

    /// <summary>Whether a media password was set, without which the server does not restore it.</summary>
    public bool HasMediaPassword { get; init; }

    /// <summary>The physical block in bytes: 512, 4096 or 65536.</summary>
    public required int BlockSize { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>Null where the file's end is missing, or is that of another back-up (<see cref="HoldsMoreBackups"/>).</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>Whether the server knew its zone. If not, its local times stand here as if they were UTC.</summary>
    public bool IsZoneKnown { get; init; } = true;

    /// <summary>Whether it seems to have finished before it started: clocks were set back meanwhile, and the finish is really later.</summary>
    /// <remarks>By how much they were set back the file does not say, so nothing is corrected.</remarks>
    public bool EndsBeforeItStarts => Finished < Started;

    /// <summary>When the database was created, by the server's clock; a database restored under the same name keeps it.</summary>
    public DateTime DatabaseCreated { get; init; }

    /// <summary>The first log record that restoring it needs.</summary>
    public required Lsn FirstLsn { get; init; }

    /// <summary>The log record after the last one that it holds.</summary>
    public required Lsn LastLsn { get; init; }

    public required Lsn CheckpointLsn { get; init; }

    /// <summary>The checkpoint of the full back-up before it; a differential is based on that one.</summary>
    public required Lsn DatabaseBackupLsn { get; init; }

    /// <summary>The same in all stripes of one back-up.</summary>
    public required Guid MediaSetId { get; init; }

    /// <summary>How many files the back-up was striped over; 1 where it was not.</summary>
    public required int FamilyCount { get; init; }

    /// <summary>Which of them this file is, from 1 on.</summary>
    public required int FamilyNumber { get; init; }

    /// <summary>The same in all stripes, and in nothing else.</summary>
    public required Guid BackupSetId { get; init; }

    /// <summary>The database's identity across renames: the binding GUID.</summary>
    public Guid BindingId { get; init; }

    /// <summary>Where in the file it lies, from 1 on. A file that was appended to holds more than one back-up; this is its first.</summary>
    public int Position { get; init; } = 1;

    /// <summary>Whether others were appended to it in the same file. Only this one was read, and where it finished was not looked for.</summary>
    public bool HoldsMoreBackups { get; init; }

    /// <summary>The name given to the back-up set; may be empty.</summary>
    public string SetName { get; init; } = "";

    /// <summary>The server's version, as <c>13.0.1708</c>.</summary>
    public string SoftwareVersion { get; init; } = "";

    /// <summary>The size in bytes that the server wrote, uncompressed; of a log possibly a nominal one.</summary>
    public long Size { get; init; }
}

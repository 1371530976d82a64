using System.Globalization;

namespace MigrationGuard.Retention.BackupHeaders;

/// <summary>SQL Server's own record of what was backed up, SCIN, in the stream MQCI of the block MSCI.</summary>
internal readonly record struct DatabaseRecord
{
    private const int LengthAt = 4;
    private const int BuildAt = 24;
    private const int MinorAt = 26;
    private const int MajorAt = 27;
    private const int FirstLsnAt = 32;
    private const int LastLsnAt = 42;
    private const int CheckpointLsnAt = 52;
    private const int DatabaseBackupLsnAt = 62;
    private const int CreatedAt = 72;
    private const int KindAt = 87;
    private const int SizeAt = 96;
    private const int DatabaseAt = 104;
    private const int ServerAt = 108;
    private const int BindingIdAt = 124;

    /// <summary>Its fixed fields; the names follow.</summary>
    private const int LeastBytes = 140;

    private const int MostBytes = 4096;

    public required string Database { get; init; }
    public required string Server { get; init; }
    public required BackupKind Kind { get; init; }
    public required DateTime Created { get; init; }
    public required Lsn FirstLsn { get; init; }
    public required Lsn LastLsn { get; init; }
    public required Lsn CheckpointLsn { get; init; }
    public required Lsn DatabaseBackupLsn { get; init; }
    public required Guid BindingId { get; init; }
    public required string SoftwareVersion { get; init; }
    public required long Size { get; init; }

    /// <exception cref="UnreadHeaderException">The record is damaged, cut off, or of a back-up of a part of a database.</exception>
    public static DatabaseRecord Read(MtfBlock block)
    {
        var stream = block.From(block.FirstStream);
        _ = stream.Slice(0, MtfBlock.StreamHeaderBytes);
        var rest = stream.From(MtfBlock.StreamHeaderBytes);
        var length = rest.U32(LengthAt);
        if (!stream.Is("MQCI"u8) || !rest.Is("SCIN"u8) || length is < LeastBytes or > MostBytes)
            throw UnreadHeaderException.Damaged(stream.Place, "the record SCIN, which names the database, is not there.");

        var record = rest.First((int)length);
        _ = record.Slice(0, (int)length);
        var strings = block.StringType;
        var database = record.Text(DatabaseAt, strings);
        if (database.Length == 0)
            throw UnreadHeaderException.Damaged(record.Place + DatabaseAt, "it names no database.");
        var size = record.U64(SizeAt);
        if (size > long.MaxValue)
            throw UnreadHeaderException.Damaged(record.Place + SizeAt, "no back-up is so large.");
        return new DatabaseRecord
        {
            Database = database,
            Server = record.Text(ServerAt, strings),
            Kind = ReadKind(record),
            Created = MtfDate.Read(record, CreatedAt) ?? default,
            FirstLsn = ReadLsn(record, FirstLsnAt),
            LastLsn = ReadLsn(record, LastLsnAt),
            CheckpointLsn = ReadLsn(record, CheckpointLsnAt),
            DatabaseBackupLsn = ReadLsn(record, DatabaseBackupLsnAt),
            BindingId = record.Guid(BindingIdAt),
            SoftwareVersion = string.Create(CultureInfo.InvariantCulture, $"{record.U8(MajorAt)}.{record.U8(MinorAt)}.{record.U16(BuildAt)}"),
            Size = (long)size,
        };
    }

    private static BackupKind ReadKind(MtfBlock record) => (char)record.U8(KindAt) switch
    {
        'D' => BackupKind.Full,
        'I' => BackupKind.Differential,
        'L' => BackupKind.Log,
        // The letters of msdb.dbo.backupset for files, partial back-ups, and differentials of either.
        'F' or 'G' or 'P' or 'Q' => throw UnreadHeaderException.Unreadable(
            "It is a SQL Server back-up of some of a database's files. Only back-ups of whole databases and of their logs are understood; RESTORE HEADERONLY shows what it holds."),
        _ => throw UnreadHeaderException.Damaged(record.Place + KindAt, "there is no such type of back-up."),
    };

    private static Lsn ReadLsn(MtfBlock record, int offset) =>
        new(record.U32(offset), record.U32(offset + sizeof(uint)), record.U16(offset + 2 * sizeof(uint)));
}

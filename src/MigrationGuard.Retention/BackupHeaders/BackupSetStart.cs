namespace MigrationGuard.Retention.BackupHeaders;

/// <summary>Reads the blocks that a back-up set begins with: SSET, when and under which name; VOLB, on which machine; MSCI, what of.</summary>
internal static class BackupSetStart
{
    private const int AttributesAt = 52;
    private const int PositionAt = 62;
    private const int SetNameAt = 64;
    private const int StartedAt = 88;
    private const int ZoneAt = 95;
    private const int SetIdAt = 100;
    private const int MachineAt = 64;

    /// <summary>The attribute of a set that stands outside the sequence.</summary>
    private const uint CopyOnly = 2;

    public static ReadOnlySpan<byte> Type => "SSET"u8;

    /// <summary>The header, still without a finish.</summary>
    /// <param name="set">The bytes from the set's start on.</param>
    /// <exception cref="UnreadHeaderException">A block is damaged, or cut off.</exception>
    public static BackupHeader Read(MtfBlock set, MediaHeader media, bool isCompressed)
    {
        set.Checked(Type);
        var volumeAt = set.OffsetOfNext("VOLB"u8);
        var start = set.First(volumeAt);
        var rest = set.From(volumeAt).Checked("VOLB"u8);
        var databaseAt = rest.OffsetOfNext("MSCI"u8);
        var machine = rest.First(databaseAt).Text(MachineAt);
        var database = DatabaseRecord.Read(rest.From(databaseAt).Checked("MSCI"u8));
        var zone = MtfDate.ReadZone(start, ZoneAt);
        return new BackupHeader
        {
            Server = database.Server,
            Machine = machine,
            Database = database.Database,
            Kind = database.Kind,
            IsCopyOnly = (start.U32(AttributesAt) & CopyOnly) != 0,
            IsCompressed = isCompressed,
            HasMediaPassword = media.HasPassword,
            BlockSize = media.BlockSize,
            Started = new DateTimeOffset(MtfDate.Require(start, StartedAt), zone ?? TimeSpan.Zero),
            IsZoneKnown = zone is not null,
            DatabaseCreated = database.Created,
            FirstLsn = database.FirstLsn,
            LastLsn = database.LastLsn,
            CheckpointLsn = database.CheckpointLsn,
            DatabaseBackupLsn = database.DatabaseBackupLsn,
            MediaSetId = media.SetId,
            FamilyCount = media.FamilyCount,
            FamilyNumber = media.FamilyNumber,
            BackupSetId = start.Guid(SetIdAt),
            BindingId = database.BindingId,
            Position = start.U16(PositionAt),
            SetName = start.Text(SetNameAt),
            SoftwareVersion = database.SoftwareVersion,
            Size = database.Size,
        };
    }
}

namespace MigrationGuard.Retention.BackupHistories;

/// <summary>What a back-up was written to, or one stripe of it: a row of <c>msdb.dbo.backupmediafamily</c>.</summary>
/// <param name="Stripe"><c>family_sequence_number</c>, from 1 on.</param>
/// <param name="Kind">From <c>device_type</c>.</param>
/// <param name="Name"><c>physical_device_name</c>; null where it is NULL.</param>
public sealed record RecordedDevice(int Stripe, DeviceKind Kind, string? Name)
{
    /// <summary>The null device, which keeps nothing of what is written to it.</summary>
    public bool IsNull => Name is { } name && (name.Equals("NUL", StringComparison.OrdinalIgnoreCase) || name.Equals("NUL:", StringComparison.OrdinalIgnoreCase) || name.Equals("/dev/null", StringComparison.Ordinal));

    /// <summary>The kind that a <c>device_type</c> stands for (Microsoft: "backupmediafamily (Transact-SQL)").</summary>
    public static DeviceKind KindOf(int? type) => type switch
    {
        // 102, which is not in the documentation any more, is a disk that sys.backup_devices names.
        2 or 102 => DeviceKind.Disk,
        5 => DeviceKind.Tape,
        7 => DeviceKind.Virtual,
        9 => DeviceKind.Url,
        105 => DeviceKind.Permanent,
        _ => DeviceKind.Unknown,
    };
}

/// <summary>The kinds of back-up device.</summary>
public enum DeviceKind
{
    /// <summary>NULL, or a number that is not documented.</summary>
    Unknown,

    /// <summary>A file on a disk or a share.</summary>
    Disk,

    Tape,

    /// <summary>A device that <c>sys.backup_devices</c> names; what it is, its physical name says.</summary>
    Permanent,

    /// <summary>Another product, which takes the back-up through the virtual device interface.</summary>
    Virtual,

    /// <summary>A blob of Azure Storage, or an object of another store that has an address.</summary>
    Url,
}

using System.Globalization;

namespace MigrationGuard.Retention.BackupHeaders;

/// <summary>A log sequence number: a place in a SQL Server database's transaction log.</summary>
/// <param name="File">The virtual log file's sequence number.</param>
/// <param name="Block">The log block's offset in it.</param>
/// <param name="Slot">The record's number in the block.</param>
/// <remarks>Written as <c>msdb.dbo.backupset</c> and RESTORE HEADERONLY write it: the parts one after the other, the last two with 10 and 5 digits.</remarks>
public readonly record struct Lsn(uint File, uint Block, ushort Slot) : IComparable<Lsn>
{
    /// <summary>No place in a log: what a back-up has that needs none.</summary>
    public static readonly Lsn None;

    public static bool operator <(Lsn left, Lsn right) => left.CompareTo(right) < 0;

    public static bool operator >(Lsn left, Lsn right) => left.CompareTo(right) > 0;

    public static bool operator <=(Lsn left, Lsn right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Lsn left, Lsn right) => left.CompareTo(right) >= 0;

    /// <summary>What <see cref="ToString"/> and SQL Server write; null of what is no such number.</summary>
    public static Lsn? Parse(string digits)
    {
        const int SlotDigits = 5, BlockDigits = 10;
        var padded = digits.PadLeft(SlotDigits + BlockDigits + 1, '0');
        return uint.TryParse(padded[..^(SlotDigits + BlockDigits)], NumberStyles.None, CultureInfo.InvariantCulture, out var file)
            && uint.TryParse(padded[^(SlotDigits + BlockDigits)..^SlotDigits], NumberStyles.None, CultureInfo.InvariantCulture, out var block)
            && ushort.TryParse(padded[^SlotDigits..], NumberStyles.None, CultureInfo.InvariantCulture, out var slot)
            ? new Lsn(file, block, slot)
            : null;
    }

    public int CompareTo(Lsn other) => (File, Block, Slot).CompareTo((other.File, other.Block, other.Slot));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}{Block:D10}{Slot:D5}");
}

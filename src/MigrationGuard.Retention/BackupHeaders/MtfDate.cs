namespace MigrationGuard.Retention.BackupHeaders;

/// <summary>Dates of the Microsoft Tape Format: 5 bytes, from the highest bit on 14 of the year, 4 month, 5 day, 5 hour, 6 minute, 6 second.</summary>
/// <remarks>They are the server's local ones. The zone stands once, with the start of the back-up set.</remarks>
internal static class MtfDate
{
    public const int Bytes = 5;

    /// <summary>The zone of a server that did not know its own.</summary>
    private const sbyte UnknownZone = 127;

    private const int MinutesOfZoneUnit = 15;
    private const int MostZoneUnits = 14 * 60 / MinutesOfZoneUnit;

    /// <summary>The date, or null where all bits are zero, which is how the format leaves a date out.</summary>
    /// <exception cref="UnreadHeaderException">There is no such date.</exception>
    public static DateTime? Read(MtfBlock block, int offset)
    {
        var bytes = block.Slice(offset, Bytes);
        var bits = (ulong)bytes[0] << 32 | (ulong)bytes[1] << 24 | (ulong)bytes[2] << 16 | (ulong)bytes[3] << 8 | bytes[4];
        if (bits == 0)
            return null;

        var (year, month, day) = ((int)(bits >> 26), (int)(bits >> 22 & 15), (int)(bits >> 17 & 31));
        var (hour, minute, second) = ((int)(bits >> 12 & 31), (int)(bits >> 6 & 63), (int)(bits & 63));
        // The first and the last year have moments that no zone can express; no server has either.
        var exists = year is > 1 and < 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            && hour < 24 && minute < 60 && second < 60;
        return exists
            ? new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified)
            : throw UnreadHeaderException.Damaged(block.Place + offset, "the date there does not exist.");
    }

    /// <summary>A date that the format requires.</summary>
    /// <exception cref="UnreadHeaderException">It is left out, or there is no such date.</exception>
    public static DateTime Require(MtfBlock block, int offset) =>
        Read(block, offset) ?? throw UnreadHeaderException.Damaged(block.Place + offset, "the date there is missing.");

    /// <summary>How far the server's clock was ahead of UTC, or null where it did not know.</summary>
    /// <exception cref="UnreadHeaderException">No clock on earth is so far ahead or behind.</exception>
    public static TimeSpan? ReadZone(MtfBlock block, int offset)
    {
        var units = (sbyte)block.Slice(offset, 1)[0];
        if (units == UnknownZone)
            return null;
        return Math.Abs((int)units) <= MostZoneUnits
            ? TimeSpan.FromMinutes(units * MinutesOfZoneUnit)
            : throw UnreadHeaderException.Damaged(block.Place + offset, "the time zone there does not exist.");
    }
}

using System.Globalization;

namespace MigrationGuard.Databases.Values;

/// <summary>Reads dates and times written as ISO 8601 text, in the shapes SQLite's own functions take.</summary>
public static class MomentText
{
    /// <summary>
    /// Reads <c>2024-03-01</c>, <c>2024-03-01 10:00</c>, <c>2024-03-01T10:00:00.1234567+01:00</c> and what lies between; the
    /// resolution is that of the digits written.
    /// </summary>
    /// <returns>False when the text names no moment.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out Timestamp moment) => TryRead(text, out moment, out _);

    /// <param name="isExact">False where digits past 100 ns were cut.</param>
    /// <inheritdoc cref="TryRead(ReadOnlySpan{char}, out Timestamp)"/>
    public static bool TryRead(ReadOnlySpan<char> text, out Timestamp moment, out bool isExact)
    {
        moment = default;
        isExact = true;
        var rest = text.Trim();
        if (!TryReadDate(ref rest, out var ticks))
            return false;
        if (rest.IsEmpty)
        {
            moment = Timestamp.FromTicks(ticks, TimeResolution.Day, isUtc: false);
            return true;
        }
        if (rest[0] is not (' ' or 'T') || !TryReadTime(rest[1..], out rest, out var time, out var decimals, out isExact) || !TryReadZone(rest, out var offset))
            return false;
        ticks += time - (offset ?? 0);
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
            return false;
        moment = Timestamp.FromTicks(ticks, TimeResolution.Fraction(decimals), isUtc: offset is not null);
        return true;
    }

    private static bool TryReadDate(ref ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-')
            return false;
        var (year, month, day) = (Number(text[..4]), Number(text[5..7]), Number(text[8..10]));
        if (year <= 0 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified).Ticks;
        text = text[10..];
        return true;
    }

    // 10:00, 10:00:00 or 10:00:00.123
    private static bool TryReadTime(ReadOnlySpan<char> text, out ReadOnlySpan<char> rest, out long ticks, out int decimals, out bool isExact)
    {
        rest = default;
        (ticks, decimals, isExact) = (0, 0, true);
        if (text.Length < 5 || text[2] != ':')
            return false;
        var (hour, minute, second) = (Number(text[..2]), Number(text[3..5]), 0);
        rest = text[5..];
        if (rest.Length >= 3 && rest[0] == ':')
        {
            second = Number(rest[1..3]);
            rest = rest[3..];
            if (rest.Length >= 2 && rest[0] == '.' && char.IsAsciiDigit(rest[1]))
                rest = ReadFraction(rest[1..], out ticks, out decimals, out isExact);
        }
        ticks += (((((hour * 60L) + minute) * 60) + second) * TimeSpan.TicksPerSecond);
        return hour is >= 0 and <= 23 && minute is >= 0 and <= 59 && second is >= 0 and <= 59;
    }

    // Digits past 100 ns cannot be held; they are cut, as every engine's own types would.
    private static ReadOnlySpan<char> ReadFraction(ReadOnlySpan<char> text, out long ticks, out int decimals, out bool isExact)
    {
        (ticks, decimals, isExact) = (0, 0, true);
        var position = 0;
        for (; position < text.Length && char.IsAsciiDigit(text[position]); position++)
        {
            if (position < 7)
                (ticks, decimals) = ((ticks * 10) + (text[position] - '0'), decimals + 1);
            else if (text[position] != '0')
                isExact = false;
        }
        for (var missing = decimals; missing < 7; missing++)
            ticks *= 10;
        return text[position..];
    }

    // Nothing, Z, +01, +0100 or +01:00; the offset in ticks, null where there is none.
    private static bool TryReadZone(ReadOnlySpan<char> text, out long? offset)
    {
        offset = null;
        var zone = text.TrimStart();
        if (zone.IsEmpty)
            return true;
        if (zone is "Z" or "z")
        {
            offset = 0;
            return true;
        }
        if (zone[0] is not ('+' or '-') || zone.Length < 3)
            return false;
        var hours = Number(zone[1..3]);
        var rest = zone[3..];
        if (rest.Length == 3 && rest[0] == ':')
            rest = rest[1..];
        var minutes = rest.Length switch { 0 => 0, 2 => Number(rest), _ => -1 };
        // No clock on earth is further from UTC.
        if (hours is < 0 or > 14 || minutes is < 0 or > 59)
            return false;
        offset = new TimeSpan(hours, minutes, 0).Ticks * (zone[0] == '-' ? -1 : 1);
        return true;
    }

    // -1 where a character is no digit.
    private static int Number(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace MigrationGuard.Databases.Values;

/// <summary>Reads dates and times written as ISO 8601 text, in the shapes SQLite's own functions take.</summary>
public static partial class MomentText
{
    /// <summary>
    /// Reads <c>2024-03-01</c>, <c>2024-03-01 10:00</c>, <c>2024-03-01T10:00:00.1234567+01:00</c> and what lies between; the
    /// resolution is that of the digits written.
    /// </summary>
    /// <returns>False when the text names no moment.</returns>
    public static bool TryRead(string text, out Timestamp moment)
    {
        moment = default;
        var match = Iso8601().Match(text);
        if (!match.Success || TicksOfReading(match) is not { } ticks)
            return false;
        if (!match.Groups["hour"].Success)
        {
            moment = Timestamp.FromTicks(ticks, TimeResolution.Day, isUtc: false);
            return true;
        }
        var fraction = match.Groups["fraction"].Value;
        // Digits past 100 ns cannot be held; they are cut, as every engine's own types would.
        var kept = fraction.Length > 7 ? fraction[..7] : fraction;
        if (kept.Length > 0)
            ticks += long.Parse(kept.PadRight(7, '0'), CultureInfo.InvariantCulture);
        if (match.Groups["sign"].Success)
        {
            var (hours, minutes) = (Part(match, "offsetHours"), Part(match, "offsetMinutes"));
            // No clock on earth is further from UTC.
            if (hours > 14 || minutes > 59)
                return false;
            var offset = new TimeSpan(hours, minutes, 0).Ticks;
            ticks -= match.Groups["sign"].Value == "-" ? -offset : offset;
        }
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
            return false;
        moment = Timestamp.FromTicks(ticks, TimeResolution.Fraction(kept.Length), match.Groups["zone"].Success);
        return true;
    }

    private static long? TicksOfReading(Match match)
    {
        var (year, month, day) = (Part(match, "year"), Part(match, "month"), Part(match, "day"));
        var (hour, minute, second) = (Part(match, "hour"), Part(match, "minute"), Part(match, "second"));
        return year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59
            ? null
            : new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified).Ticks;
    }

    private static int Part(Match match, string name) =>
        match.Groups[name].Success ? int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^\s*(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})(?:[ T](?<hour>[0-9]{2}):(?<minute>[0-9]{2})(?::(?<second>[0-9]{2})(?:\.(?<fraction>[0-9]+))?)?\s*(?<zone>Z|z|(?<sign>[+-])(?<offsetHours>[0-9]{2}):?(?<offsetMinutes>[0-9]{2})?)?)?\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Iso8601();
}

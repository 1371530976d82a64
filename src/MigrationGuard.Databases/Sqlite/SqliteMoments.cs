using System.Globalization;
using System.Text.RegularExpressions;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases.Sqlite;

/// <summary>
/// Reads dates as SQLite stores them: ISO 8601 text of several shapes, julian days, or Unix time
/// (https://www.sqlite.org/lang_datefunc.html, "Time Values").
/// </summary>
/// <param name="zone">The zone of text that does not say its own.</param>
/// <param name="integers">What whole numbers count.</param>
internal sealed partial class SqliteMoments(TimeZoneInfo zone, IntegerTimestamps integers)
{
    // The julian day of 0001-01-01 00:00 in the proleptic Gregorian calendar.
    private const double JulianDayOfYearOne = 1_721_425.5;

    /// <summary>What the aggregate has seen of a column so far.</summary>
    internal readonly record struct Seen(long? NewestTicks, int Decimals, bool DaysOnly, bool HasValue, long Unreadable);

    public Seen Add(Seen seen, object? value)
    {
        if (value is null or DBNull)
            return seen;
        if (Read(value) is not { } moment || moment.ToUtc(zone) is not { } utc)
            return seen with { Unreadable = seen.Unreadable + 1 };
        var daysOnly = moment.Resolution == TimeResolution.Day;
        var decimals = daysOnly ? 0 : Decimals(moment.Resolution);
        return new Seen(
            Math.Max(seen.NewestTicks ?? long.MinValue, utc.Ticks),
            Math.Max(seen.Decimals, decimals),
            daysOnly && (seen.DaysOnly || !seen.HasValue),
            HasValue: true,
            seen.Unreadable);
    }

    public string Encode(Seen seen) => string.Create(
        CultureInfo.InvariantCulture, $"{seen.NewestTicks}|{seen.Decimals}|{(seen.DaysOnly ? 1 : 0)}|{seen.Unreadable}");

    /// <summary>Reads what <see cref="Encode"/> wrote; SQLite hands text out of an aggregate, not records.</summary>
    public static NewestMoment Decode(string encoded)
    {
        var parts = encoded.Split('|');
        var unreadable = long.Parse(parts[3], CultureInfo.InvariantCulture);
        if (parts[0].Length == 0)
            return new NewestMoment(null, unreadable);
        var resolution = parts[2] == "1" ? TimeResolution.Day : TimeResolution.Fraction(int.Parse(parts[1], CultureInfo.InvariantCulture));
        return new NewestMoment(Timestamp.FromTicks(long.Parse(parts[0], CultureInfo.InvariantCulture), resolution, isUtc: true), unreadable);
    }

    public bool IsAfter(object? value, long utcTicks) =>
        value is not (null or DBNull) && Read(value) is { } moment && moment.ToUtc(zone) is { } utc && utc.Ticks > utcTicks;

    /// <summary>The moment a stored value names; null when it names none.</summary>
    public Timestamp? Read(object value) => value switch
    {
        string text => TryRead(text, out var moment) ? moment : null,
        long number => FromUnix(number),
        double days => FromJulianDay(days),
        _ => null,
    };

    /// <summary>Reads <c>2024-03-01</c>, <c>2024-03-01 10:00</c>, <c>2024-03-01T10:00:00.1234567+01:00</c> and what lies between.</summary>
    public static bool TryRead(string text, out Timestamp moment)
    {
        moment = default;
        var match = Iso8601().Match(text);
        if (!match.Success)
            return false;
        int Part(string name) => match.Groups[name].Success ? int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture) : 0;
        var (year, month, day, hour, minute, second) = (Part("year"), Part("month"), Part("day"), Part("hour"), Part("minute"), Part("second"));
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return false;
        var ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified).Ticks;
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
        var isUtc = match.Groups["zone"].Success;
        if (match.Groups["sign"].Success)
        {
            var offset = new TimeSpan(Part("offsetHours"), Part("offsetMinutes"), 0).Ticks;
            ticks -= match.Groups["sign"].Value == "-" ? -offset : offset;
        }
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
            return false;
        moment = Timestamp.FromTicks(ticks, TimeResolution.Fraction(kept.Length), isUtc);
        return true;
    }

    private Timestamp? FromUnix(long number)
    {
        var perSecond = integers == IntegerTimestamps.UnixMilliseconds ? 1_000L : 1L;
        if (Math.Abs((double)number / perSecond) > 62_135_596_800d * 5)
            return null;
        var ticks = DateTime.UnixEpoch.Ticks + (number * (TimeSpan.TicksPerSecond / perSecond));
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks
            ? null
            : Timestamp.FromTicks(ticks, perSecond == 1 ? TimeResolution.Second : TimeResolution.Millisecond, isUtc: true);
    }

    // SQLite itself keeps julian days to the millisecond.
    private static Timestamp? FromJulianDay(double days)
    {
        var milliseconds = Math.Round((days - JulianDayOfYearOne) * 86_400_000d);
        return milliseconds < 0 || milliseconds * TimeSpan.TicksPerMillisecond > DateTime.MaxValue.Ticks || double.IsNaN(milliseconds)
            ? null
            : new Timestamp((long)milliseconds, TimeResolution.Millisecond, IsUtc: true);
    }

    private static int Decimals(TimeResolution resolution) =>
        resolution.UnitsPerSecond.ToString(CultureInfo.InvariantCulture).Length - 1;

    [GeneratedRegex(
        @"^\s*(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[ T](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.(?<fraction>\d+))?)?\s*(?<zone>Z|z|(?<sign>[+-])(?<offsetHours>\d{2}):?(?<offsetMinutes>\d{2})?)?)?\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Iso8601();
}

using System.Globalization;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases.Sqlite;

/// <summary>
/// Reads dates as SQLite stores them: ISO 8601 text of several shapes, julian days, or Unix time
/// (https://www.sqlite.org/lang_datefunc.html, "Time Values").
/// </summary>
/// <param name="zone">The zone of text that does not say its own.</param>
/// <param name="integers">What whole numbers count.</param>
internal sealed class SqliteMoments(TimeZoneInfo zone, IntegerTimestamps integers)
{
    // The julian day of 0001-01-01 00:00 in the proleptic Gregorian calendar.
    private const double JulianDayOfYearOne = 1_721_425.5;

    /// <summary>What the aggregate has seen of a column so far.</summary>
    internal readonly record struct Seen(long? NewestTicks, bool NewestIsAmbiguous, int Decimals, bool DaysOnly, bool HasValue, long Unreadable);

    public Seen Add(Seen seen, object? value)
    {
        if (value is null or DBNull)
            return seen;
        if (Read(value) is not { } moment)
            return seen with { Unreadable = seen.Unreadable + 1 };
        var (ticks, ambiguous) = UtcTicks(moment);
        var isNewer = seen.NewestTicks is null || ticks > seen.NewestTicks;
        var daysOnly = moment.Resolution == TimeResolution.Day;
        var decimals = daysOnly ? 0 : Decimals(moment.Resolution);
        return new Seen(
            isNewer ? ticks : seen.NewestTicks,
            isNewer ? ambiguous : seen.NewestIsAmbiguous,
            Math.Max(seen.Decimals, decimals),
            daysOnly && (seen.DaysOnly || !seen.HasValue),
            HasValue: true,
            seen.Unreadable);
    }

    public string Encode(Seen seen) => string.Create(
        CultureInfo.InvariantCulture, $"{seen.NewestTicks}|{seen.Decimals}|{(seen.DaysOnly ? 1 : 0)}|{seen.Unreadable + (seen.NewestIsAmbiguous ? 1 : 0)}");

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
        value is not (null or DBNull) && Read(value) is { } moment && UtcTicks(moment).Ticks > utcTicks;

    // Of the two moments that a reading in a repeated hour can name, the later: it matters only where it is the newest, which is
    // then said, or where it may be after a freeze, which is then counted.
    private (long Ticks, bool IsAmbiguous) UtcTicks(Timestamp moment) =>
        moment.ToUtc(zone) is { } utc ? (utc.Ticks, false) : (moment.Ticks - zone.BaseUtcOffset.Ticks, true);

    /// <summary>The moment a stored value names; null when it names none.</summary>
    public Timestamp? Read(object value) => value switch
    {
        Timestamp moment => moment,
        string text => MomentText.TryRead(text, out var moment) ? moment : null,
        long number => FromUnix(number),
        double days => FromJulianDay(days),
        _ => null,
    };

    /// <summary>The moment a whole number counts to; null when it is beyond the calendar.</summary>
    public Timestamp? FromUnix(long number)
    {
        var perSecond = integers == IntegerTimestamps.UnixMilliseconds ? 1_000L : 1L;
        if (Math.Abs((double)number / perSecond) > 62_135_596_800d * 5)
            return null;
        var ticks = DateTime.UnixEpoch.Ticks + (number * (TimeSpan.TicksPerSecond / perSecond));
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks
            ? null
            : Timestamp.FromTicks(ticks, perSecond == 1 ? TimeResolution.Second : TimeResolution.Millisecond, isUtc: true);
    }

    /// <summary>The moment of a julian day; null when it is beyond the calendar.</summary>
    /// <remarks>SQLite itself keeps julian days to the millisecond.</remarks>
    public static Timestamp? FromJulianDay(double days)
    {
        var milliseconds = Math.Round((days - JulianDayOfYearOne) * 86_400_000d);
        return milliseconds < 0 || milliseconds * TimeSpan.TicksPerMillisecond > DateTime.MaxValue.Ticks || double.IsNaN(milliseconds)
            ? null
            : new Timestamp((long)milliseconds, TimeResolution.Millisecond, IsUtc: true);
    }

    private static int Decimals(TimeResolution resolution) =>
        resolution.UnitsPerSecond.ToString(CultureInfo.InvariantCulture).Length - 1;
}

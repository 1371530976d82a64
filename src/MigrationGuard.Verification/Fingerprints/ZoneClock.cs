using MigrationGuard.Databases.Values;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>Turns readings of a zone's clocks into moments and back, for every value there is.</summary>
/// <remarks>
/// A reading that clocks show twice is taken for the later moment, one that they skip at the offset before the change. That is a
/// choice, and a recorded one; what it buys is that no row is left out. Beyond the calendar of .NET no zone has an offset.
/// </remarks>
internal sealed class ZoneClock(TimeZoneInfo zone)
{
    // Rules of zones count in whole minutes: no unit longer than that can be moved by them.
    private static readonly TimeResolution Longest = TimeResolution.Minute;

    private readonly bool _isUtc = zone.BaseUtcOffset == TimeSpan.Zero && !zone.SupportsDaylightSavingTime;

    /// <summary>Whether every reading names one moment.</summary>
    public bool NeverRepeats => !zone.SupportsDaylightSavingTime && zone.GetAdjustmentRules().Length == 0;

    /// <summary>The moment at which this zone's clocks showed a reading; beyond the calendar, the same units as if they were of UTC.</summary>
    public Timestamp ToUtc(in Timestamp reading)
    {
        if (_isUtc || InCalendar(reading) is not { } clock)
            return reading with { IsUtc = true };
        var offset = zone.IsInvalidTime(clock) ? zone.GetUtcOffset(clock.AddHours(-3)) : zone.GetUtcOffset(clock);
        return Moved(reading, -offset) with { IsUtc = true };
    }

    /// <summary>What this zone's clocks showed at a moment; beyond the calendar, the same units as UTC's.</summary>
    public Timestamp ToReading(in Timestamp utc)
    {
        if (_isUtc || InCalendar(utc) is not { } clock)
            return utc with { IsUtc = false };
        return Moved(utc, zone.GetUtcOffset(DateTime.SpecifyKind(clock, DateTimeKind.Utc))) with { IsUtc = false };
    }

    /// <summary>The moment by which all moments go that clocks of this zone show alike.</summary>
    public Timestamp ToUnambiguous(in Timestamp utc) => ToUtc(ToReading(utc));

    private static DateTime? InCalendar(in Timestamp value)
    {
        var ticks = MomentBytes.Ticks(value);
        // A day from either end, so that no offset leads out of it.
        return ticks < TimeSpan.TicksPerDay || ticks > DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay
            ? null
            : new DateTime((long)ticks, DateTimeKind.Unspecified);
    }

    private static Timestamp Moved(in Timestamp value, TimeSpan offset)
    {
        var movable = value.Resolution > Longest ? value.Floor(Longest) : value;
        var seconds = (long)offset.TotalSeconds;
        return movable with { Units = movable.Units + (seconds * movable.Resolution.UnitsPerSecond / movable.Resolution.SecondsPerUnit) };
    }
}

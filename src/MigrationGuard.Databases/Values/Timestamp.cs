using System.Globalization;

namespace MigrationGuard.Databases.Values;

/// <summary>A date and time exactly as a column holds it: a whole number of the column's own units since 0001-01-01 00:00.</summary>
/// <param name="Units">Units of <paramref name="Resolution"/> since 0001-01-01 00:00:00.</param>
/// <param name="Resolution">The unit.</param>
/// <param name="IsUtc">True when the moment is known in UTC; false for a wall-clock reading whose zone the column does not say.</param>
public readonly record struct Timestamp(long Units, TimeResolution Resolution, bool IsUtc)
{
    /// <summary>A moment of .NET, at 100 ns, narrowed to <paramref name="resolution"/>, which the value is known to fit.</summary>
    public static Timestamp FromTicks(long ticks, TimeResolution resolution, bool isUtc) =>
        new(Floor(ticks, TimeResolution.HundredNanoseconds, resolution), resolution, isUtc);

    public static Timestamp FromUtc(DateTimeOffset moment) =>
        new(moment.UtcTicks, TimeResolution.HundredNanoseconds, IsUtc: true);

    /// <summary>The 100 ns ticks since 0001-01-01; a <c>datetime</c>'s third of a hundredth is rounded to the nearest. The last tick there is for what is beyond all ticks.</summary>
    public long Ticks => Round(Units, Resolution, TimeResolution.HundredNanoseconds);

    /// <summary>The largest value of <paramref name="resolution"/> that is not after this one.</summary>
    public Timestamp Floor(TimeResolution resolution) => this with { Units = Floor(Units, Resolution, resolution), Resolution = resolution };

    /// <summary>The value of <paramref name="resolution"/> nearest to this one, halves up.</summary>
    public Timestamp Round(TimeResolution resolution) => this with { Units = Round(Units, Resolution, resolution), Resolution = resolution };

    /// <summary>
    /// The same moment in UTC, a wall-clock reading being one of <paramref name="zone"/>; null when the clocks went back over it,
    /// so that it names two moments.
    /// </summary>
    /// <remarks>
    /// A reading that the clocks skipped is taken at the offset before the change, as the clock that wrote it had not moved.
    /// A date is the same date in every zone.
    /// </remarks>
    public Timestamp? ToUtc(TimeZoneInfo zone)
    {
        if (IsUtc)
            return this;
        if (Resolution == TimeResolution.Day)
            return this with { IsUtc = true };
        if (zone.BaseUtcOffset == TimeSpan.Zero && !zone.SupportsDaylightSavingTime)
            return this with { IsUtc = true };
        // Beyond the calendar, as PostgreSQL's infinity is, no zone has an offset.
        if (Ticks is < 0 or > 3_155_378_975_999_999_999)
            return this with { IsUtc = true };
        var reading = new DateTime(Ticks, DateTimeKind.Unspecified);
        if (zone.IsAmbiguousTime(reading))
            return null;
        var offset = zone.IsInvalidTime(reading) ? zone.GetUtcOffset(reading.AddHours(-3)) : zone.GetUtcOffset(reading);
        var offsetUnits = Round(offset.Ticks, TimeResolution.HundredNanoseconds, Resolution);
        return new Timestamp(Units - offsetUnits, Resolution, IsUtc: true);
    }

    /// <summary>Compares two readings of the same kind exactly, whatever their resolutions.</summary>
    public static int CompareExactly(Timestamp a, Timestamp b) =>
        ((Int128)a.Units * a.Resolution.SecondsPerUnit * b.Resolution.UnitsPerSecond)
            .CompareTo((Int128)b.Units * b.Resolution.SecondsPerUnit * a.Resolution.UnitsPerSecond);

    /// <summary>
    /// Whether two readings are the same value once one of them was stored at the coarser resolution.
    /// </summary>
    /// <remarks>
    /// A copy into a coarser type either rounds (SQL Server, PostgreSQL) or cuts (text, many programs): both are the same
    /// value, nothing else is. Three-hundredths of a second are only ever rounded to.
    /// </remarks>
    public static bool SameAtCoarser(Timestamp a, Timestamp b)
    {
        if (a.Resolution == b.Resolution)
            return a.Units == b.Units;
        var (coarse, fine) = a.Resolution > b.Resolution ? (a, b) : (b, a);
        // Every engine cuts the time of day off a date; rounding would make two neighbouring days one.
        if (coarse.Resolution == TimeResolution.Day)
            return coarse.Units == fine.Floor(TimeResolution.Day).Units;
        return coarse.Units == fine.Round(coarse.Resolution).Units
            || (coarse.Resolution != TimeResolution.SqlDateTime && coarse.Units == fine.Floor(coarse.Resolution).Units);
    }

    /// <summary>ISO 8601 with the decimals the resolution needs; <c>Z</c> when in UTC.</summary>
    public override string ToString()
    {
        var ticks = Ticks;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
            return string.Create(CultureInfo.InvariantCulture, $"{Units} units of {Resolution} since 0001-01-01");
        var time = new DateTime(ticks, DateTimeKind.Unspecified);
        if (Resolution == TimeResolution.Day)
            return time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var decimals = Resolution.UnitsPerSecond switch
        {
            1 => 0,
            300 => 7,
            var units => units.ToString(CultureInfo.InvariantCulture).Length - 1,
        };
        var format = decimals == 0 ? "yyyy-MM-ddTHH:mm:ss" : "yyyy-MM-ddTHH:mm:ss." + new string('f', decimals);
        return time.ToString(format, CultureInfo.InvariantCulture) + (IsUtc ? "Z" : "");
    }

    private static long Floor(long units, TimeResolution from, TimeResolution to)
    {
        var (numerator, denominator) = Scaled(units, from, to);
        var quotient = numerator / denominator;
        return long.CreateSaturating(numerator % denominator < 0 ? quotient - 1 : quotient);
    }

    private static long Round(long units, TimeResolution from, TimeResolution to)
    {
        var (numerator, denominator) = Scaled(units, from, to);
        var doubled = (2 * numerator) + denominator;
        var quotient = doubled / (2 * denominator);
        return long.CreateSaturating(doubled % (2 * denominator) < 0 ? quotient - 1 : quotient);
    }

    private static (Int128 Numerator, Int128 Denominator) Scaled(long units, TimeResolution from, TimeResolution to) =>
        ((Int128)units * from.SecondsPerUnit * to.UnitsPerSecond, (Int128)from.UnitsPerSecond * to.SecondsPerUnit);
}

using MigrationGuard.Databases.Values;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>Writes one side's dates and times at the step and in the zone of a pair's rule.</summary>
internal sealed class MomentEncoder(RowBuffer row, MomentPath path) : ValueEncoder(row)
{
    public override void Moment(in Timestamp value) => MomentBytes.Write(Row, path.Follow(value));

    public override void Moment(in Timestamp utc, int offsetMinutes)
    {
        var moment = path.Follow(utc);
        if (path.KeepsOffset)
            CanonicalBytes.MomentWithOffset(Row, moment.Ticks, offsetMinutes);
        else
            MomentBytes.Write(Row, moment);
    }
}

/// <summary>The way from one side's values to those that both sides are compared by.</summary>
/// <remarks>
/// It leads to where the target's values are: only there does the target's step mean what its column does. The target's own
/// values are narrowed by nothing, so that one that no copy could have made differs.
/// </remarks>
internal sealed record MomentPath
{
    /// <summary>The clock of values that do not say their zone.</summary>
    public required ZoneClock Own { get; init; }

    /// <summary>The target's clock, by whose readings both sides are compared; null when they are compared in UTC.</summary>
    public required ZoneClock? Readings { get; init; }

    /// <summary>Whether this side's readings are such readings already.</summary>
    public bool IsThere { get; init; }

    /// <summary>A clock that showed two moments alike on the way from the source; null for none.</summary>
    public ZoneClock? Merging { get; init; }

    /// <summary>The step this side's values are brought to; null for their own.</summary>
    public TimeResolution? Step { get; init; }

    public Rounding Rounding { get; init; }

    /// <summary>Whether the other side counts in 1/300 s, so that values are taken for such counts where they are.</summary>
    public bool InThreeHundredths { get; init; }

    /// <summary>Whether a decimal spelling of such a count is that count.</summary>
    public bool SpellsThreeHundredths { get; init; }

    public bool KeepsOffset { get; init; }

    public Timestamp Follow(in Timestamp value)
    {
        var placed = Placed(value);
        // PostgreSQL's infinity has no step: a copy into a coarser one is infinity again.
        if (placed.Units is long.MaxValue or long.MinValue)
            return placed;
        var found = Narrowed(placed);
        return InThreeHundredths && found.Resolution != TimeResolution.SqlDateTime ? Counted(found) : found;
    }

    private Timestamp Placed(in Timestamp value)
    {
        if (IsThere && !value.IsUtc)
            return value;
        var utc = value.IsUtc ? value : Own.ToUtc(value);
        if (Merging is not null)
            utc = Merging.ToUnambiguous(utc);
        return Readings is null ? utc : Readings.ToReading(utc);
    }

    private Timestamp Narrowed(in Timestamp value) => Step switch
    {
        null => value,
        { } step when step == value.Resolution => value,
        // Every engine cuts the time off a date, and rounds to three-hundredths of a second.
        { } step when step == TimeResolution.Day => value.Floor(step),
        { } step when step == TimeResolution.SqlDateTime || Rounding == Rounding.Nearest => value.Round(step),
        { } step => value.Floor(step),
    };

    private Timestamp Counted(in Timestamp value)
    {
        var count = value.Round(TimeResolution.SqlDateTime);
        return Timestamp.CompareExactly(count, value) == 0 || (SpellsThreeHundredths && Spells(value, count)) ? count : value;
    }

    // Programs on the way hold from three decimals to seven, and round to theirs or cut; SQL Server itself went by way of
    // milliseconds until 2016. Neighbouring counts are more than 3 ms apart, so no spelling is that of two.
    private static bool Spells(in Timestamp value, in Timestamp count)
    {
        for (var decimals = 7; decimals >= 3; decimals--)
        {
            var step = TimeResolution.Fraction(decimals);
            if (Timestamp.CompareExactly(count.Round(step), value) == 0 || Timestamp.CompareExactly(count.Floor(step), value) == 0)
                return true;
        }
        return false;
    }
}

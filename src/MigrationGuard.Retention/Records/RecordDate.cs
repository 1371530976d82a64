using MigrationGuard.Databases.Values;

namespace MigrationGuard.Retention.Records;

/// <summary>The date that a record's period counts from, as one side has it.</summary>
/// <param name="UtcTicks">The moment, in ticks of 100 ns.</param>
/// <param name="UnitSeconds">The seconds of the unit that it was stored in; 1 where that is shorter.</param>
internal readonly record struct RecordDate(long UtcTicks, int UnitSeconds)
{
    // A day is of the zone that wrote it, which may be half a day from UTC.
    private const int DaysApart = 2;

    private const int SecondsPerDay = 86_400;

    public static RecordDate Of(DateTimeOffset moment, TimeResolution resolution) => new(moment.UtcTicks, (int)Math.Max(1, (long)resolution.SecondsPerUnit));

    /// <summary>Whether two sides have the same date, once one of them may have stored it in a coarser unit; or neither has one.</summary>
    public static bool AreSame(RecordDate? frozen, RecordDate? live)
    {
        if (frozen is not { } old || live is not { } current)
            return frozen is null && live is null;
        if (old.UnitSeconds == current.UnitSeconds && old.UnitSeconds > 1)
            return old.UtcTicks == current.UtcTicks;
        var unit = Math.Max(old.UnitSeconds, current.UnitSeconds);
        var within = unit >= SecondsPerDay ? DaysApart * TimeSpan.TicksPerDay : unit * TimeSpan.TicksPerSecond;
        return Math.Abs(old.UtcTicks - current.UtcTicks) < within;
    }
}

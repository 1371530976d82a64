namespace MigrationGuard.Qualification.Damages;

/// <summary>What happens to dates and times.</summary>
internal static class MomentDamages
{
    public static IReadOnlyList<Damage> Date { get; } =
    [
        Damage.Of<DateOnly>("one-day", "The date becomes the next.", null, (date, _) => date.AddDays(1)),
        Damage.Of<DateOnly>("day-month-swapped", "Day and month change places.", null, (date, _) => Swapped(date)),
        Damage.Of<DateOnly>("century", "The year loses its century and gets another.", draw => draw.Day().AddYears(20), (date, _) => date.AddYears(-100)),
        Damage.Of<DateOnly>("leap-day-moved", "29 February becomes 1 March.", draw => new DateOnly(2000 + (4 * draw.Below(6)), 2, 29), (date, _) => date.AddDays(1)),
        Damage.Fixed("epoch-for-null", "NULL becomes 1 January 1970.", null, new DateOnly(1970, 1, 1)),
        Damage.Everywhere<DateOnly>("zone-shift", "Every date is a day early, as midnight read in another zone.", date => date.AddDays(-1)),
    ];

    public static IReadOnlyList<Damage> Time { get; } =
    [
        Damage.Of<TimeOnly>("one-tick", "The time becomes a microsecond later.", null, (time, _) => time.Add(TimeSpan.FromMicroseconds(1))),
        Damage.Of<TimeOnly>("twelve-hours", "An afternoon becomes a morning.", null, (time, _) => time.AddHours(-12)),
        Damage.Of<TimeOnly>("fraction-lost", "The fraction of the second is lost.", null, (time, _) => new TimeOnly(time.Hour, time.Minute, time.Second)),
        Damage.Of<TimeOnly>("seconds-lost", "The seconds are lost.", null, (time, _) => new TimeOnly(time.Hour, time.Minute)),
        Damage.Fixed("midnight-for-null", "NULL becomes midnight.", null, TimeOnly.MinValue),
    ];

    public static IReadOnlyList<Damage> Timestamp { get; } =
    [
        .. Moments<DateTime>((moment, by) => moment + by, moment => moment.TimeOfDay),
        Damage.Of<DateTime>("day-month-swapped", "Day and month change places.", null, (moment, _) => Swapped(DateOnly.FromDateTime(moment)).ToDateTime(TimeOnly.FromDateTime(moment))),
        Damage.Fixed("null-for-epoch", "1 January 1970 becomes NULL.", new DateTime(1970, 1, 1), null),
    ];

    public static IReadOnlyList<Damage> TimestampWithZone { get; } =
    [
        .. Moments<DateTimeOffset>((moment, by) => moment + by, moment => moment.TimeOfDay),
        Damage.Of<DateTimeOffset>("offset-lost", "The time on the clock stays and its offset becomes that of UTC.", draw => new DateTimeOffset(draw.Moment(), TimeSpan.FromHours(2)), (moment, _) => new DateTimeOffset(moment.DateTime, TimeSpan.Zero)),
        Damage.Fixed("null-for-epoch", "1 January 1970 becomes NULL.", DateTimeOffset.UnixEpoch, null),
    ];

    private static IReadOnlyList<Damage> Moments<T>(Func<T, TimeSpan, T> add, Func<T, TimeSpan> timeOfDay) =>
    [
        Damage.Of<T>("one-tick", "The moment becomes a microsecond later.", null, (moment, _) => add(moment, TimeSpan.FromMicroseconds(1))),
        Damage.Of<T>("one-millisecond", "The moment becomes a millisecond earlier.", null, (moment, _) => add(moment, TimeSpan.FromMilliseconds(-1))),
        Damage.Of<T>("fraction-lost", "The fraction of the second is lost.", null, (moment, _) => add(moment, -TimeSpan.FromTicks(timeOfDay(moment).Ticks % TimeSpan.TicksPerSecond))),
        Damage.Of<T>("time-lost", "The time of day is lost.", null, (moment, _) => add(moment, -timeOfDay(moment))),
        Damage.Of<T>("one-hour", "One moment becomes an hour later.", null, (moment, _) => add(moment, TimeSpan.FromHours(1))),
        Damage.Everywhere<T>("zone-shift", "Every moment becomes an hour earlier.", moment => add(moment, TimeSpan.FromHours(-1))),
    ];

    private static DateOnly Swapped(DateOnly date) => new(date.Year, date.Day, date.Month);
}

namespace MigrationGuard.Decommissioning.Obligations;

/// <summary>When things that recur fall due.</summary>
public static class ObligationCalendar
{
    /// <summary>The due day of a number, counted from 1.</summary>
    /// <remarks>
    /// Always counted from the first day, never from the time before: 30 November, 28 February and 30 May, and not 28 May. A month
    /// that lacks the day has its last one.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The day is after the year 9999.</exception>
    public static DateOnly DueDay(DateOnly from, int everyMonths, int number) => from.AddMonths(checked(everyMonths * number));

    /// <summary>The first number whose due day is not before a day.</summary>
    public static int FirstNumber(DateOnly from, int everyMonths, DateOnly notBefore)
    {
        var months = ((notBefore.Year - from.Year) * 12) + notBefore.Month - from.Month;
        // At most one time too early, as a month's end may be before the day wanted.
        var number = Math.Max(1, months / everyMonths);
        while (DueDay(from, everyMonths, number) < notBefore)
            number++;
        return number;
    }

    /// <summary>The moment at which clocks of a zone show an hour of a day.</summary>
    /// <remarks>An hour that the clocks skip is the moment they go on from; one that they show twice is the first of both.</remarks>
    public static DateTimeOffset Moment(DateOnly day, int hour, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(new TimeOnly(hour, 0), DateTimeKind.Utc);
        // By minutes, as some zones have skipped half an hour, and some a whole day.
        while (true)
        {
            if (FirstMoment(local, zone) is { } moment)
                return moment;
            local = local.AddMinutes(1);
        }
    }

    // Asked from moments to readings only, which is never ambiguous: the zone's own idea of a skipped reading leaves out changes of
    // the standard offset.
    private static DateTimeOffset? FirstMoment(DateTime local, TimeZoneInfo zone)
    {
        var offsets = new[] { zone.GetUtcOffset(local.AddHours(-36)), zone.GetUtcOffset(local.AddHours(36)) };
        foreach (var offset in offsets.Distinct().OrderDescending())
        {
            if (zone.GetUtcOffset(local - offset) == offset)
                return new DateTimeOffset(local - offset, TimeSpan.Zero);
        }
        return null;
    }
}

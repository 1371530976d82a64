using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Retention.Chains;

/// <summary>The last 35 days by the hour: whether the log that was written in an hour is in an unbroken chain of log back-ups.</summary>
/// <remarks>
/// Thirty-five days are as many as automated back-ups are commonly kept. By the log and not by when back-ups began, so that it reads the same
/// whether they are taken every quarter of an hour or every four hours. What a break has lost lies somewhere between the starts of the log
/// back-ups on both sides of it, so all hours between them are missing.
/// </remarks>
internal static class LogCalendar
{
    private const int Days = 35;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <param name="chain">Null where there are no back-ups.</param>
    /// <param name="allowed">The longest time from one log back-up to the next that was promised: what is younger may still come.</param>
    /// <param name="isWhole">Whether all back-ups were seen; what is missing may otherwise lie where nobody could look.</param>
    public static HourCoverage Of(DatabaseChain? chain, TimeSpan allowed, bool isWhole, DateTimeOffset now)
    {
        var first = DateOnly.FromDateTime(now.UtcDateTime).AddDays(1 - Days);
        var begin = new DateTimeOffset(first, TimeOnly.MinValue, TimeSpan.Zero);
        var hours = (int)Math.Ceiling((now - begin) / Hour);
        var states = Enumerable.Range(0, hours).Select(hour => begin + hour * Hour).Select(at => State(new Period(at, at + Hour)));
        return new HourCoverage(first, string.Concat(states));

        char State(Period hour)
        {
            if (chain is null || chain.Logged.Count == 0 || hour.From < chain.Logged[0].From)
                return HourCoverage.NotKnown;
            if (hour.Without(chain.Logged).Count == 0)
                return HourCoverage.Covered;
            var mayStillCome = hour.From >= Began(chain.Logged[^1].To) && hour.To + allowed > now;
            return mayStillCome || !isWhole ? HourCoverage.NotKnown : HourCoverage.Missing;
        }
    }

    // The hour in which the last log back-up began is covered in part, and the rest of it is as young as what follows.
    private static DateTimeOffset Began(DateTimeOffset last) => last - TimeSpan.FromTicks(last.Ticks % Hour.Ticks);
}

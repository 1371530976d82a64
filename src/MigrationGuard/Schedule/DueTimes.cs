using Quartz;

namespace MigrationGuard.Schedule;

/// <summary>When a schedule fell due.</summary>
internal static class DueTimes
{
    /// <summary>The newest time of a cron expression after <paramref name="since"/> and not after <paramref name="now"/>; null when there is none.</summary>
    /// <remarks>Only the newest: what was missed more than once is caught up once.</remarks>
    public static DateTimeOffset? Newest(string cron, TimeZoneInfo zone, DateTimeOffset since, DateTimeOffset now)
    {
        // Times of an expression are whole seconds, and the one asked for is before what is given.
        var next = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero).AddSeconds(1);
        var newest = CronExpression.Parse(cron).WithTimeZone(zone).GetPreviousValidTimeBefore(next);
        return newest > since ? newest.Value.ToUniversalTime() : null;
    }
}

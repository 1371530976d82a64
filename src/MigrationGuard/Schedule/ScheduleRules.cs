using System.Globalization;
using MigrationGuard.Configuration;
using MigrationGuard.Ledger;
using Quartz;

namespace MigrationGuard.Schedule;

/// <summary>The rules of one schedule.</summary>
internal static class ScheduleRules
{
    // Any moment does: an expression that names no year fires again and again, or never.
    private static readonly DateTimeOffset SomeMoment = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static IEnumerable<ConfigurationProblem> Check(string name, ScheduleOptions schedule, IReadOnlyCollection<string> comparisons)
    {
        var place = ConfigurationPlace.Below("", "Schedules", name);
        var cron = ConfigurationPlace.Below(place, nameof(schedule.Cron));
        if (string.IsNullOrWhiteSpace(schedule.Cron))
            yield return new(cron, "is missing.", "Write when to verify, such as 0 0 2 * * ? for every night at two.");
        else if (!CronExpression.TryParse(schedule.Cron, out var expression))
            yield return new(cron, "is not a cron expression.", "Write six fields: second, minute, hour, day of month, month, day of week, one of the days as ?, such as 0 0 2 * * ?.");
        else if (expression!.WithTimeZone(TimeZoneInfo.Utc).GetNextValidTimeAfter(SomeMoment) is null)
            yield return new(cron, "names a time that never comes.", "Correct its day and month.");
        if (schedule.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            yield return new(ConfigurationPlace.Below(place, nameof(schedule.TimeZone)), "names no time zone known here.", ConfigurationRules.TimeZoneRemedy(zone));
        if (schedule.What != ScheduledWork.Comparisons && schedule.Comparisons.Count > 0)
            yield return new(ConfigurationPlace.Below(place, nameof(schedule.Comparisons)), $"names comparisons, and What is {schedule.What}.", "Leave out one of them; make a second schedule for the other.");
        for (var index = 0; index < schedule.Comparisons.Count; index++)
        {
            if (!comparisons.Contains(schedule.Comparisons[index]))
            {
                yield return new(
                    ConfigurationPlace.Below(place, nameof(schedule.Comparisons), index.ToString(CultureInfo.InvariantCulture)),
                    "names no comparison.",
                    "Add it under Comparisons." + (NearestName.Of(schedule.Comparisons[index], comparisons) is { } nearest ? $" Did you mean {ConfigurationPlace.Shown(nearest)}?" : ""));
            }
        }
    }
}

using System.Globalization;
using MigrationGuard.Configuration;
using MigrationGuard.Ledger;
using MigrationGuard.Retention.FileStores;
using MigrationGuard.Retention.Records;
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

    /// <summary>Schedules of what is kept where nothing was promised of it: every run of theirs would come to nothing. Presets, which are still to be read, may bring promises.</summary>
    public static IEnumerable<ConfigurationProblem> OfWhatIsKept(MigrationGuardOptions options) =>
    [
        .. options.Backups.Promises.Count > 0 ? [] : Idle(options.Schedules, ScheduledWork.Backups, "Backups:Promises is empty", "Add what was promised of back-ups"),
        .. options.Files.Presets.Count > 0 ? [] : OfFiles(options.Schedules, options.Files),
        .. options.Records.Presets.Count > 0 ? [] : OfRecords(options.Schedules, options.Records),
    ];

    /// <summary>Schedules of files where nothing was promised of files.</summary>
    /// <param name="files">With what presets bring.</param>
    public static IEnumerable<ConfigurationProblem> OfFiles(Dictionary<string, ScheduleOptions> schedules, FilesOptions files) =>
        files.Comparisons.Count + files.Retention.Count + files.Empty.Count > 0 ? [] : Idle(schedules, ScheduledWork.Files, "Files holds no promise", "Add Comparisons, Retention or Empty under Files");

    /// <summary>Schedules of records where there are no records to look at.</summary>
    /// <param name="records">With what presets bring.</param>
    public static IEnumerable<ConfigurationProblem> OfRecords(Dictionary<string, ScheduleOptions> schedules, RecordsOptions records) =>
        records.Entities.Count > 0 ? [] : Idle(schedules, ScheduledWork.Records, "Records:Entities is empty", "Add the records that retention codes are about");

    private static IEnumerable<ConfigurationProblem> Idle(Dictionary<string, ScheduleOptions> schedules, ScheduledWork what, string because, string remedy) =>
        schedules.Where(schedule => schedule.Value.What == what)
            .Select(schedule => new ConfigurationProblem(ConfigurationPlace.Below("", "Schedules", schedule.Key, nameof(ScheduleOptions.What)), $"is {what}, and {because}, so that there is nothing to verify.", $"{remedy}, or take the schedule out."));
}

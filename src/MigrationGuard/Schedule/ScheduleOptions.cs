using System.ComponentModel;

namespace MigrationGuard.Schedule;

/// <summary>When comparisons are verified without being asked.</summary>
public sealed class ScheduleOptions
{
    [Description("A Quartz cron expression of six fields, seconds first: 0 0 2 * * ? is every night at two. What was missed while no worker ran is caught up once.")]
    public string Cron { get; set; } = "";

    [Description("The IANA or Windows time zone that the expression is read in, such as Europe/London. The project's when unset.")]
    public string? TimeZone { get; set; }

    [Description("The comparisons to verify, by their names under Comparisons; all when empty.")]
    public List<string> Comparisons { get; set; } = [];
}

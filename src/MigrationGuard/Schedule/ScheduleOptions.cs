using System.ComponentModel;

namespace MigrationGuard.Schedule;

/// <summary>When something is verified without being asked.</summary>
public sealed class ScheduleOptions
{
    [Description("A Quartz cron expression of six fields, seconds first: 0 0 2 * * ? is every night at two. What was missed while no worker ran is caught up once.")]
    public string Cron { get; set; } = "";

    [Description("The IANA or Windows time zone that the expression is read in, such as Europe/London. The project's when unset.")]
    public string? TimeZone { get; set; }

    [Description("What to verify: Comparisons, Backups, Files or Records.")]
    public ScheduledWork What { get; set; }

    [Description("The comparisons to verify, by their names under Comparisons; all when empty.")]
    public List<string> Comparisons { get; set; } = [];
}

/// <summary>What a schedule verifies.</summary>
public enum ScheduledWork
{
    Comparisons,

    /// <summary>What was promised of back-ups, as <c>backups verify</c> does.</summary>
    Backups,

    /// <summary>What was promised of files, as <c>files verify</c> does.</summary>
    Files,

    /// <summary>How long records are kept, as <c>records verify</c> does.</summary>
    Records,
}

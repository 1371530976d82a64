using System.ComponentModel;

namespace MigrationGuard.Retention.BackupHistories;

/// <summary>Where it stands what a SQL Server recorded of back-ups and restores.</summary>
public sealed class BackupHistoryOptions
{
    [Description("The connection to the server, by its name under Databases; its login may read msdb. Unset for an export.")]
    public string? Connection { get; set; }

    [Description("A CSV file that backup-history.sql, which lies beside the program, was exported to on the server. Relative to this file. Unset for a connection.")]
    public string? Export { get; set; }

    [Description("After how many days an export no longer says what is so now.")]
    public double ExportGoodForDays { get; set; } = 7;

    [Description("The server's time zone, such as Europe/London. msdb has local times; of restores, and of some back-ups, it has no zone, and without this one the moment is uncertain by a day.")]
    public string? TimeZone { get; set; }
}

using System.ComponentModel;

namespace MigrationGuard.Decommissioning.Obligations;

/// <summary>Something that has to be done again and again, as configured.</summary>
public sealed class ObligationOptions
{
    [Description("What has to be done, as messages and lists show it.")]
    public string Title { get; set; } = "";

    [Description("Where the obligation comes from: the document and its section.")]
    public string Source { get; set; } = "";

    [Description("The role that owns it, by its name under Roles.")]
    public string OwnerRole { get; set; } = "";

    [Description("Calendar months from one time to the next.")]
    public int EveryMonths { get; set; } = 3;

    [Description("The day the months are counted from; the first time is EveryMonths after it.")]
    public DateOnly? From { get; set; }

    [Description("Days before the due day on which the owner is reminded; 0 is the day itself.")]
    public List<int> RemindDaysBefore { get; set; } = [14, 3, 0];

    [Description("Who hears of it when it is not done in time.")]
    public List<EscalationOptions> Escalations { get; set; } = [];

    [Description("Roles that may complete it; the owner's when empty.")]
    public List<string> CompletedBy { get; set; } = [];

    [Description("The hour of the day, 0 to 23, at which reminders go out, in the owner's time zone.")]
    public int Hour { get; set; } = 9;
}

/// <summary>Who hears of something that was not done in time.</summary>
public sealed class EscalationOptions
{
    [Description("Days after the due day.")]
    public int DaysAfter { get; set; }

    [Description("The role that hears of it, by its name under Roles.")]
    public string Role { get; set; } = "";
}

using System.ComponentModel;
using MigrationGuard.Decommissioning.Obligations;

namespace MigrationGuard.Decommissioning.Reviews;

/// <summary>The deletion review of every asset, until it is destroyed.</summary>
/// <remarks>
/// The defaults are those of the assessment's third recommendation: "reviewing whether old servers are still needed every 3
/// months", with an owner, "until destruction actually takes place".
/// </remarks>
public sealed class ReviewOptions
{
    [Description("Calendar months from one review to the next, counted from the asset's go-live.")]
    public int EveryMonths { get; set; } = 3;

    [Description("Days before the due day on which the owner is reminded; 0 is the day itself.")]
    public List<int> RemindDaysBefore { get; set; } = [14, 3, 0];

    [Description("Who hears of a review that was not decided in time.")]
    public List<EscalationOptions> Escalations { get; set; } = [];

    [Description("Roles that may decide any review, beside the asset's owner.")]
    public List<string> DecidedBy { get; set; } = [];

    [Description("How many times in a row the owner may decide to keep an asset.")]
    public int KeepLimit { get; set; } = 2;

    [Description("The role that alone may decide to keep an asset once more after that, by its name under Roles.")]
    public string KeepBeyondLimitBy { get; set; } = "Information Asset Owner";

    [Description("The hour of the day, 0 to 23, at which reminders go out, in the owner's time zone.")]
    public int Hour { get; set; } = 9;
}

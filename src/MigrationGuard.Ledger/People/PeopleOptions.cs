using System.ComponentModel;

namespace MigrationGuard.Ledger.People;

/// <summary>Somebody who decides, or is told.</summary>
public sealed class PersonOptions
{
    [Description("The name, as reports and messages show it.")]
    public string Name { get; set; } = "";

    [Description("Where messages go. What is for somebody without an address keeps failing, in sight, until there is one.")]
    public string? Email { get; set; }

    [Description("The operating-system accounts this person works under, such as CORP\\\\jo or jo. An account is one person's.")]
    public List<string> Accounts { get; set; } = [];

    [Description("The person's time zone, such as Europe/London; Project:TimeZone when left out.")]
    public string? TimeZone { get; set; }
}

/// <summary>A role, and who holds it.</summary>
public sealed class RoleOptions
{
    [Description("Who holds the role, by their names under People.")]
    public List<string> People { get; set; } = [];
}

using MigrationGuard.Configuration;

namespace MigrationGuard.Tests.Configuration;

/// <summary>Options with people, roles, an asset, an obligation and a partner that break no rule.</summary>
internal static class DecommissioningOptions
{
    public static MigrationGuardOptions Valid()
    {
        var options = RulesTests.Valid();
        options.People["head"] = new() { Name = "Head of IT", Email = "head@example.org", Accounts = ["FARM\\head"] };
        options.People["iao"] = new() { Name = "Asset owner", Accounts = ["FARM\\iao"] };
        options.Roles["Head of IT architecture"] = new() { People = ["head"] };
        options.Roles["Information Asset Owner"] = new() { People = ["iao"] };
        options.Assets["crm-old-db"] = new() { Location = "sql-old", OwnerRole = "Head of IT architecture", Owner = "head", GoLive = new DateOnly(2026, 3, 7) };
        options.Reviews.Escalations = [new() { DaysAfter = 7, Role = "Information Asset Owner" }];
        options.Obligations["audit-log-review"] = new() { Title = "Review the audit log", OwnerRole = "Information Asset Owner", From = new DateOnly(2026, 1, 31) };
        options.Comparisons["crm"].Partner = new() { Name = "Bank", Contact = "desk", OwnerRole = "Head of IT architecture", EscalateTo = "Information Asset Owner" };
        return options;
    }

    public static IReadOnlyList<ConfigurationProblem> Check(Action<MigrationGuardOptions> change)
    {
        var options = Valid();
        change(options);
        return ConfigurationRules.Check(options);
    }

    /// <summary>The one problem that a change makes.</summary>
    public static ConfigurationProblem Only(Action<MigrationGuardOptions> change) => Check(change).ShouldHaveSingleItem();
}

using System.ComponentModel;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Verification;

namespace MigrationGuard.Configuration;

/// <summary>Everything under <c>MigrationGuard</c> in the configuration file.</summary>
public sealed class MigrationGuardOptions
{
    [Description("Whose migration this is; shown in every report.")]
    public ProjectOptions Project { get; set; } = new();

    [Description("Where the ledger is kept.")]
    public StoreOptions Store { get; set; } = new();

    [Description("The databases, each under a name of your choice.")]
    public Dictionary<string, DatabaseOptions> Databases { get; set; } = [];

    [Description("What is compared with what, each under a name of your choice.")]
    public Dictionary<string, ComparisonOptions> Comparisons { get; set; } = [];

    [Description("Limits that hold for every run.")]
    public VerificationOptions Verification { get; set; } = new();
}

/// <summary>Whose migration this is.</summary>
public sealed class ProjectOptions
{
    [Description("The project's name.")]
    public string Name { get; set; } = "";

    [Description("The reference of the data protection impact assessment that made the promises.")]
    public string? DpiaReference { get; set; }

    [Description("Who owns the project, by role.")]
    public string? Owner { get; set; }
}

using System.ComponentModel;
using MigrationGuard.Anchors;
using MigrationGuard.Databases;
using MigrationGuard.Decommissioning.Assets;
using MigrationGuard.Decommissioning.Obligations;
using MigrationGuard.Decommissioning.Reviews;
using MigrationGuard.Evidence;
using MigrationGuard.Ledger.People;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Notifications;
using MigrationGuard.Qualification;
using MigrationGuard.Retention.BackupPromises;
using MigrationGuard.Retention.FileStores;
using MigrationGuard.Retention.Records;
using MigrationGuard.Schedule;
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

    [Description("Back-ups: where they lie, of what, and what was promised of them.")]
    public BackupOptions Backups { get; set; } = new();

    [Description("Files: where they lie, and what was promised of them.")]
    public FilesOptions Files { get; set; } = new();

    [Description("Records in databases: how long each kind is kept, by retention codes.")]
    public RecordsOptions Records { get; set; } = new();

    [Description("People, each under a key of your choice that names nobody, as the ledger's tables hold it.")]
    public Dictionary<string, PersonOptions> People { get; set; } = [];

    [Description("Roles, by their names, and who holds them.")]
    public Dictionary<string, RoleOptions> Roles { get; set; } = [];

    [Description("What is to be destroyed, each under a name of letters, digits and . _ -")]
    public Dictionary<string, AssetOptions> Assets { get; set; } = [];

    [Description("The deletion review of every asset, until it is destroyed.")]
    public ReviewOptions Reviews { get; set; } = new();

    [Description("What else has to be done again and again, each under a name of letters, digits and _ -")]
    public Dictionary<string, ObligationOptions> Obligations { get; set; } = [];

    [Description("How people and other systems are told.")]
    public NotificationOptions Notifications { get; set; } = new();

    [Description("When comparisons are verified without being asked, each schedule under a name of your choice.")]
    public Dictionary<string, ScheduleOptions> Schedules { get; set; } = [];

    [Description("What evidence packs hold commitments to, and how they are sealed.")]
    public EvidenceOptions Evidence { get; set; } = new();

    [Description("The worker: migrationguard serve.")]
    public WorkerOptions Worker { get; set; } = new();

    [Description("Where signed checkpoints of the ledger are kept, out of reach of whoever administers the store. For the worker.")]
    public CheckpointOptions Checkpoints { get; set; } = new();

    [Description("Where migrationguard qualify may plant corruptions, beside scratch SQLite databases.")]
    public QualifyOptions Qualify { get; set; } = new();
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

    [Description("The time zone of days and hours where no person says otherwise, such as Europe/London.")]
    public string TimeZone { get; set; } = "UTC";
}

using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Verification;

namespace MigrationGuard.Demo;

/// <summary>The configuration under which the demo's two databases are compared.</summary>
public static class DemoConfiguration
{
    /// <summary>The one comparison's name.</summary>
    public const string ComparisonName = "crm";

    private static readonly BreakdownColumns State = new(["StateCode"]);
    private static readonly BreakdownColumns StateAndStatus = new(["StateCode", "StatusCode"]);

    /// <summary>Everything that a run on the files below <paramref name="directory"/> needs.</summary>
    public static MigrationGuardOptions Options(string directory)
    {
        var files = new DemoFiles(directory);
        return new MigrationGuardOptions
        {
            Project = new ProjectOptions { Name = "MigrationGuard demo", DpiaReference = "DEMO-DPIA-1", Owner = "Head of IT architecture" },
            Store = new StoreOptions { Provider = Provider.Sqlite, ConnectionString = DemoFiles.ConnectionString(files.Store) },
            Databases =
            {
                ["old"] = new DatabaseOptions { Provider = Provider.Sqlite, ConnectionString = DemoFiles.ConnectionString(files.Old) },
                ["new"] = new DatabaseOptions { Provider = Provider.Sqlite, ConnectionString = DemoFiles.ConnectionString(files.New) },
            },
            Comparisons = { [ComparisonName] = Comparison() },
        };
    }

    /// <summary>What is compared, wherever the files are.</summary>
    internal static ComparisonOptions Comparison() => new()
    {
        Source = "old",
        Target = "new",
        FrozenAt = DemoCrm.FrozenAt,
        Depth = Depth.Rows,
        Entities =
        {
            ["user"] = Entity("SystemUserBase", "SystemUserId", new BreakdownColumns(["IsDisabled"])),
            ["account"] = Entity("AccountBase", "AccountId", State, StateAndStatus),
            ["contact"] = Entity("ContactBase", "ContactId", State, StateAndStatus),
            ["case"] = Entity("IncidentBase", "IncidentId", State, StateAndStatus, new BreakdownColumns(["PriorityCode"])),
            ["activity"] = Entity("ActivityPointerBase", "ActivityId", new BreakdownColumns(["ActivityTypeCode"]), State, StateAndStatus),
            ["note"] = Entity("AnnotationBase", "AnnotationId", new BreakdownColumns(["IsDocument"])),
            ["queue-item"] = Entity("QueueItemBase", "QueueItemId", State, StateAndStatus),
            ["fee"] = Entity("new_feeBase", "new_feeId", State, StateAndStatus, new BreakdownColumns(["new_category"])),
            ["async-operation"] = Entity("AsyncOperationBase", "AsyncOperationId", StateAndStatus),
        },
        Excluded = { new ExcludedTable("TraceLogBase", "diagnostic log, not migrated") },
        ExpectedDifferences =
        {
            CleanedJobs(CheckNames.RecordCount, FindingKinds.MissingInTarget),
            CleanedJobs(CheckNames.EntityBreakdown, FindingKinds.GroupDiffers, ["3", "30"], ["3", "32"]),
            CleanedJobs(CheckNames.Fingerprint, FindingKinds.MissingInTarget),
        },
    };

    private static EntityOptions Entity(string table, string key, params BreakdownColumns[] breakdownBy) => new()
    {
        Source = table,
        Key = [key],
        CreatedOn = "CreatedOn",
        ModifiedOn = "ModifiedOn",
        BreakdownBy = [.. breakdownBy],
    };

    private static ExpectedDifferenceOptions CleanedJobs(string check, string kind, params List<string?>[] groups) => new()
    {
        Entity = "async-operation",
        Check = check,
        Kind = kind,
        Columns = check == CheckNames.EntityBreakdown ? [.. StateAndStatus.Columns] : [],
        Groups = [.. groups],
        AtMost = DemoSystemTables.OldSucceededJobs + DemoSystemTables.OldCancelledJobs,
        Reason = "The upgrade removes asynchronous jobs that completed before 2025.",
        ApprovedBy = "Head of IT architecture",
        Expires = new DateOnly(2099, 12, 31),
    };
}

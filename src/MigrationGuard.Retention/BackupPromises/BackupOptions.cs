using System.ComponentModel;
using MigrationGuard.Retention.BackupHistories;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>Where back-ups lie, of which databases, and what was promised of them.</summary>
public sealed class BackupOptions
{
    [Description("Where back-ups lie, each under a name of your choice.")]
    public Dictionary<string, ContentStoreOptions> Stores { get; set; } = [];

    [Description("The databases that are backed up, each under a name of your choice.")]
    public Dictionary<string, BackedUpDatabaseOptions> Databases { get; set; } = [];

    [Description("What was promised, each under the name by which a commitment asks for it: backup:NAME.")]
    public Dictionary<string, BackupPromiseOptions> Promises { get; set; } = [];

    [Description("Headers read at once.")]
    public int Concurrency { get; set; } = 8;
}

/// <summary>A database on a SQL Server, as its back-ups' own headers name it.</summary>
public sealed class BackedUpDatabaseOptions
{
    [Description("The instance, SERVER or SERVER\\INSTANCE, as the server names itself and backups list shows it. More than one where a back-up may be taken on any member of an availability group.")]
    public List<string> Servers { get; set; } = [];

    [Description("The database's name.")]
    public string Database { get; set; } = "";

    [Description("The stores, by their names, that its back-ups lie in.")]
    public List<string> Stores { get; set; } = [];

    [Description("How its files are named: OlaHallengren, Managed or Expression. Unset where names say nothing.")]
    public BackupNaming? Names { get; set; }

    [Description("For Expression: a regular expression over the path with the named groups server, database, kind, date and stripe, as far as names say these.")]
    public string? Expression { get; set; }

    [Description("For Expression: how its date is written, in .NET's custom format.")]
    public string? DateFormat { get; set; }

    [Description("What its servers' own msdb recorded, for the promises Recorded, OffServer and Lineage: one for each server, as each has an msdb of its own.")]
    public List<BackupHistoryOptions> History { get; set; } = [];

    [Description("What the msdb of the servers recorded that its back-ups are restored on, for RestoreTested; for Lineage, that it was restored on itself.")]
    public List<BackupHistoryOptions> Restores { get; set; } = [];

    [Description("The asset, by its name under Assets, that a restore-test of this database is attested about. Unset: the asset of the same name as this database.")]
    public string? Asset { get; set; }
}

/// <summary>The schemes by which back-up files are named.</summary>
public enum BackupNaming
{
    OlaHallengren,
    Managed,
    Expression,
}

/// <summary>One promise about back-ups.</summary>
public sealed class BackupPromiseOptions
{
    [Description("What is promised: FullEvery, LogEvery, RestorableFor, KeptNoLonger, Present, Genuine, OffServer, NotArchived, SoftDelete, Immutable, NoPublicAccess, Redundancy, Encrypted, Recorded, RestoreTested or Lineage.")]
    public BackupPromiseKind? Kind { get; set; }

    [Description("The databases that it is promised of, by their names under Backups:Databases; empty for all.")]
    public List<string> Databases { get; set; } = [];

    [Description("FullEvery, LogEvery: hours from the start of one back-up to the start of the next.")]
    public double? Hours { get; set; }

    [Description("RestorableFor: the days back to which every moment can be restored. KeptNoLonger: the days after which nothing is there that restoring does not need. Recorded, OffServer: the days back to which the server's record is looked at; 35 for OffServer where it is unset. RestoreTested: the days within which a back-up was restored.")]
    public double? Days { get; set; }

    [Description("KeptNoLonger: the days for which restoring is promised, whose base may be older. Days, where it is unset.")]
    public double? RestorableDays { get; set; }

    [Description("LogEvery, FullEvery: minutes by which one back-up may be late. RestorableFor: minutes before now that need not be restorable yet. KeptNoLonger: minutes that deleting may take. Recorded: minutes after which a back-up has to lie in the stores.")]
    public double ToleranceMinutes { get; set; } = 60;

    [Description("SoftDelete, Immutable: at least so many days.")]
    public double? AtLeastDays { get; set; }

    [Description("SoftDelete, Immutable: at most so many days.")]
    public double? AtMostDays { get; set; }

    [Description("Redundancy: the kinds that are allowed, as the service spells them, such as StandardZrs.")]
    public List<string> Allowed { get; set; } = [];

    [Description("Lineage: the database, by its name under Backups:Databases, that this one is to be, backed up and restored.")]
    public string? From { get; set; }
}

/// <summary>What can be promised of back-ups.</summary>
public enum BackupPromiseKind
{
    /// <summary>A full back-up at least so often.</summary>
    FullEvery,

    /// <summary>A log back-up at least so often, with no log missing between them.</summary>
    LogEvery,

    /// <summary>Every moment of so many days can be restored.</summary>
    RestorableFor,

    /// <summary>Nothing older is there that the restore window does not need.</summary>
    KeptNoLonger,

    /// <summary>There is a full back-up that can be restored.</summary>
    Present,

    /// <summary>What looks like a back-up is one, whole, and of what its name says.</summary>
    Genuine,

    /// <summary>Back-ups lie elsewhere than on the database's own server.</summary>
    OffServer,

    /// <summary>No back-up is in a tier from which it has to be brought back first.</summary>
    NotArchived,

    /// <summary>Deleted blobs stay recoverable for so many days, no fewer and no more.</summary>
    SoftDelete,

    /// <summary>Back-ups cannot be changed or deleted for so many days, no fewer and no more.</summary>
    Immutable,

    /// <summary>Nobody reads without a credential.</summary>
    NoPublicAccess,

    /// <summary>The account keeps its copies in one of the allowed ways.</summary>
    Redundancy,

    /// <summary>The service encrypts what it stores.</summary>
    Encrypted,

    /// <summary>Every back-up that the server recorded lies in the stores as it was recorded, and nothing else of that server does.</summary>
    Recorded,

    /// <summary>A back-up was restored within so many days.</summary>
    RestoreTested,

    /// <summary>The database is another one, backed up there and restored here.</summary>
    Lineage,
}

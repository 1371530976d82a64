using System.ComponentModel;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.FileStores;

/// <summary>Where files lie, and what was promised of them.</summary>
public sealed class FilesOptions
{
    [Description("Where files lie, each under a name of your choice.")]
    public Dictionary<string, FileStoreOptions> Stores { get; set; } = [];

    [Description("Files of promises that hold beside those below, such as finance-files.json; relative to this file, or beside the program. What stands below under the same name counts in the place of theirs.")]
    public List<string> Presets { get; set; } = [];

    [Description("What was moved from where to where, each under the name by which a commitment asks for it: files:NAME.")]
    public Dictionary<string, FileComparisonOptions> Comparisons { get; set; } = [];

    [Description("How long files are kept, each under the name by which a commitment asks for it: files:NAME.")]
    public Dictionary<string, FileRetentionOptions> Retention { get; set; } = [];

    [Description("What must hold no file any more, each under the name by which a commitment asks for it: files:NAME.")]
    public Dictionary<string, EmptiedOptions> Empty { get; set; } = [];

    [Description("Files read at once where their contents have to be compared.")]
    public int Concurrency { get; set; } = 8;
}

/// <summary>Where files lie: a container, a folder or share, or a list of them that something else exported.</summary>
public sealed class FileStoreOptions : ContentStoreOptions
{
    [Description("A CSV file that lists the files of a store which only exports them: path, bytes and, as far as they are known, hash, created, modified. A hash is sha256: or md5: with hex or base64, or hex alone, of which 64 digits are SHA-256 and 32 MD5; a moment is ISO 8601 with Z or another offset, such as 2024-03-01T09:30:00Z. Relative to this file. Unset for a container or a folder.")]
    public string? Manifest { get; set; }

    [Description("For a manifest: how many files whoever exported it counted in the store. A manifest with more or fewer lines is not used. Unset: nothing shows that it is whole, and results say so.")]
    public long? ExportedFiles { get; set; }

    [Description("For a manifest: when it was exported. Unset: when that file was last written.")]
    public DateTimeOffset? ExportedAt { get; set; }

    [Description("For a manifest: after how many days it no longer says what is there now. A comparison's source, and the Earlier of a promise, may be older.")]
    public double ExportGoodForDays { get; set; } = 7;

    [Description("What counts as the moment a file was made: Original, Stored or Modified.")]
    public FileCreation Created { get; set; }

    /// <summary>Whether a listing shows by itself that the place is there, however little lies in it: a container as a whole, whose service says so.</summary>
    public bool ShowsItself() => Container is not null && Manifest is null && Prefix.Length == 0;
}

/// <summary>What counts as the moment a file was made.</summary>
public enum FileCreation
{
    /// <summary>
    /// What follows the file when it is copied with care: a blob's metadata <c>created</c>, the created column of a manifest, the file
    /// system's own on Windows. Elsewhere a file system does not say it, and what depends on it is not checked.
    /// </summary>
    Original,

    /// <summary>What the store itself says, which for a blob is its upload.</summary>
    Stored,

    /// <summary>The last write stands for it.</summary>
    Modified,
}

/// <summary>What every promise about files says: in which words it was made, and of which files.</summary>
public abstract class FilePromiseOptions
{
    [Description("The promise in words, with the place that it was made in.")]
    public string? Promise { get; set; }

    [Description("Only files whose path, on either side where there are two, is like one of these: * is any part of a name, ** any folders. Empty for all.")]
    public List<string> Include { get; set; } = [];

    [Description("Not the files whose path is like one of these.")]
    public List<string> Exclude { get; set; } = [];
}

/// <summary>Files that were to be moved from one store to another.</summary>
public sealed class FileComparisonOptions : FilePromiseOptions
{
    [Description("The store that the files came from, by its name under Files:Stores.")]
    public string Source { get; set; } = "";

    [Description("The store that they went to.")]
    public string Target { get; set; } = "";

    [Description("Only files made within so many years were to be moved: older ones are not missed in the target. Unset for all.")]
    public int? WithinYears { get; set; }

    [Description("Whether files that only the target has are no difference, as a target in use gets new ones.")]
    public bool ExtraAllowed { get; set; }

    [Description("Whether files must have been made at the same moment on both sides, as retention is counted from it.")]
    public bool CompareCreated { get; set; } = true;

    [Description("Seconds by which those moments may differ, as stores round them.")]
    public double CreatedToleranceSeconds { get; set; } = 2;
}

/// <summary>How long the files of a store are kept, counted from when they were made.</summary>
public sealed class FileRetentionOptions : FilePromiseOptions
{
    [Description("The store, by its name under Files:Stores.")]
    public string Store { get; set; } = "";

    [Description("For how many days, or unset where Years says it.")]
    public int? Days { get; set; }

    [Description("For how many years, or unset where Days says it.")]
    public int? Years { get; set; }

    [Description("Minutes that deleting may take after that, and by which it may come too early.")]
    public double ToleranceMinutes { get; set; } = 1440;

    [Description("A store that holds or lists what was there earlier, usually the manifest of an earlier export: of that, everything must be there until its time has passed. Unset: nothing is known of files that were deleted too early.")]
    public string? Earlier { get; set; }

    [Description("Whether the store may hold no file at all; otherwise such a store is taken for the wrong place, and not checked.")]
    public bool MayBeEmpty { get; set; }

    [Description("The path of a file put there to show that this is the place, and not counted; below the folder that Include names. Needed where MayBeEmpty is to let anything pass that is empty, but for a container without Prefix.")]
    public string? Landmark { get; set; }
}

/// <summary>A store that must hold no file any more.</summary>
public sealed class EmptiedOptions : FilePromiseOptions
{
    [Description("The store, by its name under Files:Stores.")]
    public string Store { get; set; } = "";

    [Description("The path of a file put there to show that this is the place, and not counted; below the folder that Include names, so that several folders take a promise each. An emptied place looks like one that is not mounted, or is spelt wrongly. Needed but for a container without Prefix and without a folder in Include.")]
    public string? Landmark { get; set; }
}

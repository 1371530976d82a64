using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>A copy with what its header says.</summary>
/// <param name="Header">What reading the header came to; null where it was not read: of copies that nobody can read as they are.</param>
/// <param name="NotRead">Why the header could not be read, a sentence; null where it was, and where it need not be.</param>
public sealed record InventoriedCopy(StoredCopy Copy, BackupHeaderOutcome? Header, string? NotRead)
{
    /// <summary>Whether its name ends as a back-up's does.</summary>
    public bool IsNamedAsBackup => BackupExtensions.Are(Copy.Name);

    /// <summary>When the back-up was taken: as its header says, or else as early as the store's dates let it be.</summary>
    /// <remarks>A copied file keeps one of its dates, and which one depends on who copied it; the earlier one never makes it younger than it is.</remarks>
    public DateTimeOffset Taken => Header?.HeaderIfAny is { } header ? header.Finished ?? header.Started
        : Copy.Created < Copy.Modified ? Copy.Created.Value : Copy.Modified;

    /// <summary>Where it is, for a sentence.</summary>
    public string Place => $"{Copy.Store}: {Copy.Address}";
}

/// <summary>The extensions by which files are known for back-ups.</summary>
public static class BackupExtensions
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase) { ".bak", ".trn", ".log", ".dif", ".diff", ".bkp" };

    public static bool Are(string name) => Known.Contains(Path.GetExtension(name));
}

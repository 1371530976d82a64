using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>What headers said when they were read before, by the content that they were read of.</summary>
/// <remarks>
/// A header never changes while the content's ETag does not, and reading it is a request or two to a store that charges for them. What
/// still lacks its end is not kept: an upload that goes on may keep its ETag until it is committed.
/// </remarks>
public sealed class HeaderMemory
{
    private readonly Dictionary<string, Known> _before;
    private readonly ConcurrentDictionary<string, BackupHeaderOutcome> _now = new(StringComparer.Ordinal);

    public HeaderMemory(IReadOnlyDictionary<string, BackupHeaderOutcome> before)
    {
        _before = new Dictionary<string, Known>(before.Count, StringComparer.Ordinal);
        foreach (var (key, outcome) in before)
            _before.Add(key, new Known(outcome));
    }

    /// <summary>Remembers nothing from before.</summary>
    public static HeaderMemory Empty() => new(new Dictionary<string, BackupHeaderOutcome>());

    /// <summary>What is worth keeping of this reading, by its key.</summary>
    public IReadOnlyDictionary<string, BackupHeaderOutcome> New => _now;

    /// <summary>What tells one content from every other: SHA-256, in lower-case hex, of where it is and its ETag and length.</summary>
    public static string KeyOf(StoredCopy copy) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', copy.Store, copy.Name, copy.VersionId, copy.Snapshot, copy.ETag, copy.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)))));

    /// <summary>The keys of what was known from before and not asked for.</summary>
    public IReadOnlyCollection<string> Unseen => [.. _before.Where(header => !header.Value.WasAskedFor).Select(header => header.Key)];

    public BackupHeaderOutcome? Find(StoredCopy copy)
    {
        if (copy.ETag.Length == 0 || !_before.TryGetValue(KeyOf(copy), out var known))
            return null;
        known.WasAskedFor = true;
        return known.Outcome;
    }

    public void Keep(StoredCopy copy, BackupHeaderOutcome outcome)
    {
        if (copy.ETag.Length > 0 && outcome is not BackupHeaderOutcome.Truncated)
            _now[KeyOf(copy)] = outcome;
    }

    private sealed class Known(BackupHeaderOutcome outcome)
    {
        public BackupHeaderOutcome Outcome => outcome;

        public bool WasAskedFor { get; set; }
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>What headers of one store said when they were read, kept in the ledger's store from one reading to the next.</summary>
/// <remarks>
/// A header never changes while the content's ETag does not, and reading it is a request or two to a store that charges for them. What
/// still lacks its end is not kept: an upload that goes on may keep its ETag until it is committed. Nothing of it is a claim, and no part of
/// the chain. Neither what is known nor what is new is ever in memory as a whole.
/// </remarks>
/// <param name="backupStore">The store's name in the configuration.</param>
/// <param name="trustsNothing">Whether every header is to be read again, and what is known replaced by what it says now.</param>
public sealed class HeaderMemory(LedgerStore store, string backupStore, bool trustsNothing = false)
{
    // Each writing is a transaction of its own, so that a reading that is killed after an hour does not begin anew.
    private const int WrittenAtOnce = 500;

    private readonly List<(string Key, string Line)> _new = [];
    private readonly HashSet<ulong> _asked = [];

    /// <summary>How many of those that were asked for are in the store.</summary>
    private long _there;

    /// <summary>What tells one content from every other: SHA-256, in lower-case hex, of where it is and its ETag and length; null where it has no ETag.</summary>
    public static string? KeyOf(StoredCopy copy)
    {
        if (copy.ETag.Length == 0)
            return null;
        var text = string.Create(CultureInfo.InvariantCulture, $"{copy.Store}\n{copy.Name}\n{copy.VersionId}\n{copy.Snapshot}\n{copy.ETag}\n{copy.Length}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>What is known, by its key; what is not known is not among it.</summary>
    /// <exception cref="LedgerException">The store could not be read.</exception>
    public async Task<IReadOnlyDictionary<string, BackupHeaderOutcome>> FindAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        lock (_asked)
            _asked.UnionWith(keys.Select(Short));
        var known = new Dictionary<string, BackupHeaderOutcome>(keys.Count, StringComparer.Ordinal);
        if (trustsNothing || keys.Count == 0)
            return known;
        await store.ReadAsync(
            async ledger =>
            {
                await ledger.ReadByKeysAsync("SELECT id, outcome FROM backup_header WHERE id IN @keys", keys, row =>
                {
                    var id = row.GetString(0);
                    // What an older version wrote otherwise is read again from the file.
                    if (HeaderLine.Read(row.GetString(1)) is { } outcome)
                        known[id] = outcome;
                });
                return true;
            },
            cancellationToken);
        Interlocked.Add(ref _there, known.Count);
        return known;
    }

    /// <summary>Keeps what a header said, in the place of what was known of the same content.</summary>
    /// <exception cref="LedgerException">The store could not be written.</exception>
    public async Task KeepAsync(string key, BackupHeaderOutcome outcome, CancellationToken cancellationToken)
    {
        if (HeaderLine.Of(outcome) is not { } line)
            return;
        _new.Add((key, line));
        if (_new.Count >= WrittenAtOnce)
            await WriteAsync(cancellationToken);
    }

    /// <summary>Writes what is not written yet and, where the listing came to its end, forgets what was not in it.</summary>
    /// <param name="wasWhole">Whether it did: only then is what was not asked for known to be gone.</param>
    /// <exception cref="LedgerException">The store could not be written.</exception>
    public async Task CompleteAsync(bool wasWhole, CancellationToken cancellationToken)
    {
        await WriteAsync(cancellationToken);
        if (!wasWhole)
            return;
        // Where there are no more than were asked for, none of them is gone.
        if (await store.ReadAsync(ledger => ledger.FirstAsync<long>("SELECT COUNT(*) FROM backup_header WHERE store = @backupStore", new { backupStore }), cancellationToken) <= Interlocked.Read(ref _there))
            return;
        var gone = await store.ReadAsync(ledger => NotAskedForAsync(ledger), cancellationToken);
        if (gone.Count > 0)
            await store.WriteAsync(ledger => ledger.ExecuteByKeysAsync("DELETE FROM backup_header WHERE id IN @keys", gone), cancellationToken);
    }

    private async Task<List<string>> NotAskedForAsync(LedgerReading ledger)
    {
        var gone = new List<string>();
        await foreach (var id in ledger.StreamAsync<string>("SELECT id FROM backup_header WHERE store = @backupStore", new { backupStore }))
        {
            if (!_asked.Contains(Short(id)))
                gone.Add(id);
        }
        return gone;
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (_new.Count == 0)
            return;
        // A listing may show one content twice where it changes meanwhile.
        var rows = _new.DistinctBy(header => header.Key).ToList();
        await store.WriteAsync(
            async ledger =>
            {
                await ledger.ExecuteByKeysAsync("DELETE FROM backup_header WHERE id IN @keys", rows.Select(row => row.Key));
                await ledger.InsertAsync("backup_header", ["id", "store", "outcome"], rows.Select(row => (object?[])[row.Key, backupStore, row.Line]));
                return true;
            },
            cancellationToken);
        Interlocked.Add(ref _there, rows.Count);
        _new.Clear();
    }

    // Where two keys begin alike, what is gone is kept a little longer; a fact about no file, as nobody asks for it.
    private static ulong Short(string key) => ulong.Parse(key.AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}

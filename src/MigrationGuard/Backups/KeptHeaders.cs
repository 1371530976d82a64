using System.Text.Json;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.BackupPromises;

namespace MigrationGuard.Backups;

/// <summary>What headers said, kept in the ledger's store from one reading to the next.</summary>
/// <remarks>A cache beside the ledger, and no part of the chain: <c>--read-all</c> reads every header anew.</remarks>
internal static class KeptHeaders
{
    /// <exception cref="LedgerException">The store could not be read.</exception>
    public static async Task<HeaderMemory> OfAsync(LedgerStore store, string backupStore, CancellationToken cancellationToken)
    {
        var rows = await store.ReadAsync(
            ledger => ledger.ListAsync<Row>("SELECT id AS Id, outcome AS Outcome FROM backup_header WHERE store = @backupStore", new { backupStore }), cancellationToken);
        var known = new Dictionary<string, BackupHeaderOutcome>(rows.Count, StringComparer.Ordinal);
        foreach (var row in rows)
        {
            // What an older version wrote otherwise is read again from the file.
            if (Read(row.Outcome) is { } outcome)
                known[row.Id] = outcome;
        }
        return new HeaderMemory(known);
    }

    /// <summary>Keeps what was read anew, and forgets what is no longer there.</summary>
    /// <param name="wasWhole">Whether the listing came to its end: only then is what it did not show known to be gone.</param>
    /// <exception cref="LedgerException">The store could not be written.</exception>
    public static Task KeepAsync(LedgerStore store, string backupStore, HeaderMemory memory, bool wasWhole, CancellationToken cancellationToken)
    {
        if (memory.New.Count == 0 && (!wasWhole || memory.Unseen.Count == 0))
            return Task.CompletedTask;
        return store.WriteAsync(
            async ledger =>
            {
                if (wasWhole)
                {
                    foreach (var gone in memory.Unseen)
                        await ledger.ExecuteAsync("DELETE FROM backup_header WHERE id = @gone", new { gone });
                }
                // Another worker may have read the same meanwhile.
                var there = (await ledger.ListAsync<string>("SELECT id FROM backup_header WHERE store = @backupStore", new { backupStore })).ToHashSet(StringComparer.Ordinal);
                await ledger.InsertAsync(
                    "backup_header",
                    ["id", "store", "outcome"],
                    memory.New.Where(header => !there.Contains(header.Key)).Select(header => (object?[])[header.Key, backupStore, JsonSerializer.Serialize(header.Value, LedgerJson.Compact)]));
                return true;
            },
            cancellationToken);
    }

    private static BackupHeaderOutcome? Read(string outcome)
    {
        try
        {
            return JsonSerializer.Deserialize<BackupHeaderOutcome>(outcome, LedgerJson.Compact);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Row
    {
        public string Id { get; init; } = "";

        public string Outcome { get; init; } = "";
    }
}

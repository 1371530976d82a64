using MigrationGuard.Configuration;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Retention.BackupPromises;
using MigrationGuard.Retention.Inventory;
using MigrationGuard.Runs;

namespace MigrationGuard.Backups;

/// <summary>Reads what stores hold, and holds it against what was promised.</summary>
internal sealed class BackupRun(LoadedConfiguration configuration, LedgerStore store, TimeProvider time)
{
    private readonly BackupOptions _options = configuration.Options.Backups;

    /// <summary>Opens a store of the configuration, and reads nothing yet.</summary>
    /// <exception cref="StoreAccessException">Its address or credential cannot be understood.</exception>
    public static IContentStore Open(LoadedConfiguration configuration, string name)
    {
        var options = configuration.Options.Backups.Stores[name];
        return options.Container is not null ? BlobStore.Open(name, options) : new FolderStore(name, options, configuration.Directory);
    }

    /// <summary>The stores, by their names, each still to be gone through.</summary>
    /// <param name="anew">Whether every header is read, and none taken from an earlier reading.</param>
    /// <exception cref="StoreAccessException">A store's address or credential cannot be understood.</exception>
    public IReadOnlyList<InventoryReading> Readings(bool anew) =>
        [.. _options.Stores.Keys.Order(StringComparer.OrdinalIgnoreCase).Select(name => Reading(Open(configuration, name), anew))];

    /// <summary>Makes a run of it, which is in the ledger when this returns.</summary>
    /// <param name="scheduled">The time that it is made for; null where somebody asks for it.</param>
    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    /// <exception cref="StoreAccessException">A store's address or credential cannot be understood; nothing was recorded.</exception>
    public async Task<RunDocument> VerifyAsync(bool anew, string? label, Actor actor, ScheduledTime? scheduled, CancellationToken cancellationToken)
    {
        await store.RecordConfigurationAsync(configuration.Options, actor);
        var run = RunRecords.Begin(configuration.Options, RunKinds.Backups, label, time);
        // Reading takes hours where there are very many headers: what was promised is held against what was there when it began.
        var asOf = time.GetUtcNow();
        var inventories = new Dictionary<string, StoreInventory>(StringComparer.OrdinalIgnoreCase);
        foreach (var reading in Readings(anew))
            inventories[reading.Store.Name] = await StoreInventory.ReadAsync(reading, cancellationToken);
        var histories = await new HistorySources(configuration, time).ReadAsync(await store.ReadAttestationsAsync(cancellationToken), cancellationToken);
        var results = new BackupVerification(_options, inventories, histories, asOf).Verify();
        return await store.RecordRunAsync(run, results, actor, time, scheduled);
    }

    // A folder keeps no ETag: a file that was damaged, or copied with its date, looks like the one that was read before. Reading it costs little there.
    private InventoryReading Reading(IContentStore content, bool anew) =>
        new(content, content.Kind == StoreKind.Container ? new HeaderMemory(store, content.Name, trustsNothing: anew) : null, _options.Concurrency);
}

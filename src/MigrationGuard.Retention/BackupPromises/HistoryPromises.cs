namespace MigrationGuard.Retention.BackupPromises;

/// <summary>What was promised of back-ups that only a server's own record can show, held against it.</summary>
internal sealed class HistoryPromises(BackupOptions options, IReadOnlyDictionary<string, StoreInventory> stores, RecordedHistories histories, DateTimeOffset now)
{
    /// <summary>Whether such a promise is held against what servers recorded.</summary>
    public static bool Are(BackupPromiseKind kind) => kind
        is BackupPromiseKind.Recorded or BackupPromiseKind.RestoreTested or BackupPromiseKind.Lineage or BackupPromiseKind.OffServer;

    /// <summary>Whether what a store lacks because it could not be listed leaves the promise open; the others say so themselves, where it does.</summary>
    public static bool NeedStores(BackupPromiseKind kind) => kind is not (BackupPromiseKind.RestoreTested or BackupPromiseKind.Lineage);

    public PromiseFinding Check(BackupPromiseOptions promise, DatabaseBackups backups, BackedUpDatabaseOptions database)
    {
        var of = histories.Of(backups.Key);
        return promise.Kind switch
        {
            BackupPromiseKind.Recorded => RecordedBackups.Check(promise, backups, new TakenBackups(backups.Key, database, of.Taken), now),
            BackupPromiseKind.RestoreTested => RestoreTest.Check(promise, backups, database, of, now),
            BackupPromiseKind.OffServer => OffServerWith(promise, backups, database, of),
            BackupPromiseKind.Lineage => LineageFrom(promise.From!, backups.Key, database, of),
            _ => throw new InvalidOperationException($"{promise.Kind} is not held against what servers recorded."),
        };
    }

    private PromiseFinding OffServerWith(BackupPromiseOptions promise, DatabaseBackups backups, BackedUpDatabaseOptions database, DatabaseHistories of)
    {
        var found = OffServer.Check(promise, backups, of.Taken.Count == 0 ? null : new TakenBackups(backups.Key, database, of.Taken), now);
        return found with { Measured = backups.Measured };
    }

    private PromiseFinding LineageFrom(string from, string key, BackedUpDatabaseOptions database, DatabaseHistories of)
    {
        var (name, old) = options.Databases.First(known => known.Key.Equals(from, StringComparison.OrdinalIgnoreCase));
        var kept = new DatabaseBackups(name, old, [.. old.Stores.Select(store => stores[store])]);
        var found = new Lineage(kept, old, histories.Of(name), [.. histories.All]).Check(key, database, of);
        // A file that could not be listed may be the one that was restored.
        var notListed = kept.Stores.Select(store => store.NotListed).OfType<string>().ToList();
        return found.NotChecked is { } reason && notListed.Count > 0 ? found with { NotChecked = string.Join(" ", notListed.Prepend(reason)) } : found;
    }
}

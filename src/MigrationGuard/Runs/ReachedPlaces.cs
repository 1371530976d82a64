using System.Collections.Concurrent;
using MigrationGuard.Backups;
using MigrationGuard.Configuration;
using MigrationGuard.Files;
using MigrationGuard.Retention.BackupHistories;
using MigrationGuard.Retention.FileStores;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Runs;

/// <summary>Tries the stores and histories that a configuration names: a container that is refused on the night was refused before.</summary>
internal static class ReachedPlaces
{
    /// <returns>What cannot be read as it is configured, place, problem and remedy each; and what can, and may not be meant.</returns>
    /// <param name="configuration">One without problems.</param>
    public static async Task<(IReadOnlyList<string> Problems, IReadOnlyList<string> Remarks)> TryAsync(LoadedConfiguration configuration, TimeProvider time, CancellationToken cancellationToken)
    {
        var remarks = new ConcurrentQueue<string>();
        var histories = HistoriesAsync(configuration, time, remarks, cancellationToken);
        var files = new FileVerification(FilePresets.Of(configuration).Whole, configuration.Directory, projectKey: [], time).ProblemsAsync(cancellationToken);
        var backups = await Task.WhenAll(configuration.Options.Backups.Stores.Keys.Order(StringComparer.OrdinalIgnoreCase).Select(name =>
            StoreProbe.ProblemAsync(() => BackupStoreAsync(configuration, name, remarks, cancellationToken))));
        return ([.. backups.OfType<string>(), .. await histories, .. await files], [.. remarks.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    private static async Task BackupStoreAsync(LoadedConfiguration configuration, string name, ConcurrentQueue<string> remarks, CancellationToken cancellationToken)
    {
        var store = BackupRun.Open(configuration, name);
        if (!await store.ReachAsync(cancellationToken))
            remarks.Enqueue(StoreProbe.Emptiness(store.Place));
    }

    private static async Task<IReadOnlyList<string>> HistoriesAsync(LoadedConfiguration configuration, TimeProvider time, ConcurrentQueue<string> remarks, CancellationToken cancellationToken)
    {
        var sources = new HistorySources(configuration, time);
        var problems = new List<string>();
        foreach (var database in configuration.Options.Backups.Databases.Values)
        {
            foreach (var outcome in await sources.ReadAsync(database.History.Concat(database.Restores), cancellationToken))
            {
                if (outcome is HistoryOutcome.NotRead not)
                    problems.Add(not.Reason);
                // An old export still shows what was so then, a restore among it.
                else if (outcome is HistoryOutcome.Read { Doubt: { } doubt })
                    remarks.Enqueue(doubt);
            }
        }
        return [.. problems.Distinct(StringComparer.Ordinal)];
    }
}

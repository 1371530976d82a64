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
    /// <summary>What cannot be read as it is configured, place, problem and remedy each.</summary>
    /// <param name="configuration">One without problems.</param>
    public static async Task<IReadOnlyList<string>> ProblemsAsync(LoadedConfiguration configuration, TimeProvider time, CancellationToken cancellationToken)
    {
        var histories = HistoriesAsync(configuration, time, cancellationToken);
        var files = new FileVerification(FilePresets.Of(configuration).Whole, configuration.Directory, projectKey: [], time).ProblemsAsync(cancellationToken);
        var backups = await Task.WhenAll(configuration.Options.Backups.Stores.Keys.Order(StringComparer.OrdinalIgnoreCase).Select(name =>
            StoreProbe.ProblemAsync(() => BackupRun.Open(configuration, name).ReachAsync(cancellationToken))));
        return [.. backups.OfType<string>(), .. await histories, .. await files];
    }

    private static async Task<IReadOnlyList<string>> HistoriesAsync(LoadedConfiguration configuration, TimeProvider time, CancellationToken cancellationToken)
    {
        var sources = new HistorySources(configuration, time);
        var problems = new List<string>();
        foreach (var database in configuration.Options.Backups.Databases.Values)
        {
            foreach (var outcome in await sources.ReadAsync(database.History.Concat(database.Restores), cancellationToken))
                problems.Add(outcome is HistoryOutcome.NotRead not ? not.Reason : (outcome as HistoryOutcome.Read)?.Doubt ?? "");
        }
        return [.. problems.Where(problem => problem.Length > 0).Distinct(StringComparer.Ordinal)];
    }
}

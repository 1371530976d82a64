using MigrationGuard.Databases;
using MigrationGuard.Ledger;
using MigrationGuard.Retention.BackupHistories;
using MigrationGuard.Retention.BackupPromises;

namespace MigrationGuard.Configuration;

/// <summary>The rules of where it stands what servers recorded of back-ups, and of the promises that rest on it.</summary>
internal static class BackupHistoryRules
{
    private const double MostDays = 36_525;

    /// <param name="name">The database's name under <c>Backups:Databases</c>.</param>
    public static IEnumerable<ConfigurationProblem> Check(string name, BackedUpDatabaseOptions database, MigrationGuardOptions options) =>
    [
        .. database.History.Index().SelectMany(source => Source(ConfigurationPlace.Below("", "Backups", "Databases", name, nameof(database.History)), source.Index, source.Item, options.Databases)),
        .. database.Restores.Index().SelectMany(source => Source(ConfigurationPlace.Below("", "Backups", "Databases", name, nameof(database.Restores)), source.Index, source.Item, options.Databases)),
        // Assets may be imported too, so that one the configuration does not know is no mistake.
        .. database.Asset is { } asset && string.IsNullOrWhiteSpace(asset) ? [new ConfigurationProblem(ConfigurationPlace.Below("", "Backups", "Databases", name, nameof(database.Asset)), "is empty.", "Name an asset, or leave it out.")] : Array.Empty<ConfigurationProblem>(),
    ];

    /// <param name="at">Gives the place of an option of the promise.</param>
    public static IEnumerable<ConfigurationProblem> Check(Func<string, string> at, BackupPromiseOptions promise, BackupOptions options)
    {
        if (promise.Kind is BackupPromiseKind.Recorded or BackupPromiseKind.RestoreTested && promise.Days is not > 0)
            yield return new(at(nameof(promise.Days)), "is missing or not more than 0.", "Write the number of days that was promised.");
        if (promise.Kind is BackupPromiseKind.OffServer && promise.Days is <= 0)
            yield return new(at(nameof(promise.Days)), "is not more than 0.", "Write how many days the server's record is looked back, or leave it out.");
        if (promise.Kind is BackupPromiseKind.Recorded or BackupPromiseKind.OffServer && promise.Days > HistoryReach.Days && HasHistory(promise, options))
            yield return new(at(nameof(promise.Days)), FormattableString.Invariant($"is more than {HistoryReach.Days}, the days that backup-history.sql reads of what a server recorded."), "Write fewer: well below, so that a back-up from before them is read too.");
        if (promise.Kind is BackupPromiseKind.Recorded && promise.ToleranceMinutes >= promise.Days * 24 * 60)
            yield return new(at(nameof(promise.ToleranceMinutes)), "leaves nothing of Days.", "Write the minutes after which a back-up has to lie in the stores.");
        if (promise.Kind is not BackupPromiseKind.Lineage)
            yield break;
        if (string.IsNullOrWhiteSpace(promise.From))
            yield return new(at(nameof(promise.From)), "is missing.", "Name the database under Backups:Databases that this one is to be.");
        else if (!options.Databases.Keys.Contains(promise.From, StringComparer.OrdinalIgnoreCase))
            yield return new(at(nameof(promise.From)), $"names {ConfigurationPlace.Shown(promise.From)}, which is no database under Backups:Databases.", NearestName.Remedy(promise.From, options.Databases.Keys));
        if (promise.Databases.Count == 0)
            yield return new(at(nameof(promise.Databases)), "is empty.", "Name the database on the new side: not every one comes from the same.");
        else if (promise.From is { } from && promise.Databases.Contains(from, StringComparer.OrdinalIgnoreCase))
            yield return new(at(nameof(promise.Databases)), "names the database that From names.", "Name the one on the new side.");
    }

    private static bool HasHistory(BackupPromiseOptions promise, BackupOptions options) =>
        options.Databases.Any(database => database.Value.History.Count > 0 && (promise.Databases.Count == 0 || promise.Databases.Contains(database.Key, StringComparer.OrdinalIgnoreCase)));

    private static IEnumerable<ConfigurationProblem> Source(string below, int index, BackupHistoryOptions source, Dictionary<string, DatabaseOptions> databases)
    {
        var place = ConfigurationPlace.Below(below, FormattableString.Invariant($"{index}"));
        string At(string option) => ConfigurationPlace.Below(place, option);
        if ((source.Connection is null) == (source.Export is null))
            yield return new(place, source.Connection is null ? "is neither a connection nor an export." : "is both a connection and an export.", "Write Connection or Export.");
        else if (source.Connection is { } connection)
        {
            var (known, database) = databases.FirstOrDefault(database => string.Equals(database.Key, connection, StringComparison.OrdinalIgnoreCase));
            if (known is null)
                yield return new(At(nameof(source.Connection)), $"names {ConfigurationPlace.Shown(connection)}, which is no connection under Databases.", databases.Count == 0 ? "Add it there." : NearestName.Remedy(connection, databases.Keys));
            else if (database.Provider != Provider.SqlServer)
                yield return new(At(nameof(source.Connection)), "is no SQL Server.", "Only SQL Server has an msdb. Name a connection to one, or an export.");
        }
        else if (string.IsNullOrWhiteSpace(source.Export))
        {
            yield return new(At(nameof(source.Export)), "is empty.", "Name a CSV file.");
        }
        if (source.ExportGoodForDays is not (> 0 and <= MostDays))
            yield return new(At(nameof(source.ExportGoodForDays)), "is not more than 0, or more than a hundred years.", "Write after how many days it no longer counts.");
        if (source.TimeZone is { } zone)
        {
            foreach (var problem in ConfigurationRules.TimeZone(At(nameof(source.TimeZone)), zone))
                yield return problem;
        }
    }
}

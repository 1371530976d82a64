using MigrationGuard.Ledger;
using MigrationGuard.Retention.BackupNames;
using MigrationGuard.Retention.BackupPromises;

namespace MigrationGuard.Configuration;

/// <summary>The rules of where back-ups lie, of what, and what was promised of them.</summary>
internal static class BackupRules
{
    private const int MostConcurrency = 256;
    private const double MostDays = 36_525;

    public static IEnumerable<ConfigurationProblem> Check(MigrationGuardOptions all) =>
    [
        .. Check(all.Backups),
        .. all.Backups.Databases.SelectMany(database => BackupHistoryRules.Check(database.Key, database.Value, all)),
    ];

    private static IEnumerable<ConfigurationProblem> Check(BackupOptions options) =>
    [
        .. options.Stores.SelectMany(store => StoreRules.Check("Backups", store.Key, store.Value)),
        .. options.Stores.Keys.SelectMany(store => Store(store, options)),
        .. options.Databases.SelectMany(database => Database(database.Key, database.Value, options)),
        .. options.Promises.SelectMany(promise => Promise(promise.Key, promise.Value, options)),
        .. options.Concurrency is < 1 or > MostConcurrency ? [new ConfigurationProblem("Backups:Concurrency", "is less than 1 or more than 256.", "Write how many headers are read at once.")] : Array.Empty<ConfigurationProblem>(),
    ];

    private static IEnumerable<ConfigurationProblem> Store(string name, BackupOptions options)
    {
        var place = ConfigurationPlace.Below("", "Backups", "Stores", name);
        // What nobody looks at is the place where forgotten copies lie.
        if (options.Databases.Count > 0 && !options.Databases.Values.Any(database => database.Stores.Contains(name, StringComparer.OrdinalIgnoreCase)))
            yield return new(place, "is in the Stores of no database, so that nobody looks at it.", "Name it under Backups:Databases, or take it out.");
        if (options.Databases.Keys.Contains(name, StringComparer.OrdinalIgnoreCase))
            yield return new(place, "has the name of a database.", "Name one of them otherwise: results are told apart by it.");
    }

    private static IEnumerable<ConfigurationProblem> Database(string name, BackedUpDatabaseOptions database, BackupOptions options)
    {
        string At(string option) => ConfigurationPlace.Below("", "Backups", "Databases", name, option);
        if (string.IsNullOrWhiteSpace(database.Database))
            yield return new(At(nameof(database.Database)), "is missing.", "Write the database's name as its server knows it.");
        // A database of the same name on another server is another database: its back-ups would make a gap look filled.
        if (!database.Servers.Exists(server => !string.IsNullOrWhiteSpace(server)))
            yield return new(At(nameof(database.Servers)), "is empty.", "Write the server as the back-ups name it: SERVER or SERVER\\INSTANCE.");
        if (database.Stores.Count == 0)
            yield return new(At(nameof(database.Stores)), "is empty.", "Name the stores that its back-ups lie in.");
        foreach (var unknown in database.Stores.Where(store => !options.Stores.Keys.Contains(store, StringComparer.OrdinalIgnoreCase)))
            yield return new(At(nameof(database.Stores)), $"names {ConfigurationPlace.Shown(unknown)}, which is no store.", NearestName.Remedy(unknown, options.Stores.Keys));
        if (database.Names == BackupNaming.Expression && ExpressionNames.Problem(database.Expression, database.DateFormat) is { } problem)
            yield return new(At(nameof(database.Expression)), problem, "");
    }

    private static IEnumerable<ConfigurationProblem> Promise(string name, BackupPromiseOptions promise, BackupOptions options)
    {
        string At(string option) => ConfigurationPlace.Below("", "Backups", "Promises", name, option);
        if (promise.Kind is null)
            yield return new(At(nameof(promise.Kind)), "is missing.", $"Write one of {string.Join(", ", Enum.GetNames<BackupPromiseKind>())}.");
        foreach (var unknown in promise.Databases.Where(database => !options.Databases.Keys.Contains(database, StringComparer.OrdinalIgnoreCase)))
            yield return new(At(nameof(promise.Databases)), $"names {ConfigurationPlace.Shown(unknown)}, which is no database under Backups:Databases.", NearestName.Remedy(unknown, options.Databases.Keys));
        foreach (var problem in BackupHistoryRules.Check(At, promise, options))
            yield return problem;
        if (promise.Kind is BackupPromiseKind.FullEvery or BackupPromiseKind.LogEvery && promise.Hours is not > 0)
            yield return new(At(nameof(promise.Hours)), "is missing or not more than 0.", "Write the hours from one back-up to the next.");
        if (promise.Kind is BackupPromiseKind.RestorableFor or BackupPromiseKind.KeptNoLonger && promise.Days is not > 0)
            yield return new(At(nameof(promise.Days)), "is missing or not more than 0.", "Write the number of days that was promised.");
        if (promise.Kind == BackupPromiseKind.RestorableFor && promise.ToleranceMinutes >= promise.Days * 24 * 60)
            yield return new(At(nameof(promise.ToleranceMinutes)), "leaves nothing of Days.", "Write the minutes before now that need not be restorable yet; a little more than the time between two log back-ups.");
        if (promise is { Kind: BackupPromiseKind.KeptNoLonger, RestorableDays: { } restorable } && !(restorable > 0 && restorable <= promise.Days))
            yield return new(At(nameof(promise.RestorableDays)), "is not more than 0, or more than Days.", "What is deleted cannot be restored: promise restoring for no longer than keeping.");
        if (promise.Kind is BackupPromiseKind.SoftDelete or BackupPromiseKind.Immutable && (promise.AtLeastDays is null || promise.AtMostDays is null))
            yield return new(At(promise.AtLeastDays is null ? nameof(promise.AtLeastDays) : nameof(promise.AtMostDays)), "is missing.", "Write both bounds: too short and too long are each a breach.");
        if (promise.AtLeastDays > promise.AtMostDays)
            yield return new(At(nameof(promise.AtLeastDays)), "is more than AtMostDays.", "Exchange them, or correct one.");
        if (promise is { Kind: BackupPromiseKind.Redundancy, Allowed.Count: 0 })
            yield return new(At(nameof(promise.Allowed)), "is empty.", "Write the kinds that are allowed, such as StandardZrs.");
        if (!(promise.ToleranceMinutes is >= 0 and <= MostDays * 24 * 60))
            yield return new(At(nameof(promise.ToleranceMinutes)), "is negative, or more than a hundred years.", "Write 0 for none.");
        if (promise.Days > MostDays || promise.Hours > MostDays * 24)
            yield return new(At(promise.Days > MostDays ? nameof(promise.Days) : nameof(promise.Hours)), "is more than a hundred years.", "Write what was promised.");
    }
}

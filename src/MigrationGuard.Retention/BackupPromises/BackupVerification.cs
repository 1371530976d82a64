using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>Holds what stores have against what was promised.</summary>
/// <remarks>
/// A promise that could not be looked at in every store it is of is not checked, unless what was seen breaks it whatever the rest is: what
/// is missing in one store may lie in the one that could not be read, and what seems needed by nothing may be the base of what lies there.
/// </remarks>
/// <param name="histories">What servers recorded, as far as the configuration names their histories.</param>
public sealed class BackupVerification(BackupOptions options, IReadOnlyDictionary<string, StoreInventory> stores, RecordedHistories histories, DateTimeOffset now)
{
    /// <summary>What results of back-ups are under in a run, where those of a comparison have its name.</summary>
    public const string Comparison = "backups";

    /// <summary>The check's name: as commitments ask for it.</summary>
    public static string CheckOf(string promise) => "backup:" + promise;

    /// <summary>A result for every promise and every database or store that it is of, by their names.</summary>
    public IReadOnlyList<CheckResult> Verify() =>
    [
        .. options.Promises.OrderBy(promise => promise.Key, StringComparer.OrdinalIgnoreCase).SelectMany(promise => Of(promise.Key, promise.Value)),
    ];

    private IEnumerable<CheckResult> Of(string name, BackupPromiseOptions promise)
    {
        var databases = options.Databases
            .Where(database => promise.Databases.Count == 0 || promise.Databases.Contains(database.Key, StringComparer.OrdinalIgnoreCase))
            .OrderBy(database => database.Key, StringComparer.OrdinalIgnoreCase).ToList();
        var places = databases.SelectMany(database => database.Value.Stores).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase).ToList();
        var ofDatabases = StorePromises.Are(promise.Kind!.Value) ? [] : databases.Select(database => OfDatabase(name, promise, database.Key, database.Value));
        // What is of no database that anybody named is kept too.
        var ofStores = StorePromises.Are(promise.Kind.Value) || promise.Kind == BackupPromiseKind.KeptNoLonger
            ? places.Select(store => Result(name, promise, store, StorePromises.Check(promise, stores[store], options.Databases, now), [stores[store]]))
            : [];
        return ofDatabases.Concat(ofStores);
    }

    private CheckResult OfDatabase(string name, BackupPromiseOptions promise, string key, BackedUpDatabaseOptions database)
    {
        var of = new DatabaseBackups(key, database, [.. database.Stores.Select(store => stores[store])]);
        return HistoryPromises.Are(promise.Kind!.Value)
            ? Result(name, promise, key, new HistoryPromises(options, stores, histories, now).Check(promise, of, database), HistoryPromises.NeedStores(promise.Kind.Value) ? of.Stores : [])
            : Result(name, promise, key, DatabasePromises.Check(promise, of, now), of.Stores);
    }

    private CheckResult Result(string name, BackupPromiseOptions promise, string subject, PromiseFinding found, IReadOnlyList<StoreInventory> stores)
    {
        var notListed = stores.Select(store => store.NotListed).OfType<string>().ToList();
        var unseen = found.NeedsEveryCopy ? stores.SelectMany(store => store.Unseen.Select(sort => $"{store.Store}: {sort}")).ToList() : [];
        // What could not be listed is often also why the promise itself could not be looked at.
        var doubts = notListed.Concat(unseen).Concat(found.NotChecked is { } reason ? [reason] : []).Distinct().ToList();
        CheckOutcome outcome = found.Findings.Count > 0 && !(found.NeedsAll && doubts.Count > 0) ? new CheckOutcome.Mismatch(found.Findings)
            : doubts.Count > 0 ? new CheckOutcome.NotChecked(string.Join(" ", doubts))
            : new CheckOutcome.Match();
        return new CheckResult
        {
            Comparison = Comparison,
            Entity = subject,
            Check = CheckOf(name),
            Outcome = outcome,
            Source = found.Measured,
            Hours = found.Hours,
            Proves = PromiseWords.Of(promise, options.Databases.Keys),
            Narrowed = found.Narrowed,
            Notes = [.. found.Notes, .. stores.SelectMany(store => store.Unseen.Select(sort => $"{store.Store}: {sort}")).Except(unseen), .. stores.SelectMany(store => NotVisibleFromHere.Of(promise.Kind!.Value, store))],
        };
    }
}

/// <summary>What looking at a promise came to.</summary>
/// <param name="Findings">What breaks it; empty where nothing does.</param>
/// <param name="NotChecked">Why it cannot be said to be kept, though nothing breaks it; null where it can.</param>
/// <param name="NeedsAll">Whether what breaks it may only seem so where something could not be read.</param>
internal sealed record PromiseFinding(IReadOnlyList<Finding> Findings, string? NotChecked = null, bool NeedsAll = false)
{
    /// <summary>Whether it can only be kept where versions, snapshots, deleted blobs and policies were listed too.</summary>
    public bool NeedsEveryCopy { get; init; }

    /// <summary>What was counted.</summary>
    public IReadOnlyDictionary<string, Scalar>? Measured { get; init; }

    /// <summary>The hours whose log is in the chain, for a promise about the log.</summary>
    public HourCoverage? Hours { get; init; }

    /// <summary>What was given up to be able to look at all, a sentence each.</summary>
    public IReadOnlyList<string> Narrowed { get; init; } = [];

    /// <summary>Remarks that change no outcome.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

using System.Globalization;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>What was promised of a place where back-ups lie, held against it.</summary>
internal static class StorePromises
{
    /// <summary>Whether such a promise is of stores, and not of databases.</summary>
    public static bool Are(BackupPromiseKind kind) => kind
        is BackupPromiseKind.SoftDelete or BackupPromiseKind.Immutable or BackupPromiseKind.NoPublicAccess or BackupPromiseKind.Redundancy
        or BackupPromiseKind.Encrypted or BackupPromiseKind.NotArchived or BackupPromiseKind.Genuine;

    /// <param name="now">The moment that everything is said as of.</param>
    public static PromiseFinding Check(
        BackupPromiseOptions promise, StoreInventory store, IReadOnlyDictionary<string, BackedUpDatabaseOptions> databases, DateTimeOffset now)
    {
        if (store.Traits is not { } traits)
            return new PromiseFinding([], store.NotListed ?? "The store did not say what holds for it.");
        var found = promise.Kind switch
        {
            BackupPromiseKind.SoftDelete => Trait(traits.SoftDeleteDays, days => Days(promise, days, "Deleted blobs can be brought back for {0}")),
            BackupPromiseKind.NoPublicAccess => Trait(traits.PublicAccess, access => access == "None" ? [] : [Setting($"Anybody may read, without a credential: public access is {access}.")]),
            BackupPromiseKind.Redundancy => Trait(traits.Redundancy, kind => promise.Allowed.Contains(kind, StringComparer.OrdinalIgnoreCase) ? [] : [Setting($"The account is {kind}; allowed is {string.Join(" or ", promise.Allowed)}.")]),
            BackupPromiseKind.Encrypted => Encrypted(store),
            BackupPromiseKind.NotArchived => new PromiseFinding([.. store.Copies.Where(copy => copy.Copy is { IsArchived: true, State: CopyState.Current })
                .Select(copy => new Finding(KeepingFindings.NotRestorable, Detail: $"{copy.Place} is in the archive, from which bringing it back takes hours."))]),
            BackupPromiseKind.Immutable => Immutability.Check(promise, store, traits, now),
            BackupPromiseKind.Genuine => Genuineness.Check(store, databases),
            BackupPromiseKind.KeptNoLonger => OfNobody(promise, store, databases, now),
            _ => throw new InvalidOperationException($"{promise.Kind} is not promised of stores."),
        };
        // An empty folder is what a share looks like that is not mounted.
        if (found is { Findings.Count: 0, NotChecked: null } && store.Copies.Count == 0 && store.NotListed is null && promise.Kind is BackupPromiseKind.Genuine or BackupPromiseKind.KeptNoLonger or BackupPromiseKind.Encrypted or BackupPromiseKind.NotArchived or BackupPromiseKind.Immutable)
            found = found with { NotChecked = Empty(store) };
        return found with { Measured = found.Measured ?? Measured(store) };
    }

    /// <summary>The findings of a number of days against what was promised, in both directions.</summary>
    public static IReadOnlyList<Finding> Days(BackupPromiseOptions promise, double days, string sentence)
    {
        var said = string.Format(CultureInfo.InvariantCulture, sentence, string.Create(CultureInfo.InvariantCulture, $"{days:0.##} days"));
        return days < promise.AtLeastDays ? [new Finding(KeepingFindings.KeptTooShort, Detail: string.Create(CultureInfo.InvariantCulture, $"{said}; at least {promise.AtLeastDays:0.##} were promised."))]
            : days > promise.AtMostDays ? [new Finding(KeepingFindings.KeptTooLong, Detail: string.Create(CultureInfo.InvariantCulture, $"{said}; at most {promise.AtMostDays:0.##} were promised."))]
            : [];
    }

    /// <summary>Why nothing can be said of what an empty store holds.</summary>
    public static string Empty(StoreInventory store) =>
        $"{StoreProbe.Emptiness(store.Place)} If that is right, take it out of the configuration and attest that it was emptied.";

    public static Finding Setting(string detail) => new(KeepingFindings.SettingDiffers, Detail: detail);

    private static PromiseFinding Trait<T>(Seen<T> seen, Func<T, IReadOnlyList<Finding>> check) => seen switch
    {
        Seen<T>.Known known => new PromiseFinding(check(known.Value)),
        Seen<T>.NotVisible not => new PromiseFinding([], NotVisible(not)),
        _ => throw new InvalidOperationException("An answer that does not exist."),
    };

    public static string NotVisible<T>(Seen<T>.NotVisible not) => $"Not visible from here: {not.Reason} What would show it: {not.ShownBy}.";

    private static PromiseFinding Encrypted(StoreInventory store)
    {
        var unsaid = store.Copies.Where(copy => copy.Copy.IsEncrypted is null).ToList();
        return new PromiseFinding(
            [.. store.Copies.Where(copy => copy.Copy.IsEncrypted == false).Select(copy => Setting($"{copy.Place} is not encrypted by the service."))],
            unsaid.Count == 0 ? null : $"Not visible from here: the store does not say of {unsaid[0].Place} whether it is encrypted. What would show it: whoever runs the store.");
    }

    private static PromiseFinding OfNobody(BackupPromiseOptions promise, StoreInventory store, IReadOnlyDictionary<string, BackedUpDatabaseOptions> databases, DateTimeOffset now)
    {
        var nobodys = store.Copies.Where(copy => copy.Header?.HeaderIfAny is not { } header || !databases.Values.Any(database => DatabaseBackups.IsOf(database, header))).ToList();
        var undated = nobodys.Count(copy => copy.Header?.HeaderIfAny is null);
        return new([.. nobodys.Select(copy => KeptTooLong.Of(copy, promise, now)).OfType<Finding>()])
        {
            NeedsEveryCopy = true,
            Narrowed = undated == 0 ? [] : [FormattableString.Invariant($"The age of {undated} {(undated == 1 ? "copy" : "copies")} is by the store's dates, as no header says when what is in them was taken.")],
        };
    }

    private static Dictionary<string, Scalar> Measured(StoreInventory store) => new()
    {
        ["copies"] = new Scalar(store.Copies.Count),
        ["bytes"] = new Scalar(store.Copies.Sum(copy => copy.Copy.Length)),
    };
}

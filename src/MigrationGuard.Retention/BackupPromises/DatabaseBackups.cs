using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.Chains;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>The back-ups of one database, wherever they lie: those whose headers say so.</summary>
internal sealed class DatabaseBackups
{
    /// <summary>So many other databases stand in a sentence.</summary>
    private const int MostOthers = 3;

    private readonly BackedUpDatabaseOptions _options;
    private readonly List<InventoriedCopy> _own;

    /// <param name="key">The database's name in the configuration.</param>
    /// <param name="stores">The stores that its back-ups are to lie in.</param>
    public DatabaseBackups(string key, BackedUpDatabaseOptions options, IReadOnlyList<StoreInventory> stores)
    {
        (Key, Stores, _options) = (key, stores, options);
        _own = [.. stores.SelectMany(store => store.Copies).Where(copy => copy.Header?.HeaderIfAny is { } header && IsOf(options, header))];
    }

    public string Key { get; }

    public IReadOnlyList<StoreInventory> Stores { get; }

    /// <summary>All copies of them, versions and snapshots included.</summary>
    public IReadOnlyList<InventoriedCopy> Copies => _own;

    /// <summary>Its stores, for a sentence.</summary>
    public string Places => string.Join(", ", Stores.Select(store => store.Store));

    /// <summary>That its stores hold no back-up of it, with what they hold instead: a server's name that is written otherwise looks the same.</summary>
    public string None
    {
        get
        {
            var others = Stores.SelectMany(store => store.Copies).Select(copy => copy.Header?.HeaderIfAny).OfType<BackupHeader>()
                .Select(header => $"{header.Database} on {header.Server}").Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase).Take(MostOthers + 1).ToList();
            var held = others.Count == 0 ? "" : $" What lies there is of {string.Join(", ", others.Take(MostOthers))}{(others.Count > MostOthers ? " and others" : "")}.";
            return $"There is no back-up of {Key} ({_options.Database} on {string.Join(" or ", _options.Servers)}) in {Places}.{held}";
        }
    }

    /// <summary>Why it is not known what all of its stores hold; null where it is.</summary>
    /// <remarks>A file that cannot be read from outside the server may be of this database as well as of any other.</remarks>
    public string? Doubt
    {
        get
        {
            if (Stores.SelectMany(store => store.Copies).Where(copy => copy.NotRead is not null || copy.Header is BackupHeaderOutcome.Unreadable).ToList() is { Count: > 0 } unread)
                return FormattableString.Invariant($"{unread.Count} {(unread.Count == 1 ? "header" : "headers")} could not be read, the first of {unread[0].Place}: {unread[0].NotRead ?? ((BackupHeaderOutcome.Unreadable)unread[0].Header!).Reason}");
            return _own.Find(copy => copy.Header!.HeaderIfAny!.HoldsMoreBackups) is { } appended
                ? $"{appended.Place} holds further back-ups, of which only the first was read. RESTORE HEADERONLY shows them."
                : null;
        }
    }

    /// <summary>Whether a header is of this database.</summary>
    public static bool IsOf(BackedUpDatabaseOptions options, BackupHeader header) =>
        header.Database.Equals(options.Database, StringComparison.OrdinalIgnoreCase)
        && options.Servers.Contains(header.Server, StringComparer.OrdinalIgnoreCase);

    /// <summary>What a restore could read now: current copies, which are there as they are.</summary>
    /// <remarks>
    /// Servers of one availability group take turns at one log; their back-ups are put together under the name of the first.
    /// Older versions and snapshots would have to be brought back first, and a restore window is promised without that.
    /// </remarks>
    public DatabaseChain? Chain(ChainRules rules, DateTimeOffset now)
    {
        var files = _own.Where(copy => copy.Copy.State == CopyState.Current && !copy.Copy.IsArchived).Select(copy => File(copy)).ToList();
        if (files.Count == 0)
            return null;
        var server = files[0].Header.Server;
        return BackupChains.Of(files.Select(file => file with { Header = file.Header with { Server = server, Database = files[0].Header.Database } }), rules, now).Single();
    }

    /// <summary>How much there is, for the record.</summary>
    public IReadOnlyDictionary<string, Scalar> Measured => new Dictionary<string, Scalar>
    {
        ["copies"] = new(_own.Count),
        ["bytes"] = new(_own.Sum(copy => copy.Copy.Length)),
        ["oldest"] = Scalar.OfMoment(_own.Select(copy => (DateTimeOffset?)copy.Taken).Min()),
        ["newest"] = Scalar.OfMoment(_own.Select(copy => (DateTimeOffset?)copy.Taken).Max()),
    };

    private static BackupFile File(InventoriedCopy copy) => new()
    {
        Path = copy.Place,
        Header = copy.Header!.HeaderIfAny!,
        IsComplete = copy.Header is BackupHeaderOutcome.Read,
    };
}

using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>Everything that one store holds, and what holds for it as a whole.</summary>
public sealed record StoreInventory
{
    /// <summary>The store's name in the configuration.</summary>
    public required string Store { get; init; }

    public required string Place { get; init; }

    public required StoreKind Kind { get; init; }

    /// <summary>The machine whose share it is; null where it is none.</summary>
    public string? Host { get; init; }

    /// <summary>In the order of the listing.</summary>
    public IReadOnlyList<InventoriedCopy> Copies { get; init; } = [];

    /// <summary>Null where the store could not be read.</summary>
    public StoreTraits? Traits { get; init; }

    /// <summary>What kinds of copies the listing does not show: a sentence each.</summary>
    public IReadOnlyList<string> Unseen { get; init; } = [];

    /// <summary>Why the store could not be listed, or not to its end; null where it was.</summary>
    public string? NotListed { get; init; }

    /// <summary>How many headers were read anew, and not known from an earlier reading.</summary>
    public int HeadersRead { get; init; }

    /// <summary>Lists a store and reads the headers that are not known yet.</summary>
    /// <param name="known">What earlier readings came to.</param>
    /// <param name="concurrency">Headers read at once.</param>
    /// <remarks>
    /// The headers are read while the listing still goes on. Copies that cannot be read as they are, deleted or archived, have none;
    /// nothing that a name claims is taken in its place.
    /// </remarks>
    public static async Task<StoreInventory> ReadAsync(IBackupStore store, HeaderMemory known, int concurrency, CancellationToken cancellationToken)
    {
        var copies = new List<InventoriedCopy>();
        var read = 0;
        var reading = new StoreInventory { Store = store.Name, Place = store.Place, Kind = store.Kind, Host = store.Host };
        try
        {
            var listing = await store.ListAsync(cancellationToken);
            await foreach (var copy in Ordered.SelectAsync(listing.Copies, concurrency, ReadAsync, cancellationToken))
                copies.Add(copy);
            return reading with { Copies = copies, Unseen = listing.Unseen, Traits = await store.ReadTraitsAsync(cancellationToken), HeadersRead = read };
        }
        catch (StoreAccessException e)
        {
            return reading with { Copies = copies, NotListed = e.Message, HeadersRead = read };
        }

        async Task<InventoriedCopy> ReadAsync(StoredCopy copy)
        {
            if (copy.State is CopyState.Deleted || copy.IsArchived)
                return new InventoriedCopy(copy, null, null);
            if (known.Find(copy) is { } before)
                return new InventoriedCopy(copy, before, null);
            Interlocked.Increment(ref read);
            var (outcome, problem) = await ReadHeaderAsync(store, copy, cancellationToken);
            if (outcome is not null)
                known.Keep(copy, outcome);
            return new InventoriedCopy(copy, outcome, problem);
        }
    }

    private static async Task<(BackupHeaderOutcome? Outcome, string? Problem)> ReadHeaderAsync(IBackupStore store, StoredCopy copy, CancellationToken cancellationToken)
    {
        try
        {
            var content = store.Open(copy);
            using (content as IDisposable)
                return (await BackupHeaderReader.ReadAsync(content, cancellationToken), null);
        }
        catch (Exception e) when (e is StoreAccessException or IOException)
        {
            return (null, e.Message);
        }
    }
}

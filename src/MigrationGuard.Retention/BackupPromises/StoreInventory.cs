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

    /// <summary>How many readings may end in an outage, one after the other, before nothing more is read.</summary>
    /// <remarks>Each has then been tried for half a minute or more. Thousands of them would take days to say the same.</remarks>
    private const int MostOutages = 3;

    /// <summary>Lists a store and reads the headers that are not known yet.</summary>
    /// <param name="known">What earlier readings came to.</param>
    /// <param name="concurrency">Headers read at once; from 1.</param>
    /// <remarks>
    /// The headers are read while the listing still goes on. Copies that cannot be read as they are, deleted or archived, have none;
    /// nothing that a name claims is taken in its place.
    /// </remarks>
    public static async Task<StoreInventory> ReadAsync(IContentStore store, HeaderMemory known, int concurrency, CancellationToken cancellationToken)
    {
        var copies = new List<InventoriedCopy>();
        var (read, outages) = (0, 0);
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

        Task<InventoriedCopy> ReadAsync(StoredCopy copy) =>
            copy.State is CopyState.Deleted || copy.IsArchived ? Task.FromResult(new InventoriedCopy(copy, null, null))
            : known.Find(copy) is { } before ? Task.FromResult(new InventoriedCopy(copy, before, null))
            : ReadAnewAsync(copy);

        async Task<InventoriedCopy> ReadAnewAsync(StoredCopy copy)
        {
            if (Volatile.Read(ref outages) >= MostOutages)
                return new InventoriedCopy(copy, null, $"{store.Place} did not give {copy.Address}: it was not asked, since it could not be reached for those before. Try again later.");
            try
            {
                var outcome = await ReadHeaderAsync(store, copy, cancellationToken);
                Volatile.Write(ref outages, 0);
                Interlocked.Increment(ref read);
                known.Keep(copy, outcome);
                return new InventoriedCopy(copy, outcome, null);
            }
            catch (Exception e) when (e is StoreAccessException or IOException)
            {
                if (e is StoreAccessException { IsOutage: true })
                    Interlocked.Increment(ref outages);
                return new InventoriedCopy(copy, null, e.Message);
            }
        }
    }

    private static async Task<BackupHeaderOutcome> ReadHeaderAsync(IContentStore store, StoredCopy copy, CancellationToken cancellationToken)
    {
        var content = store.Open(copy);
        using (content as IDisposable)
            return await BackupHeaderReader.ReadAsync(content, cancellationToken);
    }
}

using MigrationGuard.Ledger.Store;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>Everything that one store holds, and what holds for it as a whole.</summary>
/// <remarks>Held in memory, some hundreds of bytes a copy: a restore chain is worked out from all of a database's back-ups at once.</remarks>
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

    /// <summary>Goes through all that a store holds.</summary>
    /// <exception cref="LedgerException">What is known of headers could not be read or written.</exception>
    public static async Task<StoreInventory> ReadAsync(InventoryReading reading, CancellationToken cancellationToken)
    {
        var (store, copies, words) = (reading.Store, new List<InventoriedCopy>(), new WordPool());
        await foreach (var copy in reading.CopiesAsync(cancellationToken))
            copies.Add(words.Pooled(copy));
        var inventory = new StoreInventory { Store = store.Name, Place = store.Place, Kind = store.Kind, Host = store.Host, Copies = copies, Unseen = reading.Unseen, NotListed = reading.NotListed, HeadersRead = reading.HeadersRead };
        if (reading.NotListed is not null)
            return inventory;
        try
        {
            return inventory with { Traits = await store.ReadTraitsAsync(cancellationToken) };
        }
        catch (StoreAccessException e)
        {
            return inventory with { NotListed = e.Message };
        }
    }
}

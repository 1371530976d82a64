using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.FileStores;

/// <summary>What a store holds, or why that is not known.</summary>
/// <param name="Listing">Null where it could not be listed to its end.</param>
/// <param name="NotListed">Why it could not: sentences; null where it was.</param>
internal sealed record FileInventory(IFileStore Store, FileListing? Listing, string? NotListed)
{
    public static async Task<FileInventory> ReadAsync(IFileStore store, CancellationToken cancellationToken)
    {
        try
        {
            return new FileInventory(store, await store.ListAsync(cancellationToken), null);
        }
        catch (StoreAccessException e)
        {
            return new FileInventory(store, null, e.Message);
        }
    }

    /// <summary>How much there is, for the record.</summary>
    public static Dictionary<string, Scalar> Measured(IReadOnlyCollection<StoredFile> files) => new()
    {
        ["files"] = new Scalar(files.Count),
        ["bytes"] = new Scalar(files.Sum(file => file.Length)),
        ["oldestCreated"] = Scalar.OfMoment(files.Min(file => file.Created)),
        ["newestCreated"] = Scalar.OfMoment(files.Max(file => file.Created)),
    };
}

using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Tests.Retention.Inventory;

/// <summary>Reads a store to its end.</summary>
internal static class StoreWalk
{
    public static async Task<IReadOnlyList<StoredCopy>> CopiesAsync(this IContentStore store) =>
        await (await store.ListAsync(CancellationToken.None)).CopiesAsync();

    public static async Task<IReadOnlyList<StoredCopy>> CopiesAsync(this StoreListing listing)
    {
        var copies = new List<StoredCopy>();
        await foreach (var copy in listing.Copies)
            copies.Add(copy);
        return copies;
    }

    public static async Task<byte[]> ReadAsync(this IContentStore store, StoredCopy copy, long offset = 0, int? count = null)
    {
        var bytes = new byte[count ?? (int)(copy.Length - offset)];
        var content = store.Open(copy);
        using (content as IDisposable)
            await content.ReadAsync(offset, bytes, CancellationToken.None);
        return bytes;
    }
}

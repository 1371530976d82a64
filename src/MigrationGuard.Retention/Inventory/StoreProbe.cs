namespace MigrationGuard.Retention.Inventory;

/// <summary>Whether a store can be listed at all, found out without going through it.</summary>
public static class StoreProbe
{
    /// <summary>Begins to list.</summary>
    /// <returns>Whether there is anything.</returns>
    /// <exception cref="StoreAccessException">It cannot be listed.</exception>
    public static async Task<bool> ReachAsync(this IContentStore store, CancellationToken cancellationToken)
    {
        var listing = await store.ListAsync(cancellationToken);
        await using var copies = listing.Copies.GetAsyncEnumerator(cancellationToken);
        return await copies.MoveNextAsync();
    }

    /// <summary>What there is to say of a store that could be listed and lists nothing.</summary>
    /// <param name="place">Where it is, as the store says it.</param>
    public static string Emptiness(string place) => $"{place} holds nothing at all, which is what a share that is not mounted and a wrong path look like too.";

    /// <summary>Why a store cannot be read, with its place and a remedy; null where nothing stands in the way.</summary>
    /// <param name="attempt">Opens and reaches it.</param>
    public static async Task<string?> ProblemAsync(Func<Task> attempt)
    {
        try
        {
            await attempt();
            return null;
        }
        catch (StoreAccessException e)
        {
            return e.Message;
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>Goes through what a store holds, each copy with its header, in the order of the listing.</summary>
/// <remarks>
/// What is known of headers is looked up, and unknown ones are read, while the listing still goes on. Nothing but some pages of the listing is
/// held, however much the store has. Copies that cannot be read as they are, deleted or archived, have no header; nothing that a name claims
/// is taken in its place.
/// </remarks>
/// <param name="memory">What is known from earlier readings, and where this one is kept; null where every header is read and none is kept.</param>
/// <param name="concurrency">Headers read at once; from 1.</param>
public sealed class InventoryReading(IContentStore store, HeaderMemory? memory, int concurrency)
{
    /// <summary>How many readings may end in an outage, one after the other, before nothing more is read.</summary>
    /// <remarks>Each has then been tried for half a minute or more. Thousands of them would take days to say the same.</remarks>
    private const int MostOutages = 3;

    private const int LookedUpAtOnce = 1_000;

    private int _read;
    private int _outages;

    public IContentStore Store => store;

    /// <summary>Why the store could not be listed, or not to its end; null where it was. Known when the copies have been gone through.</summary>
    public string? NotListed { get; private set; }

    /// <summary>What kinds of copies the listing does not show: a sentence each. Known when the copies have been gone through.</summary>
    public IReadOnlyList<string> Unseen { get; private set; } = [];

    /// <summary>How many headers were read anew, and not known from an earlier reading.</summary>
    public int HeadersRead => _read;

    /// <summary>Everything there is; gone through once. A store that cannot be listed gives what it gave, and <see cref="NotListed"/>.</summary>
    /// <exception cref="LedgerException">What is known of headers could not be read or written.</exception>
    public async IAsyncEnumerable<InventoriedCopy> CopiesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StoreListing listing;
        try
        {
            listing = await store.ListAsync(cancellationToken);
        }
        catch (StoreAccessException e)
        {
            NotListed = e.Message;
            yield break;
        }
        await using var copies = Ordered.SelectAsync(LookUpAsync(listing.Copies, cancellationToken), concurrency, copy => ReadAsync(copy, cancellationToken), cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await copies.MoveNextAsync())
                    break;
            }
            catch (StoreAccessException e)
            {
                NotListed = e.Message;
                break;
            }
            var (copy, key) = copies.Current;
            if (memory is not null && key is not null && copy.Header is { } read)
                await memory.KeepAsync(key, read, cancellationToken);
            yield return copy;
        }
        Unseen = listing.Unseen;
        if (memory is not null)
            await memory.CompleteAsync(wasWhole: NotListed is null, cancellationToken);
    }

    private async IAsyncEnumerable<LookedUp> LookUpAsync(IAsyncEnumerable<StoredCopy> copies, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var chunk in Ordered.SelectAsync(ChunksAsync(copies, cancellationToken), 2, chunk => Task.Run(() => LookUpAsync(chunk, cancellationToken), cancellationToken), cancellationToken))
        {
            foreach (var copy in chunk)
                yield return copy;
        }
    }

    private async Task<IReadOnlyList<LookedUp>> LookUpAsync(IReadOnlyList<StoredCopy> copies, CancellationToken cancellationToken)
    {
        var keys = copies.Select(copy => IsReadable(copy) ? HeaderMemory.KeyOf(copy) : null).ToList();
        var known = memory is null ? null : await memory.FindAsync([.. keys.OfType<string>()], cancellationToken);
        return [.. copies.Zip(keys, (copy, key) => new LookedUp(copy, key, key is null ? null : known?.GetValueOrDefault(key)))];
    }

    /// <returns>The copy with its header, and the key to keep that under; null where it is known, or not to be kept.</returns>
    private async Task<(InventoriedCopy Copy, string? Key)> ReadAsync(LookedUp asked, CancellationToken cancellationToken)
    {
        if (asked.Known is not null || !IsReadable(asked.Copy))
            return (new InventoriedCopy(asked.Copy, asked.Known, null), null);
        if (Volatile.Read(ref _outages) >= MostOutages)
            return (new InventoriedCopy(asked.Copy, null, $"{store.Place} did not give {asked.Copy.Address}: it was not asked, since it could not be reached for those before. Try again later."), null);
        try
        {
            var outcome = await ReadHeaderAsync(asked.Copy, cancellationToken);
            Volatile.Write(ref _outages, 0);
            Interlocked.Increment(ref _read);
            return (new InventoriedCopy(asked.Copy, outcome, null), asked.Key);
        }
        catch (Exception e) when (e is StoreAccessException or IOException)
        {
            if (e is StoreAccessException { IsOutage: true })
                Interlocked.Increment(ref _outages);
            return (new InventoriedCopy(asked.Copy, null, e.Message), null);
        }
    }

    private async Task<BackupHeaderOutcome> ReadHeaderAsync(StoredCopy copy, CancellationToken cancellationToken)
    {
        var content = store.Open(copy);
        using (content as IDisposable)
            return await BackupHeaderReader.ReadAsync(content, cancellationToken);
    }

    private static bool IsReadable(StoredCopy copy) => copy.State is not CopyState.Deleted && !copy.IsArchived;

    // Where the listing breaks off, what it gave before still counts.
    private static async IAsyncEnumerable<IReadOnlyList<StoredCopy>> ChunksAsync(IAsyncEnumerable<StoredCopy> copies, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var listing = copies.GetAsyncEnumerator(cancellationToken);
        ExceptionDispatchInfo? brokenOff = null;
        for (var isMore = true; isMore;)
        {
            var chunk = new List<StoredCopy>(LookedUpAtOnce);
            try
            {
                while (chunk.Count < LookedUpAtOnce && (isMore = await listing.MoveNextAsync()))
                    chunk.Add(listing.Current);
            }
            catch (StoreAccessException e)
            {
                (brokenOff, isMore) = (ExceptionDispatchInfo.Capture(e), false);
            }
            if (chunk.Count > 0)
                yield return chunk;
        }
        brokenOff?.Throw();
    }

    private readonly record struct LookedUp(StoredCopy Copy, string? Key, BackupHeaderOutcome? Known);
}

using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.Inventory;

/// <summary>A container of Azure Storage.</summary>
public sealed class BlobStore : IContentStore
{
    private const string ManagementPlane = "the storage account's management plane (az storage account show, or the portal)";

    private readonly BlobContainerClient _container;
    private readonly string _prefix;
    private readonly int? _pageSize;
    private readonly BlobTraits _details;

    private BlobStore(string name, BlobContainerClient container, string prefix, int? pageSize, BlobTraits details) =>
        (Name, _container, _prefix, _pageSize, _details) = (name, container, prefix, pageSize, details);

    public string Name { get; }

    public string Place => $"Store {Name}, container {_container.Uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)},";

    public StoreKind Kind => StoreKind.Container;

    public string? Host => null;

    /// <summary>Opens nothing yet.</summary>
    /// <exception cref="StoreAccessException">The address, signature or connection string cannot be understood.</exception>
    public static BlobStore Open(string name, ContentStoreOptions options, StoreUse use = StoreUse.Backups) => Open(name, options, BlobRequests.Usual, use);

    internal static BlobStore Open(string name, ContentStoreOptions options, BlobRequests requests, StoreUse use = StoreUse.Backups) =>
        new(name, BlobAccess.Open($"{use}:Stores:{name}", options, requests), options.Prefix, requests.PageSize, use == StoreUse.Files ? BlobTraits.Metadata : BlobTraits.None);

    public async Task<StoreListing> ListAsync(CancellationToken cancellationToken)
    {
        const BlobStates everything = BlobStates.Snapshots | BlobStates.Version | BlobStates.Deleted;
        try
        {
            var pages = await BeginAsync(everything, BlobTraits.ImmutabilityPolicy | BlobTraits.LegalHold | _details, cancellationToken);
            return new StoreListing(CopiesAsync(pages, cancellationToken), []);
        }
        catch (RequestFailedException refused) when (BlobFaults.IsRefusal(refused))
        {
            // An account or a signature that does not show the rest may show what is current: better than nothing, and said so.
            var pages = await TryAsync("be listed", () => BeginAsync(BlobStates.None, _details, cancellationToken), cancellationToken);
            return new StoreListing(CopiesAsync(pages, cancellationToken),
            [
                $"Versions, snapshots, deleted blobs and policies of immutability are not visible from here: the service refused to list them ({BlobFaults.Code(refused)}). A credential with Storage Blob Data Reader on the account shows them, where it has them.",
            ]);
        }
        catch (Exception e) when (BlobFaults.IsOfStore(e, cancellationToken))
        {
            throw BlobFaults.Of(Place, "be listed", e);
        }
    }

    public IRangedContent Open(StoredCopy copy)
    {
        BlobBaseClient blob = _container.GetBlobBaseClient(copy.Name);
        blob = copy switch
        {
            { VersionId: { } version } when copy.State == CopyState.Version => blob.WithVersion(version),
            { Snapshot: { } snapshot } => blob.WithSnapshot(snapshot),
            _ => blob,
        };
        return new BlobContent(blob, copy, Place);
    }

    public async Task<StoreTraits> ReadTraitsAsync(CancellationToken cancellationToken)
    {
        var account = _container.GetParentBlobServiceClient();
        var container = await AskAsync(async () => (await _container.GetPropertiesAsync(cancellationToken: cancellationToken)).Value, "Storage Blob Data Reader on the container, or its key", cancellationToken);
        var service = await AskAsync(async () => (await account.GetPropertiesAsync(cancellationToken)).Value, "Storage Account Contributor, or an account signature with read on the service", cancellationToken);
        var kind = await AskAsync(async () => (await account.GetAccountInfoAsync(cancellationToken)).Value, ManagementPlane, cancellationToken);
        return new StoreTraits
        {
            PublicAccess = Of(container, properties => properties.PublicAccess?.ToString() ?? "None"),
            HasImmutabilityPolicy = Of(container, properties => properties.HasImmutabilityPolicy ?? false),
            HasLegalHold = Of(container, properties => properties.HasLegalHold ?? false),
            HasImmutableVersions = Of(container, properties => properties.HasImmutableStorageWithVersioning),
            SoftDeleteDays = Of(service, properties => properties.DeleteRetentionPolicy is { Enabled: true } policy ? policy.Days ?? 0 : 0),
            Redundancy = Of(kind, info => info.SkuName.ToString()),
        };
    }

    private async Task<IAsyncEnumerator<Page<BlobItem>>> BeginAsync(BlobStates states, BlobTraits traits, CancellationToken cancellationToken)
    {
        var pages = _container.GetBlobsAsync(traits, states, _prefix.Length == 0 ? null : _prefix, cancellationToken).AsPages(pageSizeHint: _pageSize).GetAsyncEnumerator(cancellationToken);
        try
        {
            // The first page shows whether the service lists all that it was asked for.
            await pages.MoveNextAsync();
            return pages;
        }
        catch
        {
            await pages.DisposeAsync();
            throw;
        }
    }

    /// <remarks>The next page is on its way while one is read, so that reading costs the listing no time; two are held, and no more.</remarks>
    private async IAsyncEnumerable<StoredCopy> CopiesAsync(IAsyncEnumerator<Page<BlobItem>> pages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using (pages)
        {
            var isMore = true;
            while (isMore)
            {
                var page = pages.Current;
                var next = pages.MoveNextAsync().AsTask();
                try
                {
                    foreach (var item in page.Values)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        if (!IsFolder(item))
                            yield return Copy(item);
                    }
                }
                finally
                {
                    // Whoever stops here must not dispose of what is still at work.
                    await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
                isMore = await TryAsync("be listed to its end", () => next, cancellationToken);
            }
        }
    }

    // An account with a hierarchical namespace lists its folders as empty blobs that say so in their metadata, where those are asked for.
    private static bool IsFolder(BlobItem item) =>
        item.Metadata is { } metadata && metadata.TryGetValue("hdi_isfolder", out var said) && bool.TryParse(said, out var isFolder) && isFolder && item.Properties.ContentLength is 0 or null;

    private StoredCopy Copy(BlobItem item) => new()
    {
        Store = Name,
        Name = item.Name,
        State = item.Deleted ? CopyState.Deleted
            : item.Snapshot is { Length: > 0 } ? CopyState.Snapshot
            : item.VersionId is not null && item.IsLatestVersion is not true ? CopyState.Version
            : CopyState.Current,
        VersionId = item.VersionId,
        Snapshot = item.Snapshot is { Length: > 0 } snapshot ? snapshot : null,
        Length = item.Properties.ContentLength ?? 0,
        Created = item.Properties.CreatedOn,
        Modified = item.Properties.LastModified ?? item.Properties.CreatedOn ?? DateTimeOffset.MinValue,
        ETag = item.Properties.ETag?.ToString() ?? "",
        Tier = item.Properties.AccessTier?.ToString(),
        IsEncrypted = item.Properties.ServerEncrypted,
        Deleted = item.Properties.DeletedOn,
        RemainingDays = item.Properties.RemainingRetentionDays,
        // The library gives a policy without an end where there is none.
        ImmutableUntil = item.Properties.ImmutabilityPolicy?.ExpiresOn,
        ImmutabilityMode = item.Properties.ImmutabilityPolicy?.PolicyMode?.ToString(),
        HasLegalHold = item.Properties.HasLegalHold,
        ContentMd5 = item.Properties.ContentHash is { Length: > 0 } hash ? Convert.ToHexStringLower(hash) : null,
        CreatedMetadata = item.Metadata is { } metadata && metadata.TryGetValue("created", out var created) ? created : null,
    };

    private async Task<T> TryAsync<T>(string what, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (BlobFaults.IsOfStore(e, cancellationToken))
        {
            throw BlobFaults.Of(Place, what, e);
        }
    }

    private async Task<Seen<T>> AskAsync<T>(Func<Task<T>> ask, string shownBy, CancellationToken cancellationToken)
    {
        try
        {
            return new Seen<T>.Known(await ask());
        }
        catch (RequestFailedException refused) when (BlobFaults.IsRefusal(refused))
        {
            return new Seen<T>.NotVisible($"The credential is not told ({BlobFaults.Code(refused)}).", shownBy);
        }
        catch (Exception e) when (BlobFaults.IsOfStore(e, cancellationToken))
        {
            throw BlobFaults.Of(Place, "be asked for its properties", e);
        }
    }

    private static Seen<TValue> Of<T, TValue>(Seen<T> seen, Func<T, TValue> value) => seen switch
    {
        Seen<T>.Known known => new Seen<TValue>.Known(value(known.Value)),
        Seen<T>.NotVisible not => new Seen<TValue>.NotVisible(not.Reason, not.ShownBy),
        _ => throw new InvalidOperationException("An answer that does not exist."),
    };
}

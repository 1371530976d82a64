using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.FileStores;

/// <summary>The files of a folder, a share or a container.</summary>
internal sealed class ListedFileStore(IContentStore store, FileStoreOptions options, TimeProvider time) : IFileStore
{
    private const string SoughtInVain =
        "Shadow copies and the recycle bin of a file server are not visible from here; whoever runs it shows them.";

    public string Name => store.Name;

    public bool ShowsItself => options.ShowsItself();

    public string? Blindness => store.Kind == StoreKind.Container ? null : SoughtInVain;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="baseDirectory">What a relative folder is relative to.</param>
    /// <exception cref="StoreAccessException">The address, signature or connection string cannot be understood.</exception>
    public static ListedFileStore Open(string name, FileStoreOptions options, string baseDirectory, TimeProvider time) => new(
        options.Container is not null ? BlobStore.Open(name, options, use: StoreUse.Files) : new FolderStore(name, options, baseDirectory), options, time);

    public async Task<FileListing> ListAsync(CancellationToken cancellationToken)
    {
        var asOf = time.GetUtcNow();
        var files = new List<StoredFile>();
        try
        {
            var listing = await store.ListAsync(cancellationToken);
            await foreach (var copy in listing.Copies.WithCancellation(cancellationToken))
                files.Add(File(copy));
            return new FileListing(files, asOf)
            {
                Refused = listing.Refused,
                Links = [.. listing.Links.Select(link => new UnfollowedLink(Below(link), link))],
                Narrowed = options.Created switch
                {
                    FileCreation.Modified => [$"{Name}: the last write of a file stands for the moment it was made."],
                    FileCreation.Stored => [$"{Name}: what the store itself says stands for the moment a file was made, which may be that of a copy."],
                    _ => [],
                },
            };
        }
        catch (StoreAccessException e) when (IsOfFileSystem(e))
        {
            throw Unnamed(e);
        }
    }

    public async Task ReachAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.ReachAsync(cancellationToken);
        }
        catch (StoreAccessException e) when (IsOfFileSystem(e))
        {
            throw Unnamed(e);
        }
    }

    public IRangedContent Open(StoredFile file) =>
        store.Open(new StoredCopy { Store = Name, Name = file.Name, Length = file.Length, Modified = DateTimeOffset.MinValue, ETag = file.ETag });

    private bool IsOfFileSystem(StoreAccessException e) => store.Kind != StoreKind.Container && e.InnerException is (UnauthorizedAccessException or IOException);

    // What the system says names the file or folder, and that may name a person.
    private static StoreAccessException Unnamed(StoreAccessException e) =>
        new(e.Place, "cannot be read to its end: a folder in it is refused or failed.", e.Remedy, e);

    private StoredFile File(StoredCopy copy) => new()
    {
        Path = Below(copy.Name),
        Name = copy.Name,
        Length = copy.Length,
        Created = Created(copy),
        Hash = copy.ContentMd5 is { } md5 ? new ContentHash(HashKind.Md5, md5) : null,
        State = copy.State,
        ETag = copy.ETag,
        IsReadable = copy is { State: CopyState.Current, IsArchived: false },
    };

    private DateTimeOffset? Created(StoredCopy copy) => options.Created switch
    {
        FileCreation.Modified => copy.Modified,
        FileCreation.Stored => copy.Created,
        _ when store.Kind == StoreKind.Container => copy.CreatedMetadata is { } said ? FileMoments.Parse(said) : null,
        // Elsewhere what .NET calls the creation is the older of the last write and the last change, where the file system keeps none.
        _ => OperatingSystem.IsWindows() ? copy.Created : null,
    };

    // A prefix may end within a name; paths are counted from the folder it is in.
    private string Below(string name) => name[Math.Min(name.Length, options.Prefix.LastIndexOf('/') + 1)..];
}

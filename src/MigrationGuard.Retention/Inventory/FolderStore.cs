using System.IO.Enumeration;
using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.Inventory;

/// <summary>A folder of this machine, or a share that it has mounted.</summary>
public sealed class FolderStore : IBackupStore
{
    private const string NotOfFolders = "A folder does not say it.";

    private readonly string _root;
    private readonly string _prefix;

    /// <param name="baseDirectory">What a relative folder is relative to.</param>
    public FolderStore(string name, BackupStoreOptions options, string baseDirectory) =>
        (Name, _root, _prefix) = (name, Path.GetFullPath(options.Folder!, baseDirectory), options.Prefix);

    public string Name { get; }

    public string Place => $"Store {Name}, folder {_root},";

    public StoreKind Kind => Host is null ? StoreKind.Folder : StoreKind.Share;

    public string? Host => _root.StartsWith(@"\\", StringComparison.Ordinal) ? _root.Split('\\', StringSplitOptions.RemoveEmptyEntries)[0].Split('.')[0] : null;

    public Task<StoreListing> ListAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(_root))
            throw new StoreAccessException(Place, "does not exist, or may not be seen by this account.", "Correct Folder, mount the share, or let this account read it.");
        return Task.FromResult(new StoreListing(CopiesAsync(cancellationToken), []));
    }

    public IRangedContent Open(StoredCopy copy)
    {
        try
        {
            return FileContent.Open(Path.Combine(_root, copy.Name));
        }
        catch (Exception e) when (e is UnauthorizedAccessException || e is IOException and not ContentChangedException)
        {
            throw Unreadable(e);
        }
    }

    public Task<StoreTraits> ReadTraitsAsync(CancellationToken cancellationToken) => Task.FromResult(new StoreTraits
    {
        PublicAccess = new Seen<string>.NotVisible(NotOfFolders, "the permissions of the share, which its administrator shows"),
        SoftDeleteDays = new Seen<int>.NotVisible(NotOfFolders, "the shadow copies and recycle bin of the file server"),
        Redundancy = new Seen<string>.NotVisible(NotOfFolders, "whoever runs the file server"),
        HasImmutabilityPolicy = new Seen<bool>.NotVisible(NotOfFolders, "whoever runs the file server"),
        HasLegalHold = new Seen<bool>.NotVisible(NotOfFolders, "whoever runs the file server"),
        HasImmutableVersions = new Seen<bool>.NotVisible(NotOfFolders, "whoever runs the file server"),
    });

    private async IAsyncEnumerable<StoredCopy> CopiesAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        // A folder that may not be read is a listing that cannot be had, and not one without that folder.
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.None, ReturnSpecialDirectories = false };
        using var files = Begin(options);
        while (Next(files))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (files.Current.Name.StartsWith(_prefix, StringComparison.Ordinal))
                yield return files.Current;
        }
    }

    private IEnumerator<StoredCopy> Begin(EnumerationOptions options)
    {
        try
        {
            return new FileSystemEnumerable<StoredCopy>(_root, Copy, options)
            {
                ShouldIncludePredicate = static (ref FileSystemEntry entry) => !entry.IsDirectory,
                // A link may lead anywhere, and round in circles.
                ShouldRecursePredicate = static (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
            }.GetEnumerator();
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw Unreadable(e);
        }
    }

    private bool Next(IEnumerator<StoredCopy> files)
    {
        try
        {
            return files.MoveNext();
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw Unreadable(e);
        }
    }

    private StoredCopy Copy(ref FileSystemEntry entry) => new()
    {
        Store = Name,
        Name = Path.GetRelativePath(_root, entry.ToFullPath()).Replace(Path.DirectorySeparatorChar, '/'),
        Length = entry.Length,
        Created = entry.CreationTimeUtc,
        Modified = entry.LastWriteTimeUtc,
        ETag = FormattableString.Invariant($"{entry.LastWriteTimeUtc.UtcTicks:x}-{entry.Length:x}"),
    };

    private StoreAccessException Unreadable(Exception e) =>
        new(Place, $"cannot be read: {e.Message.ReplaceLineEndings(" ")}", "Let this account read it and everything under it.", e);
}

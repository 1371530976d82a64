using System.IO.Enumeration;
using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.Inventory;

/// <summary>A folder of this machine, or a share that it has mounted.</summary>
public sealed class FolderStore : IContentStore
{
    private const string NotOfFolders = "A folder does not say it.";

    /// <summary>What the system gives for a time that it could not find out.</summary>
    private static readonly DateTime NoTime = DateTime.FromFileTimeUtc(0);

    private readonly string _root;
    private readonly string _prefix;

    /// <param name="baseDirectory">What a relative folder is relative to.</param>
    public FolderStore(string name, ContentStoreOptions options, string baseDirectory) =>
        (Name, _root, _prefix) = (name, Path.GetFullPath(options.Folder!, baseDirectory), options.Prefix);

    public string Name { get; }

    public string Place => $"Store {Name}, folder {_root},";

    public StoreKind Kind => Host is null ? StoreKind.Folder : StoreKind.Share;

    public string? Host => _root.StartsWith(@"\\", StringComparison.Ordinal) ? _root.Split('\\', StringSplitOptions.RemoveEmptyEntries)[0].Split('.')[0] : null;

    public Task<StoreListing> ListAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(_root))
            return Task.FromException<StoreListing>(Missing());
        var links = new List<string>();
        return Task.FromResult(new StoreListing(CopiesAsync(links, cancellationToken), []) { Links = links });
    }

    public IRangedContent Open(StoredCopy copy)
    {
        try
        {
            var content = FileContent.Open(Path.Combine(_root, copy.Name));
            if (ETag(content.Modified, content.Length) == copy.ETag)
                return content;
            content.Dispose();
            throw content.Length < copy.Length ? ContentChangedException.Shorter(copy.Address, copy.Length) : ContentChangedException.Replaced(copy.Address);
        }
        catch (ContentChangedException gone) when (gone.IsGone)
        {
            // A share that is no longer mounted takes all its files with it, and none of them is gone.
            throw Directory.Exists(_root) ? ContentChangedException.Gone(copy.Address, gone) : Missing();
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

    private async IAsyncEnumerable<StoredCopy> CopiesAsync(List<string> links, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        // A folder that may not be read is a listing that cannot be had, and not one without that folder.
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.None, ReturnSpecialDirectories = false };
        using var files = Begin(options, links);
        while (Next(files))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (files.Current.Name.StartsWith(_prefix, StringComparison.Ordinal))
                yield return files.Current;
        }
    }

    private IEnumerator<StoredCopy> Begin(EnumerationOptions options, List<string> links)
    {
        try
        {
            return new FileSystemEnumerable<StoredCopy>(_root, Copy, options)
            {
                ShouldIncludePredicate = static (ref FileSystemEntry entry) => !entry.IsDirectory && IsThere(ref entry),
                ShouldRecursePredicate = (ref FileSystemEntry entry) => MayHoldWhatIsAskedFor(ref entry) && !IsLink(ref entry, links),
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

    /// <summary>Whether it is there still. What may not be looked at is there, and an error: it would be listed as empty and ages old.</summary>
    private static bool IsThere(ref FileSystemEntry entry)
    {
        if (entry.LastWriteTimeUtc.UtcDateTime != NoTime)
            return true;
        try
        {
            return (File.GetAttributes(entry.ToFullPath()) & FileAttributes.Directory) == 0;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private bool MayHoldWhatIsAskedFor(ref FileSystemEntry entry)
    {
        var folder = NameOf(ref entry) + '/';
        return folder.StartsWith(_prefix, StringComparison.Ordinal) || _prefix.StartsWith(folder, StringComparison.Ordinal);
    }

    /// <summary>Whether a folder is a link, which may lead anywhere, and round in circles; added to the links where it is.</summary>
    private bool IsLink(ref FileSystemEntry entry, List<string> links)
    {
        if ((entry.Attributes & FileAttributes.ReparsePoint) == 0)
            return false;
        links.Add(NameOf(ref entry));
        return true;
    }

    private StoredCopy Copy(ref FileSystemEntry entry)
    {
        var (length, created, modified) = (entry.Length, entry.CreationTimeUtc, entry.LastWriteTimeUtc);
        // What is read through a link is what it leads to. One that leads nowhere is listed as it is, and found gone when it is read.
        if ((entry.Attributes & FileAttributes.ReparsePoint) != 0 && File.ResolveLinkTarget(entry.ToFullPath(), returnFinalTarget: true) is FileInfo { Exists: true } file)
            (length, created, modified) = (file.Length, file.CreationTimeUtc, file.LastWriteTimeUtc);
        return new StoredCopy
        {
            Store = Name,
            Name = NameOf(ref entry),
            Length = length,
            Created = created,
            Modified = modified,
            ETag = ETag(modified, length),
        };
    }

    private string NameOf(ref FileSystemEntry entry) => Path.GetRelativePath(_root, entry.ToFullPath()).Replace(Path.DirectorySeparatorChar, '/');

    private static string ETag(DateTimeOffset modified, long length) => FormattableString.Invariant($"{modified.UtcTicks:x}-{length:x}");

    private StoreAccessException Missing() =>
        new(Place, "does not exist, or may not be seen by this account.", "Correct Folder, mount the share, or let this account read it.");

    private StoreAccessException Unreadable(Exception e) =>
        new(Place, $"cannot be read: {e.Message.ReplaceLineEndings(" ")}", "Let this account read it and everything under it.", e);
}

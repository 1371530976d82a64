using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.FileStores;

/// <summary>A file that was put into a place to show that it is the right one, and is no file of a promise.</summary>
/// <param name="path">Below the place that is looked at; null where there is none.</param>
internal sealed class FileLandmark(string? path)
{
    private readonly string? _path = path is null ? null : NamedFolders.Written(path);

    /// <summary>All files but the landmark.</summary>
    public IEnumerable<StoredFile> Without(IEnumerable<StoredFile> files) => files.Where(file => !Is(file));

    /// <summary>Why a store is not shown to be the right one; null where the landmark is there, or none is named.</summary>
    public string? Missed(FileInventory store) => _path is null || store.Listing!.Files.Any(file => file.State == CopyState.Current && Is(file))
        ? null
        : $"{store.Store.Name} does not hold the landmark that shows that it is the place. Mount it, correct its Folder or Prefix, or put the landmark there.";

    /// <summary>Why an empty store says nothing; null where a landmark is named, or the store itself shows that it is there.</summary>
    public string? MissedInEmpty(FileInventory store, FileGlobs globs) => _path is not null || (store.Store.ShowsItself && globs.Named.Count == 0)
        ? null
        : $"{store.Store.Name} holds no file that the promise covers, and nothing shows that it is the right place: one that is not mounted, or is spelt wrongly, looks the same. Put a file there, and name it as Landmark.";

    private bool Is(StoredFile file) => string.Equals(file.Path, _path, StringComparison.Ordinal);
}

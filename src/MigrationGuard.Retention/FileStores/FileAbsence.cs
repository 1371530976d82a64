using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.FileStores;

/// <summary>Whether a store holds nothing any more, deleted files that can be brought back included.</summary>
/// <remarks>A place that cannot be listed is unknown and not empty; and a folder that is empty may be one where nothing is mounted.</remarks>
internal static class FileAbsence
{
    public static void Check(FileInventory store, EmptiedOptions options, FilePromise promise)
    {
        if (!promise.Knows(store, mayBeStale: false))
            return;
        promise.Note(store.Store.Blindness);
        foreach (var refused in store.Listing!.Refused)
            promise.NotChecked($"{store.Store.Name}: {refused}");
        if (options.Landmark is { } landmark && !store.Listing.Files.Any(file => file.State == CopyState.Current && IsLandmark(file, landmark)))
            promise.NotChecked($"{store.Store.Name} does not hold the landmark that shows that it is the place. Mount it, or put the landmark there.");
        var files = store.Covered(new FileGlobs(options.Include, options.Exclude)).Where(file => options.Landmark is null || !IsLandmark(file, options.Landmark)).ToList();
        promise.Source = FileInventory.Measured(files);
        foreach (var file in files)
            promise.Tally.Add(KeepingFindings.KeptTooLong, file.State == CopyState.Current ? "still there" : "deleted or replaced, which can still be brought back", file);
    }

    private static bool IsLandmark(StoredFile file, string landmark) => string.Equals(file.Path, landmark.TrimStart('/'), StringComparison.Ordinal);
}

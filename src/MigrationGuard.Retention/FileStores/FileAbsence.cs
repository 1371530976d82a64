using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.FileStores;

/// <summary>Whether a store holds nothing any more, deleted files that can be brought back included.</summary>
/// <remarks>
/// A place that cannot be listed is unknown and not empty; a folder that is empty may be one where nothing is mounted; and where files lie
/// that Include was not written for, it may have been meant for them.
/// </remarks>
internal static class FileAbsence
{
    public static void Check(FileInventory store, EmptiedOptions options, FilePromise promise)
    {
        var globs = new FileGlobs(options.Include, options.Exclude);
        if (!promise.Knows(store, globs, mayBeStale: false))
            return;
        promise.Note(store.Store.Blindness);
        foreach (var refused in store.Listing!.Refused)
            promise.NotChecked($"{store.Store.Name}: {refused}");
        var landmark = new FileLandmark(options.Landmark);
        promise.NotChecked(landmark.Missed(store));
        var files = promise.Select(store, landmark.Without(store.Listing.Files), globs);
        promise.Source = FileInventory.Measured(files.Covered);
        foreach (var file in files.Covered)
            promise.Tally.Add(KeepingFindings.KeptTooLong, file.State == CopyState.Current ? "still there" : "deleted or replaced, which can still be brought back", file);
        NotCovered([.. files.LeftOut.Where(file => !globs.Exclude(file.Path))], globs, store.Store.Name, promise);
    }

    private static void NotCovered(List<StoredFile> files, FileGlobs globs, string store, FilePromise promise)
    {
        var below = files.Count(file => globs.IsBelowNamed(file.Path));
        var alike = files.Count(file => !globs.IsBelowNamed(file.Path) && globs.IsLikeIncluded(file.Path));
        promise.NotChecked(below == 0 ? null : $"{store}: {FileTally.Files(below)} {(below == 1 ? "lies" : "lie")} below the folder that Include names and {(below == 1 ? "is" : "are")} not covered by it. Write folder/**, in the spelling of the store, or name them under Exclude.");
        promise.NotChecked(alike == 0 ? null : $"{store}: {FileTally.Files(alike)} would be covered but for upper and lower case, or how accents are encoded. Write Include in the spelling of the store, or name them under Exclude.");
    }
}

using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.FileStores;

/// <summary>Whether files are kept for as long as was promised, and no longer.</summary>
/// <remarks>
/// What is there for too long a listing shows. What was deleted too early is in no listing; it takes an earlier one, whose files are
/// still to be there if their time has not passed. Everything is said as of the moment of the listing and not of the run.
/// </remarks>
internal sealed class FileRetention(FileInventory store, FileInventory? earlier, FileRetentionOptions options, FilePromise promise)
{
    private readonly FileGlobs _globs = new(options.Include, options.Exclude);
    private readonly FileLandmark _landmark = new(options.Landmark);
    private readonly KeepingPeriod _period = new(Days: options.Days, Years: options.Years);
    private readonly TimeSpan _tolerance = TimeSpan.FromMinutes(options.ToleranceMinutes);

    public void Check()
    {
        if (!promise.Knows(store, _globs, mayBeStale: false))
            return;
        promise.NotChecked(_landmark.Missed(store));
        var files = promise.Select(store, _landmark.Without(store.Listing!.Files), _globs).Covered;
        promise.Source = FileInventory.Measured(files);
        if (files.Count == 0)
        {
            promise.NotChecked(options.MayBeEmpty
                ? _landmark.MissedInEmpty(store, _globs)
                : $"{store.Store.Name} holds no file that the promise covers, and may be the wrong place. If that is right, set MayBeEmpty.");
        }
        promise.Note(store.Store.Blindness);
        foreach (var refused in store.Listing.Refused)
            promise.NotChecked($"{store.Store.Name}: {refused}");
        TooLong(files, store.Listing.AsOf);
        if (earlier is null)
            promise.Narrow("Only what is kept too long was looked for: without an Earlier listing nothing is known of files that were deleted too early.");
        else if (promise.Knows(earlier, _globs, mayBeStale: true))
            TooShort(files, FileSelection.Of(_landmark.Without(earlier.Listing!.Files.Where(file => file.State == CopyState.Current)), _globs).Covered, store.Listing.AsOf);
    }

    private void TooLong(IReadOnlyList<StoredFile> files, DateTimeOffset asOf)
    {
        var unknown = 0;
        foreach (var file in files)
        {
            if (file.Created is not { } created)
                unknown++;
            else if (created > asOf + _tolerance)
                promise.Tally.Add(FileFindings.CreatedDiffers, "made in the future according to the store, which nothing can be counted from", file);
            else if (asOf - _tolerance > _period.End(created))
                promise.Tally.Add(KeepingFindings.KeptTooLong, file.State == CopyState.Current ? $"made more than {_period} ago" : $"made more than {_period} ago, deleted or replaced, which can still be brought back", file);
        }
        promise.NotChecked(unknown == 0 ? null : $"When they were made is not known of {FileTally.Files(unknown)} in {store.Store.Name}. Say with Created what stands for it, or export it.");
    }

    private void TooShort(IReadOnlyList<StoredFile> files, IReadOnlyList<StoredFile> before, DateTimeOffset asOf)
    {
        promise.NotChecked(before.Count == 0 ? $"{earlier!.Store.Name} holds no file that the promise covers, so nothing shows whether any was deleted too early. Name as Earlier a store that lists them, or leave it out." : null);
        var current = files.Where(file => file.State == CopyState.Current).ToList();
        var gone = FilePairing.Of(before, current).Missing;
        // Moved within the store is still kept, where hashes say so; nothing is read for it.
        var contents = current.Where(file => file.Hash is not null && file.Length > 0).Select(file => (file.Length, file.Hash!.Value)).ToHashSet();
        var unknown = 0;
        foreach (var file in gone.Where(file => file.Hash is not { } hash || !contents.Contains((file.Length, hash))))
        {
            if (file.Created is not { } created)
                unknown++;
            else if (asOf + _tolerance < _period.End(created))
                promise.Tally.Add(KeepingFindings.KeptTooShort, $"gone before {_period} had passed", file);
        }
        promise.NotChecked(unknown == 0 ? null : $"{FileTally.Files(unknown)} of {earlier!.Store.Name} gone, and when they were made is not known. Say with Created what stands for it, or export it.");
    }
}

using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.FileStores;

/// <summary>Whether what was moved from one store has arrived in another.</summary>
/// <remarks>
/// Only what is there under its name is compared; versions and deleted files are a matter of retention. Of the moments, the one that
/// retention counts from is compared; the last write is not, as moving a file may change it.
/// </remarks>
internal sealed class FileComparison(FileInventory source, FileInventory target, FileComparisonOptions options, int concurrency, FilePromise promise)
{
    private readonly FileGlobs _globs = new(options.Include, options.Exclude);

    public async Task CompareAsync(CancellationToken cancellationToken)
    {
        var (hasSource, hasTarget) = (promise.Knows(source, _globs, mayBeStale: true), promise.Knows(target, _globs, mayBeStale: false));
        if (!hasSource || !hasTarget)
            return;
        var (left, right) = (Current(source), Current(target));
        (promise.Source, promise.Target) = (FileInventory.Measured(left), FileInventory.Measured(right));
        if (left.Count == 0 && (right.Count == 0 || options.ExtraAllowed))
            promise.NotChecked($"{source.Store.Name} holds no file that the comparison covers, so nothing was compared. Correct the store, Include or Exclude.");

        var paired = FilePairing.Of(left, right);
        var contents = new ContentComparison(source.Store, target.Store, concurrency);
        var renamed = await contents.RenamedAsync(paired.Missing, paired.Extra, cancellationToken);
        Missing(paired.Missing.Except(renamed.Select(pair => pair.Source)), target.Listing!.AsOf);
        Extra([.. paired.Extra.Except(renamed.Select(pair => pair.Target))]);
        Names([.. paired.Pairs, .. renamed]);
        Contents(paired.Pairs, await contents.CompareAsync(paired.Pairs, cancellationToken));
        Created([.. paired.Pairs, .. renamed]);
    }

    private IReadOnlyList<StoredFile> Current(FileInventory store) =>
        promise.Select(store, store.Listing!.Files.Where(file => file.State == CopyState.Current), _globs).Covered;

    private void Missing(IEnumerable<StoredFile> missing, DateTimeOffset asOf)
    {
        var past = 0;
        foreach (var file in missing)
        {
            // What had to be deleted by then was not to be moved; of what is of unknown age that cannot be said.
            if (options.WithinYears is { } years && file.Created is { } created && new KeepingPeriod(Years: years).End(created) < asOf)
                past++;
            else
                promise.Tally.Add(FindingKinds.MissingInTarget, "missing in the target", file);
        }
        promise.Note(past == 0 ? null : FormattableString.Invariant($"{FileTally.Files(past)} older than {options.WithinYears} years not in the target: such files were not to be moved."));
    }

    private void Extra(List<StoredFile> extra)
    {
        if (options.ExtraAllowed && extra.Count > 0)
            promise.Narrow($"{FileTally.Files(extra.Count)} that only the target has: allowed, and held against nothing.");
        foreach (var file in options.ExtraAllowed ? [] : extra)
            promise.Tally.Add(FindingKinds.ExtraInTarget, "that only the target has", file);
    }

    private void Names(List<FilePair> pairs)
    {
        foreach (var pair in pairs.Where(pair => pair.By != PairedBy.Path))
        {
            var (kind, phrase) = pair.By switch
            {
                PairedBy.Content => (FileFindings.Renamed, "with the same content under another name in the target"),
                PairedBy.Case => (FileFindings.NameCaseDiffers, "with a name in the target that differs by upper and lower case alone"),
                _ => (FileFindings.NameFormDiffers, "with a name in the target that looks the same and encodes accents in another way"),
            };
            promise.Tally.Add(kind, phrase, pair.Source, pair.Target);
        }
    }

    private void Contents(IReadOnlyList<FilePair> pairs, ContentVerdict[] verdicts)
    {
        foreach (var (pair, verdict) in pairs.Zip(verdicts))
        {
            if (verdict == ContentVerdict.BytesDiffer)
                promise.Tally.Add(FindingKinds.Changed, "with another length in the target", pair.Source, pair.Target, "bytes");
            else if (verdict == ContentVerdict.ContentDiffers)
                promise.Tally.Add(FindingKinds.Changed, "of the same length with another content in the target", pair.Source, pair.Target, "content");
        }
        var (notRead, noHash) = (verdicts.Count(verdict => verdict == ContentVerdict.NotRead), verdicts.Count(verdict => verdict == ContentVerdict.NoHash));
        promise.NotChecked(notRead == 0 ? null : $"{FileTally.Files(notRead)} could not be read, or not as listed: refused, gone, or written to meanwhile. Let this account read them, and run again when nobody writes.");
        promise.NotChecked(noHash == 0 ? null : $"{FileTally.Files(noHash)} can be compared by length alone: a content cannot be read from here, and no hash of one kind is known of both sides. Export hashes too.");
        var recorded = pairs.Count(pair => pair.Source.Length > 0 && (pair.Source.Hash is not null || pair.Target.Hash is not null));
        promise.Narrow(recorded == 0 ? null : $"{FileTally.Files(recorded)} compared by hashes that a store or a manifest has recorded, and not by reading both contents.");
    }

    private void Created(List<FilePair> pairs)
    {
        if (!options.CompareCreated)
        {
            promise.Narrow("When files were made was not compared, as CompareCreated is off.");
            return;
        }
        var unknown = 0;
        foreach (var pair in pairs)
        {
            if (pair.Source.Created is not { } made || pair.Target.Created is not { } kept)
                unknown++;
            else if ((made - kept).Duration() > TimeSpan.FromSeconds(options.CreatedToleranceSeconds))
                promise.Tally.Add(FileFindings.CreatedDiffers, "made at another moment according to the target, from which retention would be counted", pair.Source, pair.Target);
        }
        promise.NotChecked(unknown == 0 ? null : $"When they were made is not known on both sides of {FileTally.Files(unknown)}. Say with Created what stands for it, export it, or turn CompareCreated off.");
        promise.Narrow(options.CreatedToleranceSeconds == 0 || pairs.Count == unknown ? null : FormattableString.Invariant($"Moments of creation that differ by up to {options.CreatedToleranceSeconds} s are the same."));
    }
}

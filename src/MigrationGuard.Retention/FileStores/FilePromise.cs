using System.Globalization;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Retention.FileStores;

/// <summary>What looking at a promise about files came to, while it is put together.</summary>
/// <param name="name">The promise's name.</param>
/// <param name="subject">The store that it is of; of a comparison, the target.</param>
internal sealed class FilePromise(string name, string subject, string? promise, byte[] key) : KeptPromise
{
    private const string LinkNotFollowed = "link-not-followed";

    public FileTally Tally { get; } = new(key, FileVerification.CheckOf(name));

    public IReadOnlyDictionary<string, Scalar>? Source { get; set; }

    public IReadOnlyDictionary<string, Scalar>? Target { get; set; }

    /// <summary>Takes over what holds for a store; says whether it was listed and is of now.</summary>
    /// <param name="globs">What of it the promise is about.</param>
    /// <param name="mayBeStale">Whether what it lists may be of long ago.</param>
    public bool Knows(FileInventory store, FileGlobs globs, bool mayBeStale)
    {
        NotChecked(store.NotListed);
        if (store.Listing is not { } listing)
            return false;
        foreach (var sentence in listing.Narrowed)
            Narrow(sentence);
        NotFollowed(store.Store.Name, [.. listing.Links.Where(link => globs.MayCoverBelow(link.Path))]);
        if (listing.Stale is not null && !mayBeStale)
        {
            NotChecked(listing.Stale);
            return false;
        }
        return true;
    }

    /// <summary>What the promise is about of a store's files; how many it is not about is noted.</summary>
    public FileSelection Select(FileInventory store, IEnumerable<StoredFile> files, FileGlobs globs)
    {
        var selection = FileSelection.Of(files, globs);
        Note(selection.LeftOut.Count == 0 ? null : $"{store.Store.Name}: {FileTally.Files(selection.LeftOut.Count)} left out by Include and Exclude.");
        return selection;
    }

    /// <summary>The result, and the files that break the promise.</summary>
    public FileOutcome Outcome() => new(
        Result(FileVerification.Comparison, subject, FileVerification.CheckOf(name), Tally.Findings) with { Source = Source, Target = Target, Proves = promise },
        Tally.Revealed);

    private void NotFollowed(string store, List<UnfollowedLink> links)
    {
        foreach (var link in links)
            Tally.Reveal(LinkNotFollowed, link.Name);
        NotChecked(links.Count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{store}: what lies behind {links.Count:N0} {(links.Count == 1 ? "link to a folder" : "links to folders")} is not listed, as links are not followed. Make a store of each folder that they lead to, and name the links under Exclude as folder/**."));
    }
}

/// <summary>A promise's result, and the files that its findings are about.</summary>
internal sealed record FileOutcome(CheckResult Result, IReadOnlyList<RevealedFile> Revealed);

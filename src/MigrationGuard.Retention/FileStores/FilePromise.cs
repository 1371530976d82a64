using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Retention.FileStores;

/// <summary>What looking at a promise about files came to, while it is put together.</summary>
/// <param name="name">The promise's name.</param>
/// <param name="subject">The store that it is of; of a comparison, the target.</param>
internal sealed class FilePromise(string name, string subject, string? promise, byte[] key) : KeptPromise
{
    public FileTally Tally { get; } = new(key, FileVerification.CheckOf(name));

    public IReadOnlyDictionary<string, Scalar>? Source { get; set; }

    public IReadOnlyDictionary<string, Scalar>? Target { get; set; }

    /// <summary>Takes over what holds for a store; says whether it was listed and is of now.</summary>
    /// <param name="mayBeStale">Whether what it lists may be of long ago.</param>
    public bool Knows(FileInventory store, bool mayBeStale)
    {
        NotChecked(store.NotListed);
        if (store.Listing is not { } listing)
            return false;
        Narrow(listing.Narrowed);
        if (listing.Stale is not null && !mayBeStale)
        {
            NotChecked(listing.Stale);
            return false;
        }
        return true;
    }

    /// <summary>The result, and the files that break the promise.</summary>
    public FileOutcome Outcome() => new(
        Result(FileVerification.Comparison, subject, FileVerification.CheckOf(name), Tally.Findings) with { Source = Source, Target = Target, Proves = promise },
        Tally.Revealed);
}

/// <summary>A promise's result, and the files that its findings are about.</summary>
internal sealed record FileOutcome(CheckResult Result, IReadOnlyList<RevealedFile> Revealed);

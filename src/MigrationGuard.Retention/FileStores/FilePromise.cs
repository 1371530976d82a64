using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Retention.FileStores;

/// <summary>What looking at a promise about files came to, while it is put together.</summary>
/// <param name="name">The promise's name.</param>
/// <param name="subject">The store that it is of; of a comparison, the target.</param>
internal sealed class FilePromise(string name, string subject, string? promise, byte[] key)
{
    private readonly List<string> _notChecked = [];
    private readonly List<string> _notes = [];
    private readonly List<string> _narrowed = [];

    public FileTally Tally { get; } = new(key, FileVerification.CheckOf(name));

    public IReadOnlyDictionary<string, Scalar>? Source { get; set; }

    public IReadOnlyDictionary<string, Scalar>? Target { get; set; }

    /// <summary>Why the promise cannot be said to be kept, though nothing may break it.</summary>
    public void NotChecked(string? reason) => Add(_notChecked, reason);

    /// <summary>A remark that changes no outcome.</summary>
    public void Note(string? note) => Add(_notes, note);

    /// <summary>What was given up to be able to look at all.</summary>
    public void Narrow(string? sentence) => Add(_narrowed, sentence);

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

    /// <summary>A file that breaks the promise is a mismatch, whatever else could not be looked at; nothing is a match that was not.</summary>
    public FileOutcome Outcome()
    {
        var findings = Tally.Findings;
        CheckOutcome outcome = findings.Count > 0 ? new CheckOutcome.Mismatch(findings)
            : _notChecked.Count > 0 ? new CheckOutcome.NotChecked(string.Join(" ", _notChecked))
            : new CheckOutcome.Match();
        return new FileOutcome(
            new CheckResult
            {
                Comparison = FileVerification.Comparison,
                Entity = subject,
                Check = FileVerification.CheckOf(name),
                Outcome = outcome,
                Source = Source,
                Target = Target,
                Narrowed = _narrowed,
                Notes = findings.Count > 0 ? [.. _notes, .. _notChecked.Select(reason => "Not all was looked at: " + reason)] : _notes,
                Proves = promise,
            },
            Tally.Revealed);
    }

    private static void Add(List<string> sentences, string? sentence)
    {
        if (sentence is not null && !sentences.Contains(sentence))
            sentences.Add(sentence);
    }
}

/// <summary>A promise's result, and the files that its findings are about.</summary>
internal sealed record FileOutcome(CheckResult Result, IReadOnlyList<RevealedFile> Revealed);

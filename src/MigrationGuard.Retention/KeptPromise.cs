using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Retention;

/// <summary>What looking at a promise about what is kept came to, while it is put together.</summary>
internal abstract class KeptPromise
{
    private readonly List<string> _notChecked = [];
    private readonly List<string> _notes = [];
    private readonly List<string> _narrowed = [];

    /// <summary>Why the promise cannot be said to be kept, though nothing may break it.</summary>
    public void NotChecked(string? reason) => Add(_notChecked, reason);

    /// <summary>A remark that changes no outcome.</summary>
    public void Note(string? note) => Add(_notes, note);

    /// <summary>What was given up to be able to look at all.</summary>
    public void Narrow(string? sentence) => Add(_narrowed, sentence);

    /// <summary>What breaks the promise is a mismatch, whatever else could not be looked at; nothing is a match that was not.</summary>
    protected CheckResult Result(string comparison, string? entity, string check, IReadOnlyList<Finding> findings) => new()
    {
        Comparison = comparison,
        Entity = entity,
        Check = check,
        Outcome = findings.Count > 0 ? new CheckOutcome.Mismatch(findings)
            : _notChecked.Count > 0 ? new CheckOutcome.NotChecked(string.Join(" ", _notChecked))
            : new CheckOutcome.Match(),
        Narrowed = _narrowed,
        Notes = findings.Count > 0 ? [.. _notes, .. _notChecked.Select(reason => "Not all was looked at: " + reason)] : _notes,
    };

    private static void Add(List<string> sentences, string? sentence)
    {
        if (sentence is not null && !sentences.Contains(sentence))
            sentences.Add(sentence);
    }
}

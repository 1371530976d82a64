using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Retention.Records;

/// <summary>What looking at records of one code came to, while it is put together.</summary>
/// <param name="check">The check's name, by which a commitment asks for it.</param>
/// <param name="entity">The entity's name; null where no entity covers the code.</param>
/// <param name="promise">The promise in words.</param>
internal sealed class RecordPromise(string check, string? entity, string promise)
{
    private readonly List<Finding> _findings = [];
    private readonly List<string> _notChecked = [];
    private readonly List<string> _notes = [];
    private readonly List<string> _narrowed = [];

    /// <summary>What was measured of the records that the promise is about.</summary>
    public Dictionary<string, Scalar> Measured { get; } = [];

    /// <summary>Whether what was measured is of the frozen copy, and not of the live database.</summary>
    public bool IsOfFrozen { get; init; }

    /// <summary>A digest of which records were looked at, and how exactly; null where none were.</summary>
    public string? Extent { get; init; }

    /// <summary>The statement that read the frozen copy.</summary>
    public string? SourceSql { get; set; }

    /// <summary>The statement that read the live database.</summary>
    public string? TargetSql { get; set; }

    /// <summary>Adds a finding of records, unless there are none.</summary>
    public void Find(string kind, long count, string detail)
    {
        if (count > 0)
            _findings.Add(new Finding(kind, Count: count, Detail: detail));
    }

    /// <summary>Why the promise cannot be said to be kept, though nothing may break it.</summary>
    public void NotChecked(string? reason) => Add(_notChecked, reason);

    /// <summary>A remark that changes no outcome.</summary>
    public void Note(string? note) => Add(_notes, note);

    /// <summary>What was given up to be able to look at all.</summary>
    public void Narrow(string? sentence) => Add(_narrowed, sentence);

    /// <summary>Records that break the promise are a mismatch, whatever else could not be looked at; nothing is a match that was not.</summary>
    public CheckResult Result(double seconds)
    {
        CheckOutcome outcome = _findings.Count > 0 ? new CheckOutcome.Mismatch(_findings)
            : _notChecked.Count > 0 ? new CheckOutcome.NotChecked(string.Join(" ", _notChecked))
            : new CheckOutcome.Match();
        return new CheckResult
        {
            Comparison = RecordVerification.Comparison,
            Entity = entity,
            Check = check,
            Outcome = outcome,
            Source = IsOfFrozen && Measured.Count > 0 ? Measured : null,
            Target = !IsOfFrozen && Measured.Count > 0 ? Measured : null,
            Extent = Extent,
            Narrowed = _narrowed,
            Notes = _findings.Count > 0 ? [.. _notes, .. _notChecked.Select(reason => "Not all was looked at: " + reason)] : _notes,
            Proves = promise,
            SourceSql = SourceSql,
            TargetSql = TargetSql,
            Seconds = seconds,
        };
    }

    private static void Add(List<string> sentences, string? sentence)
    {
        if (sentence is not null && !sentences.Contains(sentence))
            sentences.Add(sentence);
    }
}

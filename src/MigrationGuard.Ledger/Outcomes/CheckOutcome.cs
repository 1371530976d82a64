namespace MigrationGuard.Ledger.Outcomes;

/// <summary>What a check came to. Closed: "could not check" is one of the four, and never a pass.</summary>
public abstract record CheckOutcome
{
    private CheckOutcome() { }

    /// <summary>Both sides were read and are the same.</summary>
    public sealed record Match : CheckOutcome;

    /// <summary>Both sides were read and differ.</summary>
    /// <param name="Findings">What differs; never empty.</param>
    public sealed record Mismatch(IReadOnlyList<Finding> Findings) : CheckOutcome;

    /// <summary>Both sides differ, in nothing but what approved, unexpired expected differences allow.</summary>
    /// <param name="Findings">What differs; never empty.</param>
    /// <param name="Because">The approvers and their reasons.</param>
    public sealed record Accepted(IReadOnlyList<Finding> Findings, string Because) : CheckOutcome;

    /// <summary>At least one side could not be read, or the two could not be compared.</summary>
    /// <param name="Reason">What stood in the way and what to do about it.</param>
    public sealed record NotChecked(string Reason) : CheckOutcome;

    /// <summary>The outcome's name in the JSON contract.</summary>
    public string Name => this switch
    {
        Match => "match",
        Mismatch => "mismatch",
        Accepted => "accepted",
        NotChecked => "not-checked",
        _ => throw new InvalidOperationException("An outcome that does not exist."),
    };

    /// <summary>The differences found; empty unless there are any.</summary>
    public IReadOnlyList<Finding> AllFindings => this switch
    {
        Mismatch m => m.Findings,
        Accepted a => a.Findings,
        _ => [],
    };
}

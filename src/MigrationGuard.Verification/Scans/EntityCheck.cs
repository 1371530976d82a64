using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Verification.Scans;

/// <summary>A check of one entity: it says what it needs of a scan, and judges what the two scans brought.</summary>
/// <remarks>
/// A check never reads by itself. What all checks of a table need is asked for in one statement a side, so that they agree
/// with each other and cost one scan; a check alone is a scan with one request.
/// </remarks>
public abstract class EntityCheck
{
    /// <summary>The check's name in the contract.</summary>
    public abstract string Name { get; }

    /// <summary>The columns broken down by; null for other checks.</summary>
    public virtual IReadOnlyList<string>? By => null;

    /// <summary>Why this check cannot be made as configured; null when it can.</summary>
    public virtual string? Impossible => null;

    /// <summary>Adds what this check needs to both sides' scans.</summary>
    public abstract void Ask(ScanRequest request);

    /// <summary>What the source and the target come to.</summary>
    public abstract Judgement Judge(TableScan source, TableScan target);

    /// <summary>What it comes to when a side could not be read.</summary>
    /// <param name="reason">Why, with the remedy.</param>
    public virtual Judgement JudgeUnread(string reason) => Judgement.NotChecked(reason);

    /// <summary>What this check measured on one side, for the result.</summary>
    public abstract IReadOnlyDictionary<string, Scalar> Measured(TableScan scan);
}

/// <summary>What a check came to, with what goes beside the outcome.</summary>
public sealed record Judgement(CheckOutcome Outcome)
{
    public IReadOnlyList<string> Narrowed { get; init; } = [];

    public IReadOnlyList<GroupCount>? Breakdown { get; init; }

    /// <summary>Remarks that change no outcome.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>A match without findings, else a mismatch.</summary>
    public static Judgement Of(IReadOnlyList<Finding> findings) =>
        new(findings.Count == 0 ? new CheckOutcome.Match() : new CheckOutcome.Mismatch(findings));

    public static Judgement NotChecked(string reason) => new(new CheckOutcome.NotChecked(reason));
}

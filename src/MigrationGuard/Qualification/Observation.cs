using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Qualification;

/// <summary>What a verification says of a table: which checks are mismatches, and what the fingerprint's findings are.</summary>
internal sealed record Observation(IReadOnlyList<string> Checks, IReadOnlyList<ObservedFinding> Findings)
{
    /// <summary>What a run's results of one entity say.</summary>
    public static Observation Of(IReadOnlyList<CheckResult> results) => new(
        [.. results.Where(result => result.Outcome is CheckOutcome.Mismatch).Select(result => result.Check)],
        [
            .. results.Where(result => result.Check == CheckNames.Fingerprint)
                .SelectMany(result => result.Outcome.AllFindings)
                .Select(finding => new ObservedFinding(finding.Kind, finding.Amount ?? 0, finding.Columns ?? [])),
        ]);

    /// <summary>Whether both say the same, in whatever order.</summary>
    public bool IsSameAs(Observation other) =>
        Checks.Order(StringComparer.Ordinal).SequenceEqual(other.Checks.Order(StringComparer.Ordinal)) && Spelt(this).SequenceEqual(Spelt(other));

    private static IEnumerable<string> Spelt(Observation observation) => observation.Findings.Select(finding => finding.ToString()).Order(StringComparer.Ordinal);
}

/// <summary>One finding of a fingerprint.</summary>
/// <param name="Kind">One of <see cref="FindingKinds"/>.</param>
/// <param name="Count">Rows concerned; of keys that occur more than once, keys of both sides.</param>
/// <param name="Columns">Columns that differ; none for rows of one side.</param>
internal sealed record ObservedFinding(string Kind, long Count, IReadOnlyList<string> Columns)
{
    public override string ToString() =>
        FormattableString.Invariant($"{Kind} {Count}") + (Columns.Count == 0 ? "" : " in " + string.Join(", ", Columns.Order(StringComparer.Ordinal)));
}

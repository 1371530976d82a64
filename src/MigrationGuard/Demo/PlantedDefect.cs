using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Demo;

/// <summary>One finding that the demo's verification must come to, because the demo planted its cause.</summary>
/// <param name="Entity">The entity's name in the demo's comparison.</param>
/// <param name="Check">One of <see cref="CheckNames"/>.</param>
/// <param name="By">The columns broken down by; null for other checks.</param>
/// <param name="Kind">One of <see cref="FindingKinds"/>.</param>
/// <param name="ExpectedCount">Rows concerned; null where the finding counts none.</param>
/// <param name="Story">What was done to the data, for a reader; the same for all findings of one cause.</param>
public sealed record PlantedDefect(string Entity, string Check, IReadOnlyList<string>? By, string Kind, long? ExpectedCount, string Story)
{
    /// <summary>The values of the group concerned, in the order of <see cref="By"/>; null where no group is.</summary>
    public IReadOnlyList<Scalar>? Group { get; init; }

    /// <summary>The columns the finding names; null where it names none.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Whether an approved expected difference covers it, so that it must be accepted and not a mismatch.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>Whether a result's finding is this one, in every respect that was planted.</summary>
    public bool Is(CheckResult result, Finding finding) =>
        result.Comparison == DemoConfiguration.ComparisonName
        && result.Entity == Entity
        && result.Check == Check
        && Same(result.By, By)
        && result.Outcome is CheckOutcome.Accepted == IsAccepted
        && finding.Kind == Kind
        && finding.Count == ExpectedCount
        && Same(finding.Group, Group)
        && Same(finding.Columns, Columns);

    private static bool Same<T>(IReadOnlyList<T>? found, IReadOnlyList<T>? planted) => (found ?? []).SequenceEqual(planted ?? []);
}

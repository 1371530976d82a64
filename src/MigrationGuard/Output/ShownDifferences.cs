using System.Globalization;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Output;

/// <summary>Rows that differ, and whether their values are to be seen: what every format of <c>diff</c> is made of.</summary>
internal sealed record ShownDifferences(string Comparison, string Entity, RowsListed Rows, bool IsRevealed)
{
    /// <summary>Stands for a value that is not shown, NULL included.</summary>
    /// <remarks>Whether a case has a note at all may say as much of a person as the note.</remarks>
    public const string Masked = "•••";

    /// <summary>A source's value as it may be seen; null for NULL, and where the source has no such row.</summary>
    public string? Source(DifferingRow row, DifferingValue value) => HasSource(row) ? Seen(value.Source) : null;

    /// <summary>A target's value as it may be seen; null for NULL, and where the target has no such row.</summary>
    public string? Target(DifferingRow row, DifferingValue value) => HasTarget(row) ? Seen(value.Target) : null;

    public static bool HasSource(DifferingRow row) => row.Kind != FindingKinds.ExtraInTarget;

    public static bool HasTarget(DifferingRow row) => row.Kind != FindingKinds.MissingInTarget;

    /// <summary>What is left out and how it could be seen, a sentence each; none when every row that differs is here.</summary>
    public IEnumerable<string> LeftOut()
    {
        if (Rows.IsCut)
            yield return string.Create(CultureInfo.InvariantCulture, $"More rows differ than the {Rows.Rows.Count} shown: raise --limit to see more.");
        if (Rows.NotLookedAt > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{Rows.NotLookedAt} further rows of both sides lie where the sides differ and were not looked at one by one, as there are too many to hold; --limit does not change that. To see them, limit the entity by SourceFilter and TargetFilter.");
        }
    }

    private string? Seen(string? value) => IsRevealed ? value : Masked;
}

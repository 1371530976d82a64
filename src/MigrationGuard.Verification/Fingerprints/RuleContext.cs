using MigrationGuard.Databases;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>What a column pair's rule depends on beside the columns.</summary>
/// <param name="SourceZone">The zone of the source's readings that do not say theirs.</param>
/// <param name="TargetZone">The zone of the target's.</param>
public sealed record RuleContext(Provider Source, TimeZoneInfo SourceZone, Provider Target, TimeZoneInfo TargetZone)
{
    /// <summary>How the copy brought dates and times to a coarser step.</summary>
    public Rounding Rounding { get; init; } = Rounding.Nearest;

    internal Provider On(Side side) => side == Side.Source ? Source : Target;

    internal TimeZoneInfo ZoneOf(Side side) => side == Side.Source ? SourceZone : TargetZone;

    internal bool IsSqlite(Side side) => On(side) == Provider.Sqlite;

    /// <summary>Whether a clock of the one side reads as one of the other.</summary>
    internal bool SharesZone => SourceZone.HasSameRules(TargetZone);
}

/// <summary>How a date or time loses what a coarser type cannot hold.</summary>
/// <remarks>
/// Casts in SQL Server and PostgreSQL round; most client programs cut. One copy does one of them throughout, so a rule that
/// depends on it (<see cref="ColumnRule.Comparable.DependsOnRounding"/>) can be tried both ways, where accepting either for each
/// value would hide a change of one step.
/// </remarks>
public enum Rounding
{
    /// <summary>To the nearest step, halves up: what the engines' own casts do.</summary>
    Nearest,

    /// <summary>To the step before.</summary>
    Cut,
}

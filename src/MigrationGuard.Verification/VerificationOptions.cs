using System.ComponentModel;

namespace MigrationGuard.Verification;

/// <summary>Limits that hold for every run.</summary>
public sealed class VerificationOptions
{
    [Description("Hours after which a run stops and records what is left as not-checked.")]
    public double DeadlineHours { get; set; } = 24;

    [Description("The most groups a breakdown may have; one with more is not-checked.")]
    public int MaxGroups { get; set; } = 1000;

    [Description("The most rows a query pair may return on a side; one with more is not-checked.")]
    public int MaxQueryRows { get; set; } = 10_000;

    [Description("The most findings listed for a query pair, for a breakdown or for an entity's changed rows; the rest is counted.")]
    public int MaxFindings { get; set; } = 1000;

    [Description("Seconds to wait before rows that differ are looked at again, so that rows in flight are no difference.")]
    public double SettleSeconds { get; set; } = 5;

    [Description("Seconds that reading one segment of a table should take.")]
    public double SegmentSeconds { get; set; } = 0.5;
}

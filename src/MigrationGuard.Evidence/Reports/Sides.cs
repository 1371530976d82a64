using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Evidence.Reports;

/// <summary>What a run's two sides are called, for a reader.</summary>
internal static class Sides
{
    /// <param name="kind">What the run looked at, one of <see cref="RunKinds"/>; null where it compared databases.</param>
    /// <param name="side"><c>source</c> or <c>target</c>, as runs record it.</param>
    public static string Of(string? kind, string side) => (kind, side) switch
    {
        (RunKinds.Records, "source") => "frozen copy",
        (RunKinds.Records, "target") => "live database",
        _ => side,
    };
}

using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Tests.Verification;

/// <summary>What tests say of a result.</summary>
internal static class OutcomeAssertions
{
    public static void ShouldMatch(this CheckResult result) =>
        result.Outcome.ShouldBeOfType<CheckOutcome.Match>(Said(result));

    /// <summary>A mismatch; returns its findings.</summary>
    public static IReadOnlyList<Finding> ShouldMismatch(this CheckResult result) =>
        result.Outcome.ShouldBeOfType<CheckOutcome.Mismatch>(Said(result)).Findings;

    /// <summary>Not checked; returns the reason.</summary>
    public static string ShouldNotBeChecked(this CheckResult result) =>
        result.Outcome.ShouldBeOfType<CheckOutcome.NotChecked>(Said(result)).Reason;

    private static string Said(CheckResult result) =>
        $"{result.Check} was {result.Outcome.Name}: {string.Join("; ", result.Outcome.AllFindings)}{(result.Outcome as CheckOutcome.NotChecked)?.Reason}";
}

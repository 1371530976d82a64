using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Tests.Ledger;

/// <summary>The rules of the verdict.</summary>
public sealed class VerdictTests
{
    private static readonly Finding Finding = new(FindingKinds.MissingInTarget, 3);
    private static readonly CheckResult Match = TestLedger.Result("account");
    private static readonly CheckResult Mismatch = TestLedger.Result("contact", new CheckOutcome.Mismatch([Finding]));
    private static readonly CheckResult Accepted = TestLedger.Result("team", new CheckOutcome.Accepted([Finding], "head of IT: known"));
    private static readonly CheckResult NotChecked = TestLedger.Result("case", new CheckOutcome.NotChecked("The table is missing."));

    [Fact]
    public void Everything_the_same_or_accepted_in_full_scope_is_GO() =>
        Verdicts.Of([Match, Accepted], Scope.Full, 0).ShouldBe(Verdict.Go);

    [Fact]
    public void One_mismatch_is_NO_GO() => Verdicts.Of([Match, Mismatch], Scope.Full, 0).ShouldBe(Verdict.NoGo);

    [Fact]
    public void A_mismatch_is_NO_GO_whatever_else_was_not_looked_at() =>
        Verdicts.Of([NotChecked, Mismatch], Scope.Partial, 3, interrupted: true).ShouldBe(Verdict.NoGo);

    [Fact]
    public void A_partial_run_is_never_GO() => Verdicts.Of([Match], Scope.Partial, 0).ShouldBe(Verdict.Incomplete);

    [Fact]
    public void An_uncovered_table_is_never_GO() => Verdicts.Of([Match], Scope.Full, 1).ShouldBe(Verdict.Incomplete);

    [Fact]
    public void Nothing_checked_is_INCOMPLETE() => Verdicts.Of([], Scope.Full, 0).ShouldBe(Verdict.Incomplete);

    [Fact]
    public void One_thing_not_checked_is_INCOMPLETE() => Verdicts.Of([Match, NotChecked], Scope.Full, 0).ShouldBe(Verdict.Incomplete);

    [Fact]
    public void An_interrupted_run_is_never_GO() => Verdicts.Of([Match], Scope.Full, 0, interrupted: true).ShouldBe(Verdict.Incomplete);
}

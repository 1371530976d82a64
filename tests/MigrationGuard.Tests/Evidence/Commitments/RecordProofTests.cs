using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Ledger.Attestations;
using MigrationGuard.Ledger.Runs;
using static MigrationGuard.Tests.Evidence.Commitments.Standings;

namespace MigrationGuard.Tests.Evidence.Commitments;

public sealed class RecordProofTests
{
    private static readonly EvidenceContent Empty = SampleEvidence.Empty;

    [Fact]
    public void The_verdict_is_kept_by_the_newest_run_of_full_scope_that_is_GO()
    {
        Verdict(Go("a", 10)).ShouldBe(Standing.Kept);
        Verdict(NoGo("a", 20), Go("b", 10)).ShouldBe(Standing.Kept);
        // Twins.
        Verdict().ShouldBe(Standing.Unproven);
        Verdict(NoGo("a", 10)).ShouldBe(Standing.Breached);
        Verdict(Go("a", 20), NoGo("b", 10)).ShouldBe(Standing.Breached);
        Verdict(Go("a", 20), Partial(NoGo("b", 10))).ShouldBe(Standing.Breached);
        Verdict(Partial(Go("a", 10))).ShouldBe(Standing.Unproven);
        Verdict(Go("a", 20), SampleEvidence.Run("b", DaysAgo(10), NotChecked)).ShouldBe(Standing.Unproven);
        Verdict(Go("a", 10) with { Uncovered = [new TableRemark("crm", "dbo.new_letterBase")] }).ShouldBe(Standing.Unproven);
        Verdict(Go("a", 10) with { Interrupted = "Ctrl-C" }).ShouldBe(Standing.Unproven);
        Verdict(Go("a", 10) with { Finished = null }).ShouldBe(Standing.Unproven);
        Verdict(SampleEvidence.Run("a", DaysAgo(10)) with { Verdict = MigrationGuard.Ledger.Runs.Verdict.Go }).ShouldBe(Standing.Unproven);
        Verdict(NoGo("a", 10) with { Verdict = MigrationGuard.Ledger.Runs.Verdict.Go }).ShouldBe(Standing.Breached);
        (Empty with { Runs = [Go("a", 10)] }).Within(9, "verdict").Standing.ShouldBe(Standing.Unproven);
    }

    [Fact]
    public void A_qualification_is_kept_when_all_that_was_planted_was_found()
    {
        Qualified(Record).ShouldBe(Standing.Kept);
        // Twins.
        Qualified(null).ShouldBe(Standing.Unproven);
        Qualified(Record with { Found = 23 }).ShouldBe(Standing.Breached);
        Qualified(Record with { Passed = false }).ShouldBe(Standing.Breached);
        Qualified(Record with { Planted = 0, Found = 0 }).ShouldBe(Standing.Unproven);
        Qualified(Record with { Finished = DaysAgo(400) }).ShouldBe(Standing.Unproven);
        Qualified(Record with { Tool = "migrationguard 0.0.9" }).ShouldBe(Standing.Unproven);
    }

    [Fact]
    public void The_chain_is_kept_while_it_is_whole()
    {
        Empty.By("chain").Standing.ShouldBe(Standing.Kept);
        // Twins.
        (Empty with { Chain = Empty.Chain with { Intact = false } }).By("chain").Standing.ShouldBe(Standing.Breached);
        (Empty with { Chain = Empty.Chain with { Problems = ["Entry 7 does not follow from entry 6."] } }).By("chain").Because.ShouldHaveSingleItem().ShouldContain("Entry 7");
    }

    [Fact]
    public void An_attestation_is_kept_by_the_newest_statement_that_stands()
    {
        Attested(Stated("a", AttestedOutcome.Passed, 10)).ShouldBe(Standing.Kept);
        Attested(Stated("a", AttestedOutcome.Failed, 10), Stated("b", AttestedOutcome.Passed, 9)).ShouldBe(Standing.Kept);
        // Twins.
        Attested().ShouldBe(Standing.Unproven);
        Attested(Stated("a", AttestedOutcome.Failed, 10)).ShouldBe(Standing.Breached);
        Attested(Stated("a", AttestedOutcome.Passed, 10), Stated("b", AttestedOutcome.Failed, 9)).ShouldBe(Standing.Breached);
        Attested(Stated("a", AttestedOutcome.Passed, 10) with { CorrectedBy = "b" }).ShouldBe(Standing.Unproven);
        Attested(Stated("a", AttestedOutcome.Passed, 10) with { CorrectedBy = "b" }, Stated("b", AttestedOutcome.Failed, 10)).ShouldBe(Standing.Breached);
        Attested(Stated("a", AttestedOutcome.Passed, 31)).ShouldBe(Standing.Unproven);
        Attested(Stated("a", AttestedOutcome.Passed, -1)).ShouldBe(Standing.Unproven);
        Attested(SampleEvidence.Stated("a", AttestationKinds.SmokeTest, AttestedOutcome.Passed, DaysAgo(10))).ShouldBe(Standing.Unproven);
    }

    [Fact]
    public void A_statement_that_was_erased_is_unproven_and_lets_no_older_one_speak_for_it()
    {
        var erased = Stated("b", AttestedOutcome.Passed, 9);
        erased = erased with { Attestation = erased.Attestation with { Statement = "" } };

        Attested(Stated("a", AttestedOutcome.Passed, 10), erased).ShouldBe(Standing.Unproven);
    }

    [Fact]
    public void A_statement_that_was_erased_lets_nothing_older_speak_of_any_asset()
    {
        var erased = Stated("b", AttestedOutcome.Failed, 9) with { Seq = 900 };
        erased = erased with { Attestation = erased.Attestation with { Statement = "" } };

        Attested(Stated("a", AttestedOutcome.Passed, 10, "old-casework") with { Seq = 800 }, erased).ShouldBe(Standing.Unproven);
        Attested(Stated("a", AttestedOutcome.Passed, 8, "old-casework") with { Seq = 950 }, erased).ShouldBe(Standing.Unproven);
    }

    [Fact]
    public void A_correction_by_a_statement_of_something_else_brings_nothing_older_back()
    {
        var failed = Stated("b", AttestedOutcome.Failed, 9) with { CorrectedBy = "c" };
        var note = SampleEvidence.Stated("c", "note", AttestedOutcome.Passed, DaysAgo(8));
        var elsewhere = Stated("c", AttestedOutcome.Passed, 8, "old-casework");

        Attested(Stated("a", AttestedOutcome.Passed, 10), failed, note).ShouldBe(Standing.Unproven);
        Attested(Stated("a", AttestedOutcome.Passed, 10), failed, elsewhere).ShouldBe(Standing.Unproven);
        // The twin: a correction of the same kind about the same thing is what counts.
        Attested(Stated("a", AttestedOutcome.Passed, 10), failed, Stated("c", AttestedOutcome.Passed, 8)).ShouldBe(Standing.Kept);
    }

    [Fact]
    public void Nothing_is_kept_by_a_ledger_that_does_not_hold()
    {
        var broken = Empty.Chain with { Intact = false, Problems = ["Entry 7: The payload or its salt was changed."] };
        (Empty with { Runs = [Go("a", 10)], Chain = broken }).By("verdict").Standing.ShouldBe(Standing.Unproven);
        (Empty with { Runs = [Go("a", 10)], Chain = broken }).By("check:record-count").Standing.ShouldBe(Standing.Unproven);
        (Empty with { Duties = [Review(1, 8, 9)], Chain = broken }).By("duty:deletion-review").Standing.ShouldBe(Standing.Unproven);
        (Empty with { Runs = [Go("a", 10)] }).By("verdict").Standing.ShouldBe(Standing.Kept);
    }

    [Fact]
    public void What_has_been_erased_proves_nothing()
    {
        (Empty with { Runs = [Go("a", 10)], UnprovenRuns = new HashSet<string> { "a" } }).By("verdict", "check:record-count").Standing.ShouldBe(Standing.Unproven);
        (Empty with { Runs = [Go("a", 10)], UnprovenRuns = new HashSet<string> { "b" } }).By("verdict", "check:record-count").Standing.ShouldBe(Standing.Kept);
        (Empty with { Duties = [Review(1, 8, 9)], UnprovenSubjects = new HashSet<string> { Review(1, 8, 9).Id } }).By("duty:deletion-review").Standing.ShouldBe(Standing.Unproven);
    }

    [Fact]
    public void A_day_that_was_given_up_after_it_had_passed_was_missed()
    {
        var moved = Review(1, 8, 9) with { MissedOn = new DateOnly(2026, 6, 1) };
        Duty(moved).ShouldBe(Standing.Breached);
        Duty(Review(1, -80, null) with { MissedOn = new DateOnly(2026, 6, 1) }).ShouldBe(Standing.Breached);
    }

    [Fact]
    public void A_statement_about_one_asset_says_nothing_of_another() =>
        Attested(Stated("a", AttestedOutcome.Failed, 10, "old-casework"), Stated("b", AttestedOutcome.Passed, 9, "old-registration")).ShouldBe(Standing.Breached);

    [Fact]
    public void A_duty_is_kept_while_every_time_was_decided_when_due()
    {
        Duty(Review(1, 100, 101), Review(2, 8, 9), Review(3, -80, null)).ShouldBe(Standing.Kept);
        // Twins.
        Duty().ShouldBe(Standing.Unproven);
        Duty(Review(1, -80, null)).ShouldBe(Standing.Unproven);
        Duty(Review(1, 100, 101), Review(2, 8, null)).ShouldBe(Standing.Breached);
        Duty(Review(1, 100, 90), Review(2, 8, 9)).ShouldBe(Standing.Breached);
        Duty(Review(1, 8, 9) with { Outcome = "withdrawn" }).ShouldBe(Standing.Unproven);
        Duty(Review(1, 8, 9) with { Outcome = null }).ShouldBe(Standing.Unproven);
        Duty(Review(1, 100, 101)).ShouldBe(Standing.Unproven);
        Duty(Review(1, 8, 9), Review(1, 8, null, "casework-old-server")).ShouldBe(Standing.Breached);
        Duty(Review(1, 8, 9), Review(1, 100, 101, "casework-old-server")).ShouldBe(Standing.Unproven);
        Duty(Review(1, 8, 9) with { Duty = "restore-test" }).ShouldBe(Standing.Unproven);
    }

    [Fact]
    public void A_duty_of_one_subject_is_asked_for_by_its_name()
    {
        var content = Empty with { Duties = [Review(1, 8, 9), Review(1, 8, null, "casework-old-server")] };

        content.By("duty:deletion-review@registration-old-server").Standing.ShouldBe(Standing.Kept);
        content.By("duty:deletion-review@casework-old-server").Standing.ShouldBe(Standing.Breached);
        content.By("duty:deletion-review@other").Standing.ShouldBe(Standing.Unproven);
    }

    [Theory]
    [InlineData("asset:registration-old-server")]
    [InlineData("asset:DPIA recommendation 3")]
    public void An_asset_is_unproven_even_when_it_was_closed_by_hand(string proof)
    {
        (Empty with { Assets = [SampleEvidence.Asset("registration-old-server", "Server", DaysAgo(10))] }).By(proof).Because.ShouldHaveSingleItem()
            .ShouldContain("registration-old-server was closed by hand on 2026-08-22T08:00:00Z; no probe has shown it absent.");
        (Empty with { Assets = [SampleEvidence.Asset("registration-old-server", "Server", null)] }).By(proof).Because.ShouldHaveSingleItem().ShouldContain("is not closed");
        Empty.By(proof).Because.ShouldHaveSingleItem().ShouldContain("no such asset is registered");
        Empty.By(proof).Standing.ShouldBe(Standing.Unproven);
    }

    [Fact]
    public void What_nothing_can_see_is_unproven_and_says_what_would_show_it()
    {
        var standing = SampleEvidence.Everything.By("not-visible:the region of the storage account");

        standing.Standing.ShouldBe(Standing.Unproven);
        standing.Because.ShouldHaveSingleItem().ShouldContain("What would: the region of the storage account.");
    }

    [Fact]
    public void A_commitment_without_any_proof_is_unproven() => Empty.By().Standing.ShouldBe(Standing.Unproven);

    private static QualificationRecord Record { get; } = new(300, DaysAgo(60), SampleEvidence.Tool, 24, 24, 24, Passed: true, null);

    private static Standing Verdict(params RunDocument[] runs) => (Empty with { Runs = runs }).By("verdict").Standing;

    private static Standing Qualified(QualificationRecord? record) => (Empty with { Runs = [Go("a", 10)], Qualification = record }).Within(366, "qualification").Standing;

    private static Standing Attested(params RecordedAttestation[] stated) => (Empty with { Attestations = stated }).Within(30, "attestation:restore-test").Standing;

    private static Standing Duty(params DutyRecord[] duties) => (Empty with { Duties = duties }).Within(92, "duty:deletion-review").Standing;

    private static RunDocument Go(string id, double daysAgo) => SampleEvidence.Run(id, DaysAgo(daysAgo), Match);

    private static RunDocument NoGo(string id, double daysAgo) => SampleEvidence.Run(id, DaysAgo(daysAgo), Mismatch);

    private static RunDocument Partial(RunDocument run) => run with { Scope = Scope.Partial, Verdict = Verdicts.Of([.. run.Results], Scope.Partial, 0) };

    private static RecordedAttestation Stated(string id, AttestedOutcome outcome, double daysAgo, string? asset = null) =>
        SampleEvidence.Stated(id, AttestationKinds.RestoreTest, outcome, DaysAgo(daysAgo), asset: asset);

    private static DutyRecord Review(int number, int dueDaysAgo, int? closedDaysAgo, string subject = "registration-old-server") => SampleEvidence.Review(
        number, DateOnly.FromDateTime(DaysAgo(dueDaysAgo).UtcDateTime), closedDaysAgo is { } days ? DaysAgo(days) : null, closedDaysAgo is null ? null : "keep", subject);
}

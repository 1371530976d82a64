using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using static MigrationGuard.Tests.Evidence.Commitments.Standings;

namespace MigrationGuard.Tests.Evidence.Commitments;

public sealed class ResultProofTests
{
    private const string Count = "check:record-count";

    [Fact]
    public void A_match_in_a_run_of_full_scope_is_kept_and_names_its_file()
    {
        var standing = Of(Run("a", 10, Match)).By(Count);

        standing.Standing.ShouldBe(Standing.Kept);
        standing.Proofs.ShouldHaveSingleItem().File.ShouldBe("data/results/a/001-crm-account-record-count.csv");
        standing.Proofs[0].Run.ShouldBe("a");
    }

    [Fact]
    public void A_check_that_the_newest_run_of_full_scope_no_longer_makes_is_unproven()
    {
        var query = Match with { Entity = null, Check = CheckNames.Query("orphans") };
        Of(Run("a", 20, Match, query), Run("b", 10, Match)).By("check:record-count").Standing.ShouldBe(Standing.Kept);
        Of(Run("a", 20, Match, query), Run("b", 10, Match)).By("query:orphans").Standing.ShouldBe(Standing.Unproven);
        Of(Run("a", 20, Match, query), Run("b", 10, Match, query)).By("query:orphans").Standing.ShouldBe(Standing.Kept);
    }

    [Fact]
    public void A_look_at_back_ups_takes_nothing_from_what_was_said_of_databases_and_the_other_way_round()
    {
        var log = Match with { Comparison = "backups", Entity = "registration", Check = "backup:log-every-hour" };
        var backups = Run("b", 5, log) with { Kind = RunKinds.Backups };
        Of(Run("a", 10, Match), backups).By(Count).Standing.ShouldBe(Standing.Kept);
        Of(backups, Run("c", 1, Match)).By(log.Check).Standing.ShouldBe(Standing.Kept);
        Of(Run("a", 10, Match), Run("b", 5) with { Kind = null }).By(Count).Standing.ShouldBe(Standing.Unproven);
        Of(backups).By("verdict").Standing.ShouldBe(Standing.Unproven);
        Of(backups with { Verdict = Verdict.NoGo }).By("verdict").Standing.ShouldBe(Standing.Unproven);
        Of(Run("a", 10, Mismatch), backups).By("verdict").Standing.ShouldBe(Standing.Breached);
        Of(Run("a", 10, Match), backups).By("verdict").Standing.ShouldBe(Standing.Kept);
        Of(backups, Run("c", 1, log with { Outcome = Mismatch.Outcome }) with { Kind = RunKinds.Backups }).By(log.Check).Standing.ShouldBe(Standing.Breached);
        Of(backups, Run("c", 1, Match) with { Kind = RunKinds.Backups }).By(log.Check).Standing.ShouldBe(Standing.Unproven);
    }

    [Fact]
    public void A_mismatch_that_a_run_without_an_end_found_is_a_breach()
    {
        var died = Run("b", 5, Mismatch) with { Finished = null, Verdict = Verdict.Incomplete };
        Of(Run("a", 10, Match), died).By(Count).Standing.ShouldBe(Standing.Breached);
        Of(Run("a", 10, Match), died with { Results = [Match] }).By(Count).Standing.ShouldBe(Standing.Kept);
    }

    [Fact]
    public void A_proof_whose_file_a_pack_does_not_hold_points_at_the_list_of_runs()
    {
        var content = Of(Run("a", 10, Mismatch));
        string? File(EvidenceContent packed) => CommitmentEvaluation.Of(
            content,
            CommitmentMapping.Shipped with { Commitments = [new Commitment { Id = "x", Sentence = "X.", Sections = new Dictionary<string, IReadOnlyList<string>>(), Proofs = [Count] }], Risks = [] },
            packed)[0].Proofs[0].File;
        File(content).ShouldBe("data/results/a/001-crm-account-record-count.csv");
        File(content with { InBrief = new HashSet<string> { "a" } }).ShouldBe(PackPaths.Runs);
        File(content with { Runs = [] }).ShouldBe(PackPaths.Runs);
    }

    [Fact]
    public void Nothing_at_all_is_unproven() => Of().By(Count).Standing.ShouldBe(Standing.Unproven);

    [Fact]
    public void A_mismatch_is_breached() => Of(Run("a", 10, Match, Mismatch with { Entity = "contact" })).By(Count).Standing.ShouldBe(Standing.Breached);

    [Fact]
    public void What_could_not_be_checked_is_unproven_whatever_else_matched()
    {
        var standing = Of(Run("a", 10, Match, NotChecked with { Entity = "contact" })).By(Count);

        standing.Standing.ShouldBe(Standing.Unproven);
        standing.Because[0].ShouldContain("could not be checked in run a: The login may not read it.");
    }

    [Fact]
    public void A_match_of_another_check_or_another_comparison_proves_nothing()
    {
        Of(Run("a", 10, Match with { Check = CheckNames.Schema })).By(Count).Standing.ShouldBe(Standing.Unproven);
        Of(Run("a", 10, Match)).By(Count + "@other").Standing.ShouldBe(Standing.Unproven);
        Of(Run("a", 10, Match)).By(Count + "@crm").Standing.ShouldBe(Standing.Kept);
        Of(Run("a", 10, Match, Mismatch with { Comparison = "other" })).By(Count + "@crm").Standing.ShouldBe(Standing.Kept);
    }

    [Theory]
    [InlineData(30, Standing.Kept)]
    [InlineData(30.1, Standing.Unproven)]
    [InlineData(-1, Standing.Unproven)]
    public void Proof_is_good_for_its_days_and_not_before_it_is_found(double daysAgo, Standing standing) =>
        Of(Run("a", daysAgo, Match)).Within(30, Count).Standing.ShouldBe(standing);

    [Fact]
    public void A_run_of_a_part_alone_is_never_kept() => Of(Partial("a", 10, Match)).By(Count).Standing.ShouldBe(Standing.Unproven);

    [Fact]
    public void A_run_that_ended_early_is_never_kept()
    {
        Of(Run("a", 10, Match) with { Interrupted = "The server went away." }).By(Count).Standing.ShouldBe(Standing.Unproven);
        Of(Run("a", 10, Match) with { Finished = null }).By(Count).Standing.ShouldBe(Standing.Unproven);
    }

    [Fact]
    public void A_newer_mismatch_wins_over_an_older_match_whatever_its_scope()
    {
        Of(Run("a", 10, Match), Run("b", 5, Mismatch)).By(Count).Standing.ShouldBe(Standing.Breached);
        Of(Run("a", 10, Match), Partial("b", 5, Mismatch)).By(Count).Standing.ShouldBe(Standing.Breached);
    }

    [Fact]
    public void A_newer_match_of_full_scope_supersedes_an_older_mismatch() =>
        Of(Run("a", 10, Mismatch), Run("b", 5, Match)).By(Count).Standing.ShouldBe(Standing.Kept);

    [Fact]
    public void A_newer_match_of_a_part_does_not() =>
        Of(Run("a", 10, Mismatch), Partial("b", 5, Match)).By(Count).Standing.ShouldBe(Standing.Unproven);

    [Fact]
    public void A_newer_attempt_that_could_not_be_made_leaves_it_unproven() =>
        Of(Run("a", 10, Match), Partial("b", 5, NotChecked)).By(Count).Standing.ShouldBe(Standing.Unproven);

    [Fact]
    public void A_mismatch_does_not_go_away_with_its_entity() =>
        Of(Run("a", 10, Match, Mismatch with { Entity = "contact" }), Run("b", 5, Match)).By(Count).Standing.ShouldBe(Standing.Unproven);

    [Fact]
    public void An_older_match_of_an_entity_that_is_no_more_does_not_matter() =>
        Of(Run("a", 10, Match, Match with { Entity = "contact" }), Run("b", 5, Match)).By(Count).Standing.ShouldBe(Standing.Kept);

    [Fact]
    public void The_order_of_runs_is_their_ends_and_not_their_order_in_the_content() =>
        Of(Run("b", 5, Mismatch), Run("a", 10, Match)).By(Count).Standing.ShouldBe(Standing.Breached);

    [Fact]
    public void An_accepted_difference_is_kept_and_names_who_accepted_it()
    {
        var standing = Of(Run("a", 10, Match, Accepted)).By(Count);

        standing.Standing.ShouldBe(Standing.Kept);
        standing.Because[0].ShouldContain("differs only as was accepted beforehand (run a): Information Asset Owner: two service accounts.");
        standing.Because[0].ShouldNotContain("expired");
    }

    [Fact]
    public void An_approval_that_has_expired_since_is_said_to_have()
    {
        var content = Of(Run("a", 90, Match, Accepted)) with { Approvals = [new RecordedApproval(SampleEvidence.Approval, 12, DaysAgo(200))] };

        content.By(Count).Because[0].ShouldContain("An approval of it has expired since, on 2026-06-30; the run was decided in its time, the next will not be.");
    }

    [Fact]
    public void Many_mismatches_are_counted_rather_than_listed()
    {
        var standing = Of(Run("a", 10, [.. Enumerable.Range(0, 40).Select(number => Mismatch with { Entity = $"e{number}" })])).By(Count);

        standing.Because.Count.ShouldBe(6);
        standing.Because[^1].ShouldBe("And 35 more by check:record-count.");
        standing.Proofs.Count.ShouldBe(40);
    }

    [Theory]
    [InlineData("query:orphans", "query:orphans")]
    [InlineData("backup:log-every-hour", "backup:log-every-hour")]
    [InlineData("retention:8.18", "retention:8.18")]
    [InlineData("drift:8.18", "drift:8.18")]
    [InlineData("files:finance-credit-card", "files:finance-credit-card")]
    public void What_other_parts_record_is_found_by_its_name_and_unproven_while_it_is_not_there(string proof, string check)
    {
        Of(Run("a", 10, Match with { Entity = null, Check = check })).By(proof).Standing.ShouldBe(Standing.Kept);
        Of(Run("a", 10, Mismatch with { Entity = null, Check = check })).By(proof).Standing.ShouldBe(Standing.Breached);
        var nothing = Of(Run("a", 10, Match)).By(proof);
        nothing.Standing.ShouldBe(Standing.Unproven);
        nothing.Because.ShouldHaveSingleItem().ShouldContain($"Nothing in the ledger says anything of {proof}");
    }

    private static EvidenceContent Of(params RunDocument[] runs) => SampleEvidence.Empty with { Runs = runs };

    private static RunDocument Run(string id, double daysAgo, params IReadOnlyList<CheckResult> results) => SampleEvidence.Run(id, DaysAgo(daysAgo), results);

    private static RunDocument Partial(string id, double daysAgo, params IReadOnlyList<CheckResult> results) => Run(id, daysAgo, results) with { Scope = Scope.Partial, LimitedTo = "a part", Verdict = Verdicts.Of([.. results], Scope.Partial, 0) };
}

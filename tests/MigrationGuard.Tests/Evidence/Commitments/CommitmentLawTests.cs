using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Ledger.Attestations;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using static MigrationGuard.Tests.Evidence.Commitments.Standings;

namespace MigrationGuard.Tests.Evidence.Commitments;

/// <summary>What holds of every commitment, whatever the ledger holds.</summary>
public sealed class CommitmentLawTests
{
    private static readonly string[] Proofs =
        ["check:record-count", "check:schema", "verdict", "qualification", "chain", "attestation:restore-test", "duty:deletion-review", "asset:registration-old-server", "files:x", "not-visible:y"];

    [Fact]
    public void A_commitment_stands_as_its_weakest_proof_does() => Holds((content, proofs, days) =>
    {
        var together = content.Within(days, proofs).Standing;
        var each = proofs.Select(proof => content.Within(days, proof).Standing).ToList();
        together.ShouldBe(each.Contains(Standing.Breached) ? Standing.Breached : each.Count == 0 || each.Contains(Standing.Unproven) ? Standing.Unproven : Standing.Kept);
    });

    [Fact]
    public void Asking_for_more_proof_never_makes_a_commitment_kept() => Holds((content, proofs, days) =>
    {
        if (proofs.Length > 0 && content.Within(days, proofs).Standing != Standing.Kept)
            content.Within(days, [.. proofs, "chain"]).Standing.ShouldNotBe(Standing.Kept);
    });

    [Fact]
    public void What_is_kept_has_proof_and_none_of_it_is_missing_or_too_old() => Holds((content, proofs, days) =>
    {
        var standing = content.Within(days, proofs);
        if (standing.Standing != Standing.Kept)
            return;
        standing.Proofs.Select(proof => proof.Asked).Distinct().Order().ShouldBe(proofs.Distinct().Order());
        standing.Proofs.ShouldAllBe(proof => proof.File != null && proof.At <= content.AsOf && (days == null || content.AsOf - proof.At <= TimeSpan.FromDays(days.Value) || proof.Asked == "chain"));
    });

    [Fact]
    public void Time_alone_never_makes_a_commitment_kept() => Holds((content, proofs, days) =>
    {
        if (content.Within(days, proofs).Standing == Standing.Kept || content.Runs.Any(run => run.Finished > content.AsOf) || content.Attestations.Any(stated => stated.Attestation.At > content.AsOf))
            return;
        (content with { AsOf = content.AsOf.AddDays(40) }).Within(days, proofs).Standing.ShouldNotBe(Standing.Kept);
    });

    [Fact]
    public void A_newer_mismatch_of_any_scope_takes_away_what_was_kept() => Holds((content, _, days) =>
    {
        var run = SampleEvidence.Run("zz", content.AsOf.AddMinutes(-1), Mismatch) with { Scope = Scope.Partial };
        (content with { Runs = [.. content.Runs.Where(earlier => earlier.Finished < content.AsOf.AddMinutes(-1)), run] }).Within(days, "check:record-count").Standing.ShouldBe(Standing.Breached);
    });

    [Fact]
    public void The_order_in_which_proofs_are_asked_for_does_not_matter() => Holds((content, proofs, days) =>
        content.Within(days, [.. proofs.Reverse()]).Standing.ShouldBe(content.Within(days, proofs).Standing));

    [Fact]
    public void An_asset_that_no_probe_has_shown_absent_is_never_kept() => Holds((content, _, days) =>
        content.Within(days, "asset:registration-old-server").Standing.ShouldBe(Standing.Unproven));

    private static void Holds(Action<EvidenceContent, string[], int?> law)
    {
        var asked = Gen.SubListOf(Proofs).Select(proofs => proofs.ToArray());
        var days = Gen.Elements<int?>(null, 7, 30);
        Prop.ForAll(Contents.Zip(asked, (content, proofs) => (content, proofs)).Zip(days, (both, good) => (both.content, both.proofs, good)).ToArbitrary(), given =>
        {
            law(given.content, given.proofs, given.good);
            return true;
        }).QuickCheckThrowOnFailure();
    }

    private static Gen<EvidenceContent> Contents
    {
        get
        {
            var ages = Gen.Choose(0, 50);
            var results = Gen.ListOf(Gen.Elements(Match, Match, Match with { Entity = "contact" }, Match with { Check = CheckNames.Schema }, Mismatch, NotChecked, Accepted)).Resize(4);
            var runs = Gen.ListOf(results.Zip(ages).Zip(Gen.Elements(Scope.Full, Scope.Full, Scope.Partial))).Resize(4)
                .Select(list => list.Select((run, place) => Run($"r{place}", run.Item1.Item2, run.Item2, [.. run.Item1.Item1.DistinctBy(ResultKey.Of)])).ToList());
            var stated = Gen.ListOf(ages.Zip(Gen.Elements(AttestedOutcome.Passed, AttestedOutcome.Passed, AttestedOutcome.Failed))).Resize(3)
                .Select(list => list.Select((said, place) => SampleEvidence.Stated($"a{place}", AttestationKinds.RestoreTest, said.Item2, DaysAgo(said.Item1))).ToList());
            var assets = Gen.Elements<DateTimeOffset?>(null, DaysAgo(3)).Select(closed => SampleEvidence.Asset("registration-old-server", "Server", closed));
            var qualifications = Gen.Elements(null, new QualificationRecord(3, DaysAgo(20), SampleEvidence.Tool, 24, 24, 24, true, null), new QualificationRecord(3, DaysAgo(20), SampleEvidence.Tool, 24, 23, 24, true, null));
            return runs.Zip(stated).Zip(assets).Zip(qualifications).Select(all => SampleEvidence.Empty with
            {
                Runs = all.Item1.Item1.Item1,
                Attestations = all.Item1.Item1.Item2,
                Assets = [all.Item1.Item2],
                Qualification = all.Item2,
            });
        }
    }

    private static RunDocument Run(string id, int daysAgo, Scope scope, IReadOnlyList<CheckResult> results) =>
        SampleEvidence.Run(id, DaysAgo(daysAgo), results) with { Scope = scope, Verdict = Verdicts.Of([.. results], scope, 0) };
}

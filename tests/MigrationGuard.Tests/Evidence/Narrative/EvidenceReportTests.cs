using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Documents;
using MigrationGuard.Evidence.Narrative;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Tests.Reports;

namespace MigrationGuard.Tests.Evidence.Narrative;

public sealed class EvidenceReportTests
{
    private const string Approved = "MigrationGuard.Tests/Evidence/Narrative/Approved/";

    [Fact]
    public void The_report_of_everything_reads_as_approved()
    {
        var html = HtmlDocument.Render(EvidenceReport.Of(SampleEvidence.Everything));
        var (from, to) = (html.IndexOf("<style>", StringComparison.Ordinal), html.IndexOf("</style>", StringComparison.Ordinal));

        html.Remove(from, to - from).ShouldBeApproved(Approved + "evidence-report.html");
    }

    [Theory]
    [InlineData("ico")]
    [InlineData("seven-step")]
    [InlineData("arckit")]
    public void An_annex_reads_as_approved(string template) =>
        MarkdownDocument.Render(DpiaAnnex.Of(SampleEvidence.Everything, template)).ShouldBeApproved($"{Approved}dpia-{template}.md");

    [Fact]
    public void The_verdict_stands_first_in_a_sentence_and_exceptions_before_the_rest()
    {
        var text = Text(SampleEvidence.Everything);

        text.IndexOf("The data on the new side is not the same as on the old (run 20260307-011405-7f3a", StringComparison.Ordinal).ShouldBeInRange(0, 400);
        Ordered(text, "Fail-over between the database servers works", "Users test on go-live weekend").ShouldBeTrue();
        Ordered(text, "Fail-over between the database servers works", "Data is held in UK data centres only").ShouldBeTrue();
    }

    [Fact]
    public void A_development_certificate_is_called_one_in_so_many_words()
    {
        Text(SampleEvidence.Everything).ShouldContain("This pack is signed with a development certificate.");
        Text(SampleEvidence.Everything with { Seal = SampleEvidence.Empty.Seal }).ShouldNotContain("development certificate");
    }

    [Fact]
    public void The_absence_of_a_qualification_is_stated()
    {
        Text(SampleEvidence.Everything with { Qualification = null }).ShouldContain("There is no qualification");
        Text(SampleEvidence.Everything).ShouldNotContain("There is no qualification");
    }

    [Fact]
    public void A_broken_chain_is_said_with_its_problems() =>
        Text(SampleEvidence.Everything with { Chain = SampleEvidence.Empty.Chain with { Intact = false, Problems = ["Entry 7 does not follow from entry 6."] } })
            .ShouldContain("The chain was not found intact when this pack was made. What the ledger says may have been changed since it was written. Entry 7 does not follow from entry 6.");

    [Fact]
    public void A_run_whose_claim_was_erased_is_headed_by_that_and_by_no_claim()
    {
        var mapping = CommitmentMapping.Shipped with { Commitments = [.. CommitmentMapping.Shipped.Commitments.Where(commitment => commitment.Id == "rec-4.3.c.i")], Risks = [] };
        var run = SampleEvidence.Good with { ErasedEnd = 44 };
        var content = (SampleEvidence.Empty with { Runs = [run], UnprovenRuns = new HashSet<string> { run.Run } }).Evaluated(mapping);

        var headline = EvidenceReport.Of(content).Blocks.OfType<Block.Notice>().First();
        headline.Tone.ShouldBe(Tone.Unproven);
        Text(content).ShouldContain("came to, GO, was erased from the ledger (entry 44): it proves nothing of the data any more.");
        Text(content).ShouldNotContain("was shown to be the same");
    }

    [Fact]
    public void What_was_erased_is_listed_with_who_when_and_why()
    {
        var line = new EntryLine(50, SampleEvidence.AsOf.UtcDateTime.AddDays(-3), "payload-erased", "actor-9", "entry-44", new string('a', 64), new string('b', 64));
        var text = Text(SampleEvidence.Empty with { Erasures = [new RecordedErasure(44, "attestation-made", line, "She asked for it.")] });

        text.ShouldContain("What was erased");
        text.ShouldContain("actor-9");
        text.ShouldContain("She asked for it.");
        Text(SampleEvidence.Empty).ShouldNotContain("What was erased");
    }

    [Fact]
    public void Why_the_last_hash_of_the_part_of_the_chain_may_be_another_than_the_chains_is_said() =>
        Text(SampleEvidence.Empty).ShouldContain("the hash of its last line need not be that of the chain's last entry");

    [Fact]
    public void A_project_on_its_first_day_has_a_report_that_claims_nothing()
    {
        var text = Text(SampleEvidence.Empty.Evaluated(CommitmentMapping.Shipped));

        text.ShouldContain("Nothing was compared, so that nothing is known of the data.");
        text.ShouldContain("1 kept.");
        text.ShouldContain("The project cannot be closed");
    }

    [Fact]
    public void What_a_comparison_of_rows_left_out_stands_beside_its_outcome()
    {
        var text = Text(SampleEvidence.Everything);

        text.ShouldContain("crm, contactmatch\u2022 Not compared, as IgnoreColumns says: VersionNumber. \u2022 Not compared, as the target has no such column, and the source holds nothing but NULL there: Fax.");
        text.ShouldContain("match but for what was left out");
        text.ShouldNotContain("crm, accountmatch\u2022");
        // Twin: where nothing was left out, nothing is said to be.
        var whole = SampleEvidence.Everything.Runs[^1] with { Results = [SampleEvidence.Rows[0]] };
        Text(SampleEvidence.Everything with { Runs = [whole] }).ShouldNotContain("left out: their outcome");
    }

    [Fact]
    public void The_same_totals_stand_in_the_report_and_in_every_annex_and_questions_are_no_commitments()
    {
        var content = SampleEvidence.Everything;
        var totals = CommitmentTotals.Of(content.Commitments);
        (totals.Commitments.All + totals.Questions.All).ShouldBe(content.Commitments.Count);
        totals.Questions.All.ShouldBe(content.Mapping.Commitments.Count(commitment => commitment.IsQuestion));

        Text(content).ShouldContain(totals.Sentence);
        Text(content).ShouldContain(CommitmentTotals.Meaning);
        foreach (var template in DpiaTemplates.All)
        {
            var annex = DpiaAnnex.Of(content, template);
            MarkdownDocument.Render(annex).ShouldContain(totals.Sentence, Case.Sensitive, template);
            foreach (var missing in content.Commitments.Where(standing => standing.Commitment.SectionsOf(template).Count == 0))
                MarkdownDocument.Render(annex).ShouldContain($"`{missing.Commitment.Id}`");
        }
        // Twin: one that is left out of the evidence is missing from all of them.
        CommitmentTotals.Of(content.Commitments.Skip(1)).Sentence.ShouldNotBe(totals.Sentence);
    }

    [Fact]
    public void Commitments_of_the_sample_are_said_to_be_one_and_a_projects_own_are_not()
    {
        var own = CommitmentMapping.Shipped with { Commitments = [.. CommitmentMapping.Shipped.Commitments.Skip(1)], Risks = [] };
        Text(SampleEvidence.Everything).ShouldContain(CommitmentMapping.SampleNotice);
        MarkdownDocument.Render(DpiaAnnex.Of(SampleEvidence.Everything, DpiaTemplates.ArcKit)).ShouldContain("the sample that the program comes with");
        EvidenceDocument.Render(SampleEvidence.Everything).ShouldContain("\"sampleCommitments\": true");

        var ours = SampleEvidence.Everything.Evaluated(own);
        Text(ours).ShouldNotContain("sample that the program comes with");
        MarkdownDocument.Render(DpiaAnnex.Of(ours, DpiaTemplates.ArcKit)).ShouldNotContain("sample that the program comes with");
        EvidenceDocument.Render(ours).ShouldContain("\"sampleCommitments\": false");
        // A copy that nobody has edited is still the sample.
        CommitmentFile.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, CommitmentFile.ShippedName)), "copy").IsSample.ShouldBeTrue();
    }

    [Fact]
    public void Reasons_are_told_apart_and_what_is_not_shown_of_them_is_numbered()
    {
        var standing = SampleEvidence.Everything.Commitments[0] with { Because = ["The first (run 1).", "The second."] };
        Text(SampleEvidence.Everything with { Commitments = [standing] }).ShouldContain("\u2022 The first (run 1). \u2022 The second.");
        MarkdownDocument.Render(DpiaAnnex.Of(SampleEvidence.Everything with { Commitments = [standing] }, DpiaTemplates.Regulator)).ShouldContain("\u2022 The first (run 1). \u2022 The second.");
        Text(SampleEvidence.Everything with { Commitments = [standing with { Because = ["The only one."] }] }).ShouldNotContain("\u2022 The only one.");

        var broken = SampleEvidence.Empty.Chain with { Intact = false, Problems = [.. Enumerable.Range(1, 8).Select(entry => $"Entry {entry} is damaged.")] };
        Text(SampleEvidence.Everything with { Chain = broken }).ShouldContain("Entry 5 is damaged. and 3 more, each under The chain of the ledger.");
    }

    [Fact]
    public void Everything_kept_says_so()
    {
        var mapping = CommitmentMapping.Shipped with { Commitments = [.. CommitmentMapping.Shipped.Commitments.Where(commitment => commitment.Id == "rec-4.3.c.i")], Risks = [] };
        var content = (SampleEvidence.Empty with { Runs = [SampleEvidence.Good] }).Evaluated(mapping);

        EvidenceReport.Of(content).Blocks.OfType<Block.Notice>().First().Tone.ShouldBe(Tone.Kept);
        ClosureGate.Of(content).IsOpen.ShouldBeTrue();
        // Twin.
        ClosureGate.Of((content with { Runs = [] }).Evaluated(mapping)).IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void Without_any_task_to_prove_the_project_is_not_closed() => ClosureGate.Of(SampleEvidence.Empty).IsOpen.ShouldBeFalse();

    [Fact]
    public void A_risk_score_is_supported_only_while_all_that_it_rests_on_is_kept()
    {
        var mapping = CommitmentMapping.Shipped with
        {
            Commitments = [.. CommitmentMapping.Shipped.Commitments.Where(commitment => commitment.Id is "rec-4.3.c.i" or "after.audit-chain" or "rec-9")],
            Risks = [new Risk("a", "a", 3, 1, ["rec-4.3.c.i", "after.audit-chain"]), new Risk("b", "b", 3, 1, ["rec-4.3.c.i", "rec-9"]), new Risk("c", "c", 3, 1, [])],
        };
        var content = (SampleEvidence.Empty with { Runs = [SampleEvidence.Good] }).Evaluated(mapping);

        RiskSupport.Of(content).Select(support => support.IsSupported).ShouldBe([true, false, false]);
        RiskSupport.Of((content with { Runs = [] }).Evaluated(mapping)).ShouldAllBe(support => !support.IsSupported);
    }

    [Theory]
    [InlineData(4, 1, "MEDIUM")]
    [InlineData(3, 1, "LOW")]
    [InlineData(5, 5, "VERY HIGH")]
    [InlineData(2, 4, "MEDIUM")]
    [InlineData(5, 1, "HIGH")]
    public void A_score_is_carried_over_to_the_other_scale(int impact, int probability, string level) =>
        new RiskSupport(new Risk("x", "x", impact, probability, []), false, "").ArcKitLevel.ShouldBe(level);

    private static string Text(EvidenceContent content) =>
        System.Text.RegularExpressions.Regex.Replace(RenderedPage.Parse(HtmlDocument.Render(EvidenceReport.Of(content)).TrimEnd()).Descendants("main").Single().Value, @"\s+", " ");

    private static bool Ordered(string text, string first, string second) =>
        text.IndexOf(first, StringComparison.Ordinal) is >= 0 and var before && before < text.IndexOf(second, StringComparison.Ordinal);
}

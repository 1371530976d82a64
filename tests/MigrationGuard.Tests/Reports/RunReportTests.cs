using System.Xml.Linq;
using MigrationGuard.Evidence.Reports;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Tests.Reports;

public sealed class RunReportTests
{
    [Fact]
    public async Task The_report_of_a_run_with_everything_in_it_reads_as_approved()
    {
        var page = await RenderedPage.Of(SampleRun.Everything);

        page.WithoutStyle.ShouldBeApproved("MigrationGuard.Tests/Reports/Approved/run-report.html");
    }

    [Fact]
    public async Task The_verdict_stands_first_with_a_sentence_that_says_why()
    {
        var page = await RenderedPage.Of(SampleRun.Everything);

        page.Headings[0].ShouldBe((1, "Verdict NO-GO"));
        page.Text.ShouldContain("4 of 10 checks found differences that nobody accepted, and 1 more could not be made.");
        page.Text.ShouldContain("Limited to: the comparison crm. A partial run is never GO.");
    }

    [Fact]
    public async Task A_run_in_which_everything_matches_says_GO_and_lists_no_mismatch()
    {
        var page = await RenderedPage.Of(SampleRun.Clean);

        page.Headings[0].ShouldBe((1, "Verdict GO"));
        page.Text.ShouldContain("All 4 checks found both sides the same, and every source table is covered or excluded with a reason.");
        page.Html.ShouldNotContain("class=\"result result-mismatch\"");
    }

    [Fact]
    public async Task An_incomplete_run_says_everything_that_made_it_so()
    {
        var run = SampleRun.Everything with
        {
            Verdict = Verdict.Incomplete,
            Interrupted = "Ctrl-C.",
            Results = [.. SampleRun.Everything.Results.Where(result => result.Outcome is not CheckOutcome.Mismatch)],
        };

        var page = await RenderedPage.Of(run);

        page.Text.ShouldContain("Neither a yes nor a no: the run ended early (Ctrl-C), 1 check of 6 could not be made, 1 source table is neither covered nor excluded and only a part of what is configured was to be checked.");
    }

    [Fact]
    public async Task A_run_that_checked_nothing_and_never_ended_is_reported_all_the_same()
    {
        var page = await RenderedPage.Of(new RunDocument { Run = "empty", Verdict = Verdict.Incomplete, Started = SampleRun.Started });

        page.Text.ShouldContain("the run has no recorded end and nothing was checked");
        page.Text.ShouldContain("not recorded: the run goes on, or its process died");
    }

    [Fact]
    public async Task Every_mismatch_stands_before_what_was_not_checked_then_what_was_accepted_then_every_match()
    {
        var page = await RenderedPage.Of(SampleRun.Everything);

        var order = SampleRun.Everything.Results
            .Select((result, index) => (result.Outcome, Position: page.Html.IndexOf($"id=\"result-{index + 1}\"", StringComparison.Ordinal)))
            .OrderBy(result => result.Position)
            .ToList();
        order.ShouldAllBe(result => result.Position > 0);
        order.Select(result => result.Outcome.Name).Distinct().ShouldBe(["mismatch", "not-checked", "accepted", "match"]);
        order.Select(result => Rank(result.Outcome)).ShouldBeInOrder();
    }

    [Fact]
    public async Task Every_result_holds_the_statements_that_its_numbers_came_from()
    {
        var page = await RenderedPage.Of(SampleRun.Everything);

        foreach (var (result, index) in SampleRun.Everything.Results.Select((result, index) => (result, index)))
        {
            var statements = page.ById($"result-{index + 1}").Descendants("pre").Select(pre => pre.Value);
            statements.ShouldBe(new[] { result.SourceSql, result.TargetSql }.OfType<string>().Distinct());
        }
    }

    [Fact]
    public async Task The_matrix_leads_to_every_result_by_a_link_within_the_page()
    {
        var page = await RenderedPage.Of(SampleRun.Everything);

        var links = page.Document.Descendants("table")
            .Where(table => (string?)table.Attribute("class") == "matrix")
            .Descendants("a")
            .Select(link => ((string)link.Attribute("href")!)[1..])
            .ToList();
        links.Count.ShouldBe(SampleRun.Everything.Results.Count);
        links.ShouldBeUnique();
        links.ShouldAllBe(anchor => page.ById(anchor).Name.LocalName.Length > 0);
    }

    [Fact]
    public async Task Uncovered_and_excluded_tables_and_checks_not_configured_are_named()
    {
        var page = await RenderedPage.Of(SampleRun.Everything);

        page.Text.ShouldContain("dbo.new_letterBase");
        page.Text.ShouldContain("dbo.TraceLogBase");
        page.Text.ShouldContain("diagnostic log, not migrated");
        page.Text.ShouldContain("crm, queue: last-timestamp (the entity has no CreatedOn or ModifiedOn)");
    }

    [Theory]
    [InlineData("The source has 3 rows that the target has not.")]
    [InlineData("Where StateCode is 1: 20,003 in the source, 20,000 in the target (\u22123).")]
    [InlineData("The newest ModifiedOn is 2026-03-06T18:04:11Z on the source and 2026-03-06T17:58:00Z on the target, 6 min 11 s earlier.")]
    [InlineData("In the row email: The value of items is 81,220 on the source and 81,219 on the target.")]
    [InlineData("The row fax is in the source and not in the target.")]
    [InlineData("The count is 5 on the source and 4 on the target.")]
    [InlineData("The definition of subject is nvarchar(200) on the source and text on the target.")]
    [InlineData("12 rows differ in exactly these columns: subject, body.")]
    [InlineData("The target has 2 rows that the source has not.")]
    public async Task Each_kind_of_finding_is_a_sentence(string sentence)
    {
        var page = await RenderedPage.Of(SampleRun.Everything);

        page.Text.ShouldContain(sentence);
    }

    [Fact]
    public async Task A_group_that_differs_is_in_sight_and_those_that_match_are_folded_up_after_it()
    {
        var page = await RenderedPage.Of(SampleRun.Everything);

        var breakdown = page.ById("result-6");
        var folded = breakdown.Elements("details").First();
        var inSight = breakdown.Elements("table").Last();
        inSight.Descendants("tbody").Single().Value.ShouldContain("20,003");
        folded.Value.ShouldContain("99,990");
        folded.Value.ShouldContain("NULL");
        folded.IsAfter(inSight).ShouldBeTrue();
    }

    [Fact]
    public async Task Two_thousand_results_take_no_more_than_a_few_kilobytes_each()
    {
        var results = Enumerable.Range(0, 2000).Select(number => SampleRun.Everything.Results[number % 10] with { Comparison = $"part {number / 500}" });

        var page = await RunReport.RenderAsync(SampleRun.Everything with { Results = [.. results] }, CancellationToken.None);

        page.Length.ShouldBeInRange(1_000_000, 6_000_000);
        page.ShouldContain("id=\"result-2000\"");
    }

    private static int Rank(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Mismatch => 0,
        CheckOutcome.NotChecked => 1,
        CheckOutcome.Accepted => 2,
        _ => 3,
    };
}

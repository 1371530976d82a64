using DocumentFormat.OpenXml.Packaging;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Documents;
using MigrationGuard.Evidence.Narrative;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Tests.Reports;
using static MigrationGuard.Tests.Evidence.Commitments.Standings;

namespace MigrationGuard.Tests.Evidence.Narrative;

/// <summary>What a report says of back-ups, files and records: the promise, and all that a match of it does not cover.</summary>
public sealed class KeepingSectionsTests
{
    private const string Narrowed = "Only what is kept too long was looked for.";
    private const string Noted = "Of records made since the copy was frozen nothing is known.";
    private const string Promised = "Nothing is kept for longer than 5000 days.";

    private static readonly CheckResult Kept = new() { Comparison = "records", Entity = "cases", Check = "retention:12.1", Outcome = new CheckOutcome.Match(), Proves = Promised, Narrowed = [Narrowed], Notes = [Noted] };

    private static readonly ServerRecord Answered = new("records", "source", "old", "SQLite", "3", "old.db", null, "one snapshot");

    [Fact]
    public void What_a_match_leaves_out_stands_beside_it_with_the_promise()
    {
        foreach (var text in Texts(Content(RunKinds.Records, Kept)))
        {
            foreach (var said in new[] { Narrowed, Noted, Promised })
                text.ShouldContain(said);
        }
        // Twin: nothing is said that is not so.
        foreach (var text in Texts(Content(RunKinds.Records, Kept with { Narrowed = [], Notes = [], Proves = null })))
        {
            foreach (var said in new[] { Narrowed, Noted, Promised })
                text.ShouldNotContain(said);
        }
    }

    [Fact]
    public void What_broken_and_open_promises_leave_out_stands_beside_them_too()
    {
        foreach (var outcome in new CheckOutcome[] { new CheckOutcome.NotChecked("It could not be read."), new CheckOutcome.Mismatch([new Finding(KeepingFindings.Drift, 1, Detail: "1 record is still there.")]) })
            Text(Content(RunKinds.Records, Kept with { Outcome = outcome })).ShouldContain($"\u2022 {Narrowed} \u2022 {Noted}");
    }

    [Fact]
    public void Of_very_many_remarks_the_first_are_shown_and_the_rest_counted()
    {
        var many = Kept with { Notes = [.. Enumerable.Range(1, 20).Select(number => $"Remark {number}.")] };
        var text = Text(Content(RunKinds.Records, many));
        text.ShouldContain("Remark 7. and 13 more in the result\u2019s file");
        text.ShouldNotContain("Remark 8.");
        Text(Content(RunKinds.Records, many with { Notes = [.. many.Notes.Take(7)] })).ShouldNotContain("more in the result");
    }

    [Fact]
    public void What_a_run_cannot_see_is_listed_with_what_would_show_it()
    {
        var run = Run(RunKinds.Records, Kept) with { Excluded = [new TableRemark("records", "retention:8.19", "The certificate of destruction.")] };
        Text(SampleEvidence.Empty with { Runs = [run] }).ShouldContain("retention:8.19The certificate of destruction.");
    }

    [Fact]
    public void A_commitment_says_what_was_promised_where_one_result_shows_it_and_where_many_do()
    {
        var backup = Kept with { Comparison = "backups", Check = "backup:kept-6-days" };
        Content(RunKinds.Backups, backup).By(backup.Check).Because.ShouldHaveSingleItem().ShouldEndWith($"is as promised (run a). What was promised: {Promised}");
        var both = Content(RunKinds.Backups, backup, backup with { Entity = "other" });
        both.By(backup.Check).Because.ShouldHaveSingleItem().ShouldStartWith("2 results of backup:kept-6-days are as promised, the last of ");
        both.By(backup.Check).Because[0].ShouldEndWith($"What was promised: {Promised}");
        Content(RunKinds.Backups, backup with { Outcome = Mismatch.Outcome }).By(backup.Check).Because.ShouldHaveSingleItem().ShouldEndWith(Promised);
        // Twin: what compares two sides says so.
        Content(null, Match, Match with { Entity = "contact" }).By("check:record-count").Because.ShouldHaveSingleItem().ShouldContain("are the same on both sides");
    }

    [Fact]
    public void The_databases_that_answered_a_run_of_records_are_listed_by_what_they_are()
    {
        var run = Run(RunKinds.Records, Kept) with { Servers = [Answered, Answered with { Side = "target", Name = "new" }] };
        var text = Text(SampleEvidence.Empty with { Runs = [run] });
        text.ShouldContain("oldrecordsfrozen copySQLite 3");
        text.ShouldContain("newrecordslive databaseSQLite 3");
        text.ShouldNotContain("No server answered.");
        Text(SampleEvidence.Empty with { Runs = [run with { Servers = [] }] }).ShouldContain("No server answered.");
        Text(Content(RunKinds.Files, Kept)).ShouldContain("No run looked into databases, so that no server had to answer.");
    }

    [Theory]
    [InlineData(FindingKinds.MissingInTarget, "1 file missing in the target")]
    [InlineData(FindingKinds.Changed, "2 files with another length in the target")]
    public async Task Files_are_no_rows(string kind, string told)
    {
        var run = Run(RunKinds.Files, Kept with { Comparison = "files", Check = "files:moved", Outcome = new CheckOutcome.Mismatch([new Finding(kind, 1, Columns: ["bytes"], Detail: told + ".")]) });
        var page = await RenderedPage.Of(run);
        page.Text.ShouldContain($"{kind}: {told}.");
        page.Text.ShouldContain("Promised: " + Promised);
        foreach (var text in new[] { page.Text, Text(SampleEvidence.Empty with { Runs = [run] }) })
        {
            text.ShouldContain(told);
            text.ShouldNotContain("1 row");
            text.ShouldNotContain("row differs");
        }
        (await RenderedPage.Of(run with { Kind = null })).Text.ShouldContain("1 row");
    }

    [Fact]
    public async Task A_figure_that_is_not_there_and_a_project_without_a_name_are_said_in_words()
    {
        var run = Run(RunKinds.Backups, Kept with { Target = new Dictionary<string, Scalar> { ["restorableFrom"] = Scalar.Null } }) with { Project = new ProjectDescription("", null, null) };
        var page = await RenderedPage.Of(run);
        page.Text.ShouldContain("Restorable from: none");
        page.Text.ShouldNotContain("NULL");
        page.Text.ShouldContain("Projectnone given");
        page.Html.ShouldContain("<title>GO: run a</title>");
        (await RenderedPage.Of(run with { Project = SampleEvidence.Empty.Project })).Html.ShouldContain("<title>GO: run a, Casework and fee register</title>");
    }

    private static RunDocument Run(string? kind, params CheckResult[] results) => SampleEvidence.Run("a", DaysAgo(1), results) with { Kind = kind };

    private static EvidenceContent Content(string? kind, params CheckResult[] results) => SampleEvidence.Empty with { Runs = [Run(kind, results)] };

    private static string Text(EvidenceContent content) => Texts(content)[0];

    // As a page and as a Word file, whose text is read without its layout.
    private static IReadOnlyList<string> Texts(EvidenceContent content)
    {
        var report = EvidenceReport.Of(content);
        using var stream = new MemoryStream(WordDocument.Render(report));
        using var file = WordprocessingDocument.Open(stream, isEditable: false);
        return [Spaced(RenderedPage.Parse(HtmlDocument.Render(report).TrimEnd()).Descendants("main").Single().Value), Spaced(file.MainDocumentPart!.Document.Body!.InnerText)];
    }

    private static string Spaced(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"\s+", " ");
}

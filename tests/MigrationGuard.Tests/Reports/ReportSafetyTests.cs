using System.Xml;
using System.Xml.Linq;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Tests.Reports;

/// <summary>What comes from a database stays text, and the page needs nothing but itself.</summary>
public sealed class ReportSafetyTests
{
    private const string Hostile = "<script>alert('x')</script> \"quoted\" & 'single' \U0001F600 é https://example.org/";

    [Fact]
    public async Task Names_values_and_reasons_of_any_characters_are_shown_and_never_become_markup()
    {
        var page = await RenderedPage.Of(HostileRun);

        page.Html.ShouldNotContain("<script", Case.Insensitive);
        // Entity, columns, group, group value in the breakdown, key, detail, statement, note, narrowing, reasons, tables and servers.
        page.Text.Split(Hostile).Length.ShouldBeGreaterThan(20);
        page.ById("result-1").Descendants("pre").First().Value.ShouldBe("SELECT " + Hostile + "\nFROM t");
    }

    [Fact]
    public async Task The_page_has_no_script_and_refers_to_nothing_outside_itself()
    {
        foreach (var run in (RunDocument[])[SampleRun.Everything, HostileRun])
        {
            var page = await RenderedPage.Of(run);

            page.Document.Descendants().Select(element => element.Name.LocalName)
                .ShouldNotContain(name => name == "script" || name == "link" || name == "img" || name == "iframe" || name == "object");
            page.Document.Descendants().Attributes()
                .Where(attribute => attribute.Name.LocalName is "href" or "src" or "action")
                .ShouldAllBe(attribute => attribute.Value.StartsWith('#'));
            page.Document.Descendants().Attributes().ShouldNotContain(attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
            var style = page.Document.Descendants("style").Single().Value;
            style.ShouldContain(".verdict");
            style.ShouldNotContain("url(");
            style.ShouldNotContain("@import");
        }
    }

    [Fact]
    public async Task Characters_that_cannot_be_seen_or_that_reorder_text_are_spelt_out()
    {
        var run = SampleRun.Clean with { Results = [SampleRun.Match with { Entity = "a\0b\u202Ec\u200Bd\u007F" }] };

        var page = await RenderedPage.Of(run);

        page.Text.ShouldContain("a[U+0000]b[U+202E]c[U+200B]d[U+007F]");
    }

    [Fact]
    public async Task Values_that_could_be_taken_for_nothing_or_for_NULL_are_told_apart()
    {
        GroupCount[] groups = [new([Scalar.Null], 1, 1), new([new Scalar("NULL")], 2, 2), new([new Scalar("")], 3, 3), new([new Scalar(" a")], 4, 4), new([new Scalar("a")], 5, 5)];
        var run = SampleRun.Clean with { Results = [SampleRun.Match with { Check = CheckNames.EntityBreakdown, By = ["Kind"], Breakdown = groups }] };

        var page = await RenderedPage.Of(run);

        var names = page.ById("result-1").Elements("details").First().Descendants("tbody").Descendants("th").Select(name => name.Value.Trim());
        names.ShouldBe(["NULL", "\"NULL\"", "\"\"", "\" a\"", "a"]);
    }

    [Fact]
    public async Task The_page_is_accessible_in_its_structure()
    {
        var page = await RenderedPage.Of(SampleRun.Everything);

        ((string?)page.Document.Root!.Attribute("lang")).ShouldBe("en-GB");
        page.Headings.Count(heading => heading.Level == 1).ShouldBe(1);
        page.Headings.Zip(page.Headings.Skip(1)).ShouldAllBe(pair => pair.Second.Level <= pair.First.Level + 1);
        page.Document.Descendants("th").ShouldAllBe(header => header.Attribute("scope") != null);
        page.Document.Descendants("table").ShouldAllBe(table => table.Elements("caption").Single().Value.Length > 0);
        var ids = page.Document.Descendants().Attributes("id").Select(id => id.Value).ToList();
        ids.ShouldBeUnique();
        page.Document.Descendants("a").ShouldAllBe(link => ids.Contains(((string)link.Attribute("href")!).Substring(1)));
    }

    [Fact]
    public async Task A_page_with_an_element_left_open_would_be_noticed()
    {
        var page = await RenderedPage.Of(SampleRun.Clean);

        Should.Throw<XmlException>(() => RenderedPage.Parse(page.Html.Replace("</main>", "", StringComparison.Ordinal)));
    }

    private static RunDocument HostileRun { get; } = SampleRun.Everything with
    {
        LimitedTo = Hostile,
        Interrupted = Hostile,
        Label = Hostile,
        Tool = Hostile,
        Project = new ProjectDescription(Hostile, Hostile, Hostile),
        Uncovered = [new TableRemark(Hostile, Hostile)],
        Excluded = [new TableRemark(Hostile, Hostile, Hostile)],
        NotConfigured = [Hostile],
        Servers = [new ServerRecord(Hostile, "source", Hostile, Hostile, Hostile, Hostile, Hostile, Hostile)],
        Results =
        [
            SampleRun.Match with
            {
                Comparison = Hostile,
                Entity = Hostile,
                By = [Hostile],
                Breakdown = [new GroupCount([new Scalar(Hostile)], 1, 2), new GroupCount([new Scalar(Hostile)], 1, 1)],
                Outcome = new CheckOutcome.Mismatch([.. FindingKinds.All.Append(Hostile).Select(kind =>
                    new Finding(kind, 1, [Hostile], [new Scalar(Hostile)], new Scalar(Hostile), new Scalar(Hostile), Hostile))]),
                Narrowed = [Hostile],
                Notes = [Hostile],
                Proves = Hostile,
                SourceSql = "SELECT " + Hostile + "\nFROM t",
            },
            SampleRun.Match with { Check = CheckNames.Query(Hostile), Entity = null, Outcome = new CheckOutcome.NotChecked(Hostile) },
            SampleRun.Match with { Entity = Hostile, Outcome = new CheckOutcome.Accepted([new Finding(FindingKinds.Changed, 1, [Hostile])], Hostile) },
        ],
    };
}

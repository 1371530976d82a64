using System.Globalization;
using System.Xml.Linq;
using MigrationGuard.Evidence.Documents;
using MigrationGuard.Evidence.Narrative;
using MigrationGuard.Tests.Reports;

namespace MigrationGuard.Tests.Evidence.Documents;

public sealed class HtmlDocumentTests
{
    public static TheoryData<string> Pages => ["sample", "hostile", "report", "annex"];

    [Theory, MemberData(nameof(Pages))]
    public void A_page_has_one_heading_of_level_one_and_leaves_no_level_out(string name)
    {
        var levels = Page(name).Descendants().Where(element => element.Name.LocalName is ['h', >= '1' and <= '6']).Select(element => element.Name.LocalName[1] - '0').ToList();

        levels.Count(level => level == 1).ShouldBe(1);
        levels[0].ShouldBe(1);
        levels.Zip(levels.Skip(1)).ShouldAllBe(pair => pair.Second <= pair.First + 1);
    }

    [Theory, MemberData(nameof(Pages))]
    public void A_page_says_its_language_and_begins_with_a_way_past_its_masthead(string name)
    {
        var page = Page(name);

        ((string?)page.Root!.Attribute("lang")).ShouldBe("en-GB");
        ((string?)page.Descendants("a").First().Attribute("href")).ShouldBe("#main");
        page.Descendants("main").Single().Attribute("id")!.Value.ShouldBe("main");
        page.Descendants("title").First().Value.ShouldNotBeNullOrWhiteSpace();
    }

    [Theory, MemberData(nameof(Pages))]
    public void Every_table_has_a_caption_and_headers_that_say_what_they_are_of(string name)
    {
        foreach (var table in Page(name).Descendants("table"))
        {
            table.Element("caption")!.Value.ShouldNotBeNullOrWhiteSpace();
            ((string?)table.Parent!.Attribute("aria-labelledby")).ShouldBe((string?)table.Element("caption")!.Attribute("id"));
            table.Element("thead")!.Descendants("th").ShouldAllBe(header => (string?)header.Attribute("scope") == "col");
            table.Element("tbody")!.Elements("tr").ShouldAllBe(row => (string?)row.Elements().First().Attribute("scope") == "row");
            var columns = table.Element("thead")!.Descendants("th").Count();
            table.Element("tbody")!.Elements("tr").ShouldAllBe(row => row.Elements().Count() == columns);
        }
    }

    [Theory, MemberData(nameof(Pages))]
    public void Every_drawing_has_a_title_and_a_description_that_are_read_out(string name)
    {
        foreach (var drawing in Page(name).Descendants().Where(element => element.Name.LocalName == "svg"))
        {
            ((string?)drawing.Attribute("role")).ShouldBe("img");
            var names = ((string?)drawing.Attribute("aria-labelledby"))!.Split(' ');
            drawing.Elements().Where(element => element.Name.LocalName is "title" or "desc").Select(element => (string?)element.Attribute("id")).ShouldBe(names);
            drawing.Elements().Where(element => element.Name.LocalName is "title" or "desc").ShouldAllBe(element => element.Value.Length > 0);
        }
    }

    [Theory, MemberData(nameof(Pages))]
    public void Ids_are_unique_and_every_link_within_the_page_leads_somewhere(string name)
    {
        var page = Page(name);
        var ids = page.Descendants().Attributes("id").Select(id => id.Value).ToList();

        ids.ShouldBeUnique();
        page.Descendants("a").Select(link => link.Attribute("href")!.Value).Where(target => target.StartsWith('#')).Select(target => target[1..]).ShouldBeSubsetOf(ids);
    }

    [Theory, MemberData(nameof(Pages))]
    public void A_page_runs_nothing_and_fetches_nothing(string name)
    {
        var page = Page(name);

        page.Descendants().ShouldAllBe(element => element.Name.LocalName != "script" && element.Name.LocalName != "img" && element.Name.LocalName != "link" && element.Name.LocalName != "iframe");
        page.Descendants().Attributes().ShouldAllBe(attribute => !attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase) && attribute.Name.LocalName != "src");
        page.Descendants("a").Select(link => link.Attribute("href")!.Value).ShouldAllBe(target => target.StartsWith('#') || target.StartsWith("../../data/", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Pages))]
    public void A_row_has_a_colour_only_beside_the_word_that_it_stands_for(string name)
    {
        var coloured = Page(name).Descendants("tr").Where(row => row.Attribute("class") is not null).ToList();

        coloured.ShouldAllBe(row => row.Descendants("strong").Any(word => ((string?)word.Attribute("class") ?? "").StartsWith("tag ", StringComparison.Ordinal) && word.Value.Length > 0));
    }

    [Fact]
    public void The_colours_of_tones_can_be_read() =>
        ToneColour.All.ShouldAllBe(colour => Contrast(colour.Ink, colour.Ground) >= 4.5);

    [Fact]
    public void A_pair_of_colours_that_cannot_be_read_would_be_found() => Contrast("767676", "909090").ShouldBeLessThan(4.5);

    [Fact]
    public void What_a_value_holds_stays_text()
    {
        var page = Page("hostile");
        var paragraph = page.Descendants("main").Single().Elements("p").First();

        paragraph.Value.ShouldContain("<script>alert(1)</script>");
        paragraph.Value.ShouldContain("[U+202E]txt.exe");
        paragraph.Value.ShouldContain("[U+0000][U+0007][U+FFFE][U+D800]");
    }

    [Fact]
    public void Equal_documents_are_equal_pages() => HtmlDocument.Render(SampleDocuments.Of("x")).ShouldBe(HtmlDocument.Render(SampleDocuments.Of("x")));

    private static XDocument Page(string name) => RenderedPage.Parse(HtmlDocument.Render(name switch
    {
        "sample" => SampleDocuments.Everything,
        "hostile" => SampleDocuments.Of(SampleDocuments.Hostile),
        "report" => EvidenceReport.Of(SampleEvidence.Everything),
        _ => DpiaAnnex.Of(SampleEvidence.Everything, "ico"),
    }).TrimEnd());

    // Relative luminance and contrast as WCAG 2.2 defines them.
    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Part(int place)
        {
            var part = int.Parse(colour.AsSpan(place, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * Part(0) + 0.7152 * Part(2) + 0.0722 * Part(4);
    }
}

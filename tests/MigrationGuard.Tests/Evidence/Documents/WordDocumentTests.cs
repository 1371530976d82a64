using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using MigrationGuard.Evidence.Documents;
using MigrationGuard.Evidence.Narrative;
using WordTable = DocumentFormat.OpenXml.Wordprocessing.Table;

namespace MigrationGuard.Tests.Evidence.Documents;

public sealed class WordDocumentTests
{
    public static TheoryData<string> Files => ["sample", "hostile", "report", "ico", "seven-step", "arckit"];

    [Theory, MemberData(nameof(Files))]
    public void A_file_is_valid_Office_Open_XML(string name)
    {
        using var file = Open(name);

        new OpenXmlValidator(FileFormatVersions.Office2019).Validate(file).Select(error => $"{error.Path?.XPath}: {error.Description}").ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_is_not_valid_would_be_found()
    {
        using var stream = new MemoryStream();
        stream.Write(Render("sample"));
        using var file = WordprocessingDocument.Open(stream, isEditable: true);
        file.MainDocumentPart!.Document.Body!.PrependChild(new Run(new Text("a run outside any paragraph")));

        new OpenXmlValidator(FileFormatVersions.Office2019).Validate(file).ShouldNotBeEmpty();
    }

    [Theory, MemberData(nameof(Files))]
    public void Every_table_repeats_its_header_and_has_a_caption_and_a_text_in_its_place(string name)
    {
        using var file = Open(name);

        foreach (var table in file.MainDocumentPart!.Document.Body!.Elements<WordTable>())
        {
            table.Elements<DocumentFormat.OpenXml.Wordprocessing.TableRow>().First().TableRowProperties!.Elements<TableHeader>().ShouldHaveSingleItem();
            Style(table.ElementsBefore().Last()).ShouldBe("Caption");
            table.GetFirstChild<TableProperties>()!.TableCaption!.Val!.Value.ShouldNotBeNullOrEmpty();
            table.GetFirstChild<TableProperties>()!.TableDescription!.Val!.Value.ShouldNotBeNullOrEmpty();
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void Every_style_that_is_used_is_defined(string name)
    {
        using var file = Open(name);
        var defined = file.MainDocumentPart!.StyleDefinitionsPart!.Styles!.Elements<Style>().Select(style => style.StyleId!.Value).ToList();
        var body = file.MainDocumentPart.Document.Body!;

        body.Descendants<ParagraphStyleId>().Select(style => style.Val!.Value).Distinct().ShouldBeSubsetOf(defined);
        body.Descendants<RunStyle>().Select(style => style.Val!.Value).Distinct().ShouldBeSubsetOf(defined);
        body.Descendants<TableStyle>().Select(style => style.Val!.Value).Distinct().ShouldBeSubsetOf(defined);
    }

    [Fact]
    public void A_file_has_real_headings_properties_and_a_language()
    {
        using var file = Open("report");
        var paragraphs = file.MainDocumentPart!.Document.Body!.Elements<Paragraph>().ToList();

        Style(paragraphs[0]).ShouldBe("Title");
        paragraphs.Where(paragraph => Style(paragraph) == "Heading1").Select(paragraph => paragraph.InnerText).ShouldContain("Commitments");
        paragraphs.ShouldContain(paragraph => Style(paragraph) == "Heading2");
        file.PackageProperties.Title.ShouldBe("Evidence of the migration of Casework and fee register");
        file.PackageProperties.Subject.ShouldBe("Evidence report, the whole project");
        file.PackageProperties.Creator.ShouldBe(SampleEvidence.Tool);
        file.MainDocumentPart.StyleDefinitionsPart!.Styles!.DocDefaults!.Descendants<Languages>().Single().Val!.Value.ShouldBe("en-GB");
    }

    [Fact]
    public void Links_within_a_file_lead_to_bookmarks_and_the_others_to_files_of_the_pack()
    {
        using var file = Open("sample");
        var body = file.MainDocumentPart!.Document.Body!;
        var bookmarks = body.Descendants<BookmarkStart>().Select(bookmark => bookmark.Name!.Value).ToList();

        bookmarks.ShouldBeUnique();
        body.Descendants<Hyperlink>().Where(link => link.Anchor is not null).ShouldAllBe(link => bookmarks.Contains(link.Anchor!.Value));
        file.MainDocumentPart.HyperlinkRelationships.Select(link => link.Uri.OriginalString).ShouldBe(["../../data/results/Rows"]);
    }

    [Fact]
    public void Characters_that_XML_forbids_are_spelt_out()
    {
        using var file = Open("hostile");

        file.MainDocumentPart!.Document.Body!.InnerText.ShouldContain("[U+0000][U+0007][U+FFFE][U+D800]");
    }

    [Fact]
    public void Equal_documents_are_equal_files() => Render("report").ShouldBe(Render("report"));

    private static string? Style(OpenXmlElement element) => (element as Paragraph)?.ParagraphProperties?.ParagraphStyleId?.Val?.Value;

    private static WordprocessingDocument Open(string name) => WordprocessingDocument.Open(new MemoryStream(Render(name)), isEditable: false);

    private static byte[] Render(string name) => WordDocument.Render(name switch
    {
        "sample" => SampleDocuments.Everything,
        "hostile" => SampleDocuments.Of(SampleDocuments.Hostile),
        "report" => EvidenceReport.Of(SampleEvidence.Everything),
        var template => DpiaAnnex.Of(SampleEvidence.Everything, template),
    });
}

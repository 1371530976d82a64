using FsCheck;
using FsCheck.Fluent;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MigrationGuard.Evidence.Documents;
using MigrationGuard.Evidence.Narrative;
using Block = MigrationGuard.Evidence.Documents.Block;
using Inline = MigrationGuard.Evidence.Documents.Inline;
using MarkdownDocument = MigrationGuard.Evidence.Documents.MarkdownDocument;
using Table = Markdig.Extensions.Tables.Table;
using TableRow = Markdig.Extensions.Tables.TableRow;

namespace MigrationGuard.Tests.Evidence.Documents;

public sealed class MarkdownDocumentTests
{
    // Tables and strike-through as GitHub has them, addresses made links wherever they are found.
    private static readonly MarkdownPipeline GitHub = new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras().UseAutoLinks().UseTaskLists().UseFootnotes().Build();

    [Fact]
    public void A_hostile_value_becomes_no_link_no_element_and_no_cell() => ShouldHoldNothingBut(SampleDocuments.Hostile);

    [Fact]
    public void No_value_becomes_a_link_an_element_or_a_cell() =>
        Prop.ForAll(Gen.ListOf(Gen.Elements(Pieces)).Select(pieces => string.Concat(pieces)).ToArbitrary(), value =>
        {
            ShouldHoldNothingBut(value);
            return true;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("http://evil.example/x")]
    [InlineData("<b>x</b>")]
    [InlineData("[x](y)")]
    public void A_value_that_nobody_escaped_would_be_found(string value) =>
        Markdown.Parse(value, GitHub).Descendants().Where(element => element is LinkInline or HtmlInline or HtmlBlock).ShouldNotBeEmpty();

    [Theory]
    [InlineData("ico")]
    [InlineData("seven-step")]
    [InlineData("arckit")]
    public void Every_row_of_an_annex_has_as_many_cells_as_its_header(string template)
    {
        var tables = Markdown.Parse(MarkdownDocument.Render(DpiaAnnex.Of(SampleEvidence.Everything, template)), GitHub).Descendants<Table>().ToList();

        tables.Count.ShouldBeGreaterThan(3);
        tables.ShouldAllBe(table => table.OfType<TableRow>().All(row => row.Count == ((TableRow)table[0]).Count));
    }

    [Fact]
    public void A_value_is_read_as_it_was()
    {
        var document = SampleDocuments.Everything with { Blocks = [new Block.Paragraph(["2 * 3 _is_ ", new Inline.Code("a`b|c"), " [6] <7> \\ 1. |"])] };

        var paragraph = Markdown.Parse(MarkdownDocument.Render(document), GitHub).OfType<ParagraphBlock>().Last();

        string.Concat(paragraph.Inline!.Select(inline => inline is CodeInline code ? code.Content : ((LiteralInline)inline).Content.ToString())).ShouldBe("2 * 3 _is_ a`b|c [6] <7> \\ 1. |");
    }

    private static string[] Pieces =>
        ["a", " ", "\n", "|", "\\", "`", "``", "*", "_", "[", "]", "(", ")", "<", ">", "<b>", "</b>", "http://x.example", "www.x.example", "a@x.example", "!", "#", "-", "1.", "&lt;", "&", "~~", "\"", "'", "\u202E", "mailto:", "://", ":", "=", "+", "^", "$", "{", "}", "é"];

    private static void ShouldHoldNothingBut(string value)
    {
        var harmless = Shape(SampleDocuments.Of("x"));
        var shape = Shape(SampleDocuments.Of("x" + value + "x"));

        shape.Foreign.ShouldBeEmpty(value);
        shape.Links.ShouldAllBe(target => target.StartsWith("../../data/results/", StringComparison.Ordinal));
        shape.Cells.ShouldBe(harmless.Cells, value);
        shape.Headings.ShouldBe(harmless.Headings, value);
        shape.Items.ShouldBe(harmless.Items, value);
    }

    private static (List<string> Foreign, List<string> Links, List<int> Cells, int Headings, int Items) Shape(Document document)
    {
        var parsed = Markdown.Parse(MarkdownDocument.Render(document), GitHub);
        var all = parsed.Descendants().ToList();
        return (
            [.. all.Where(element => element is HtmlBlock or HtmlInline or HtmlEntityInline or AutolinkInline or QuoteBlock or ThematicBreakBlock or LinkReferenceDefinition).Select(element => element.ToString()!)],
            [.. all.OfType<LinkInline>().Select(link => link.IsImage ? "an image" : link.Url ?? "")],
            [.. all.OfType<TableRow>().Select(row => row.Count)],
            all.OfType<HeadingBlock>().Count(),
            all.OfType<ListItemBlock>().Count());
    }
}

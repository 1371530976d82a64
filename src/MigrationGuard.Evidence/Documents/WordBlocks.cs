using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using MigrationGuard.Evidence.Reports;
using WordTable = DocumentFormat.OpenXml.Wordprocessing.Table;
using WordTableRow = DocumentFormat.OpenXml.Wordprocessing.TableRow;

namespace MigrationGuard.Evidence.Documents;

/// <summary>Blocks as paragraphs and tables of a Word document.</summary>
internal sealed class WordBlocks(MainDocumentPart main, Document document)
{
    // Twentieths of a point between the margins of an A4 page.
    private const int PageWidth = 9638;

    private readonly WordText _text = new(main, document.FoldersDeep);
    private int _bookmarks;

    public IEnumerable<OpenXmlElement> Elements() =>
    [
        Styled(WordStyles.Title, WordText.Run(document.Title)),
        Styled(WordStyles.Subtitle, WordText.Run($"{document.Subject}. Said as of {Figures.Moment(document.Created)} by {document.Creator}. Times are in UTC.")),
        .. document.Blocks.SelectMany(Elements),
    ];

    private IEnumerable<OpenXmlElement> Elements(Block block) => block switch
    {
        Block.Heading heading => [Heading(heading)],
        Block.Paragraph paragraph => [new Paragraph(_text.Runs(paragraph.Text))],
        Block.Notice notice => Notice(notice),
        Block.BulletList list => list.Items.Select(item => Styled(WordStyles.Bullet, [.. _text.Runs(item)])),
        Block.DefinitionList list => list.Items.Select(item =>
            Styled(WordStyles.Definition, [WordText.Run(item.Term + ": ", new RunProperties(new RunStyle { Val = WordStyles.Strong })), .. _text.Runs(item.Text)])),
        Block.CodeBlock code => [Styled(WordStyles.CodeParagraph, WordText.Lines(code.Text))],
        Block.Details details => [Styled(WordStyles.Summary, WordText.Run(details.Summary)), .. details.Blocks.SelectMany(Elements)],
        Table table => Elements(table, table.Caption),
        // A drawing would not follow the reader's colours and sizes; a table of the same figures does, and is read out.
        Chart chart => Elements(ChartTable.Of(chart), chart.Description),
        _ => throw new InvalidOperationException("A block that does not exist."),
    };

    private Paragraph Heading(Block.Heading heading)
    {
        var id = (++_bookmarks).ToString(CultureInfo.InvariantCulture);
        return Styled(
            WordStyles.Heading(Math.Clamp(heading.Level, 2, 4) - 1),
            new BookmarkStart { Id = id, Name = WordText.Bookmark(heading.Anchor) },
            WordText.Run(heading.Words),
            new BookmarkEnd { Id = id });
    }

    private IEnumerable<Paragraph> Notice(Block.Notice notice)
    {
        var colour = notice.Tone.Colour();
        yield return Noticed(colour, WordStyles.NoticeWord, [WordText.Run(notice.Tone.Word(), new RunProperties(new Color { Val = colour.Ink }))]);
        foreach (var line in notice.More.Prepend(notice.Words))
            yield return Noticed(colour, WordStyles.Notice, _text.Runs(line, colour.Ink));
    }

    private static Paragraph Noticed(ToneColour colour, string style, IEnumerable<OpenXmlElement> runs)
    {
        var edge = colour.Ground == "FFFFFF" ? colour.Ink : colour.Ground;
        return new Paragraph(
        [
            new ParagraphProperties(
                new ParagraphStyleId { Val = style },
                new ParagraphBorders(Edge<TopBorder>(edge), Edge<LeftBorder>(edge), Edge<BottomBorder>(edge), Edge<RightBorder>(edge)),
                new Shading { Val = ShadingPatternValues.Clear, Color = "auto", Fill = colour.Ground }),
            .. runs,
        ]);
    }

    private static T Edge<T>(string colour) where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 12, Space = 4, Color = colour };

    private IEnumerable<OpenXmlElement> Elements(Table table, string description)
    {
        var shares = Math.Max(1, table.Columns.Sum(column => column.Share));
        yield return Styled(WordStyles.Caption, WordText.Run(table.Caption));
        yield return new WordTable(
        [
            new TableProperties(
                new TableStyle { Val = WordStyles.Table },
                new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct },
                new TableLayout { Type = TableLayoutValues.Fixed },
                new TableLook { Val = "00A0", FirstRow = true, LastRow = false, FirstColumn = true, LastColumn = false, NoHorizontalBand = true, NoVerticalBand = true },
                new TableCaption { Val = InvisibleCharacters.InText(table.Caption) },
                new TableDescription { Val = InvisibleCharacters.InText(description) }),
            new TableGrid(table.Columns.Select(column => new GridColumn { Width = (PageWidth * column.Share / shares).ToString(CultureInfo.InvariantCulture) })),
            new WordTableRow([
                new TableRowProperties(new CantSplit(), new TableHeader()),
                .. table.Columns.Select(column => Cell(column, [WordText.Run(column.Header)])),
            ]),
            .. table.Rows.Select(row => new WordTableRow(
            [
                new TableRowProperties(new CantSplit()),
                .. row.Cells.Select((cell, place) => Cell(table.Columns[place], _text.Runs(cell))),
            ])),
        ]);
        // Two tables without a paragraph between them would become one.
        yield return Styled(WordStyles.AfterTable);
    }

    private static TableCell Cell(Column column, IEnumerable<OpenXmlElement> runs)
    {
        var properties = new ParagraphProperties(new ParagraphStyleId { Val = WordStyles.TableText });
        if (column.IsFigure)
            properties.AppendChild(new Justification { Val = JustificationValues.Right });
        // No width of its own: the grid has it, once for all rows.
        return new TableCell(new Paragraph([properties, .. runs]));
    }

    // An array, since an element is itself a sequence of its children.
    private static Paragraph Styled(string style, params OpenXmlElement[] content) =>
        new([new ParagraphProperties(new ParagraphStyleId { Val = style }), .. content]);
}

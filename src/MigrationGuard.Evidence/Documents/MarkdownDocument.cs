using System.Globalization;
using System.Text;
using MigrationGuard.Evidence.Reports;

namespace MigrationGuard.Evidence.Documents;

/// <summary>A document as GitHub's Markdown, which a DPIA kept as text takes in.</summary>
public static class MarkdownDocument
{
    /// <summary>The whole text, the same for equal documents; it ends with an end of line.</summary>
    public static string Render(Document document)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(MarkdownText.Escaped(document.Title)).Append("\n\n");
        text.Append(MarkdownText.Escaped($"{document.Subject}. Said as of {Figures.Moment(document.Created)} by {document.Creator}. Times are in UTC.")).Append("\n\n");
        foreach (var block in document.Blocks)
            Write(text, block, document.FoldersDeep);
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Write(StringBuilder text, Block block, int foldersDeep)
    {
        switch (block)
        {
            case Block.Heading heading:
                text.Append('#', Math.Clamp(heading.Level, 2, 4)).Append(' ').Append(MarkdownText.Escaped(heading.Words)).Append("\n\n");
                break;
            case Block.Paragraph paragraph:
                Paragraph(text, paragraph.Text, foldersDeep);
                break;
            case Block.Notice notice:
                Paragraph(text, [new Inline.Tag(notice.Tone), ": ", new Inline.Strong(notice.Words)], foldersDeep);
                foreach (var line in notice.More)
                    Paragraph(text, line, foldersDeep);
                break;
            case Block.BulletList list:
                foreach (var item in list.Items)
                    text.Append("- ").Append(MarkdownText.Of(item, foldersDeep, inTable: false)).Append('\n');
                text.Append('\n');
                break;
            case Block.DefinitionList list:
                foreach (var item in list.Items)
                    text.Append("- ").Append(MarkdownText.Of([new Inline.Strong(item.Term + ":"), " ", .. item.Text], foldersDeep, inTable: false)).Append('\n');
                text.Append('\n');
                break;
            case Block.CodeBlock code:
                Fenced(text, code.Text);
                break;
            case Block.Details details:
                Paragraph(text, new Inline.Strong(details.Summary), foldersDeep);
                foreach (var inner in details.Blocks)
                    Write(text, inner, foldersDeep);
                break;
            case Table table:
                Write(text, table, foldersDeep);
                break;
            case Chart chart:
                Paragraph(text, chart.Description, foldersDeep);
                Write(text, ChartTable.Of(chart), foldersDeep);
                break;
            default:
                throw new InvalidOperationException("A block that does not exist.");
        }
    }

    private static void Paragraph(StringBuilder text, Line line, int foldersDeep)
    {
        if (!line.IsEmpty)
            text.Append(MarkdownText.Of(line, foldersDeep, inTable: false)).Append("\n\n");
    }

    private static void Fenced(StringBuilder text, string code)
    {
        var fence = new string('`', Math.Max(3, MarkdownText.LongestRun(code, '`') + 1));
        text.Append(fence).Append('\n').Append(InvisibleCharacters.InText(code.ReplaceLineEndings("\n")).TrimEnd('\n')).Append('\n').Append(fence).Append("\n\n");
    }

    private static void Write(StringBuilder text, Table table, int foldersDeep)
    {
        text.Append(CultureInfo.InvariantCulture, $"*{MarkdownText.Escaped(table.Caption)}*\n\n|");
        foreach (var column in table.Columns)
            text.Append(' ').Append(MarkdownText.Escaped(column.Header, inTable: true)).Append(" |");
        text.Append("\n|");
        foreach (var column in table.Columns)
            text.Append(column.IsFigure ? " ---: |" : " --- |");
        text.Append('\n');
        foreach (var row in table.Rows)
        {
            text.Append('|');
            foreach (var cell in row.Cells)
                text.Append(' ').Append(MarkdownText.Of(cell, foldersDeep, inTable: true)).Append(" |");
            text.Append('\n');
        }
        text.Append('\n');
    }
}

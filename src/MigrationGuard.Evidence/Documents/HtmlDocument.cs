using System.Globalization;
using System.Text;
using MigrationGuard.Evidence.Reports;

namespace MigrationGuard.Evidence.Documents;

/// <summary>A document as one HTML page that needs nothing but itself: no script, its style within it, nothing fetched from anywhere.</summary>
public static class HtmlDocument
{
    private static readonly string Sheet = ReportStyle.Sheet.Value + ReportStyle.Read("document.css");

    /// <summary>The whole page, the same for equal documents.</summary>
    public static string Render(Document document) => new Page(document).Render();

    private sealed class Page(Document document)
    {
        private readonly StringBuilder _html = new(64 * 1024);
        private int _captions;
        private int _charts;

        public string Render()
        {
            var title = HtmlText.Escaped(document.Title);
            _html.Append(CultureInfo.InvariantCulture, $"""
                <!DOCTYPE html>
                <html lang="{HtmlText.Escaped(document.Language)}">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light">
                <meta name="description" content="{HtmlText.Escaped(document.Subject)}">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
                <title>{title}</title>
                <style>{Sheet}</style>
                </head>
                <body>
                <a class="skip" href="#main">Skip to the report</a>
                <header class="masthead"><p><strong>MigrationGuard</strong> <span>{HtmlText.Escaped(document.Subject)}</span></p></header>
                <main id="main">
                <h1 class="title">{title}</h1>

                """);
            foreach (var block in document.Blocks)
                Write(block);
            _html.Append(CultureInfo.InvariantCulture, $"""
                </main>
                <footer><p>Said as of {Figures.Moment(document.Created)} by {HtmlText.Escaped(document.Creator)}. Times are in UTC.</p></footer>
                </body>
                </html>

                """);
            return _html.ToString();
        }

        private void Write(Block block)
        {
            switch (block)
            {
                case Block.Heading heading:
                    var level = Math.Clamp(heading.Level, 2, 4);
                    _html.Append(CultureInfo.InvariantCulture, $"<h{level} id=\"{HtmlText.Escaped(heading.Anchor)}\">{HtmlText.Escaped(heading.Words)}</h{level}>\n");
                    break;
                case Block.Paragraph paragraph:
                    Element("p", paragraph.Text);
                    break;
                case Block.Notice notice:
                    Write(notice);
                    break;
                case Block.BulletList list:
                    _html.Append("<ul>\n");
                    foreach (var item in list.Items)
                        Element("li", item);
                    _html.Append("</ul>\n");
                    break;
                case Block.DefinitionList list:
                    Write(list);
                    break;
                case Block.CodeBlock code:
                    _html.Append("<pre>").Append(HtmlText.Escaped(code.Text.ReplaceLineEndings("\n"))).Append("</pre>\n");
                    break;
                case Block.Details details:
                    _html.Append("<details><summary>").Append(HtmlText.Escaped(details.Summary)).Append("</summary>\n");
                    foreach (var inner in details.Blocks)
                        Write(inner);
                    _html.Append("</details>\n");
                    break;
                case Table table:
                    Write(table);
                    break;
                case Chart chart:
                    _html.Append("<figure>\n");
                    SvgChart.Write(_html, chart, ++_charts);
                    _html.Append("<figcaption>").Append(HtmlText.Escaped(chart.Title)).Append(". ").Append(HtmlText.Escaped(chart.Description)).Append("</figcaption>\n</figure>\n");
                    break;
                default:
                    throw new InvalidOperationException("A block that does not exist.");
            }
        }

        private void Write(Block.Notice notice)
        {
            var word = notice.Tone.Word();
            _html.Append(CultureInfo.InvariantCulture, $"<section class=\"notice notice-{notice.Tone.Colour().Name}\" aria-label=\"{word}\">\n<p class=\"kicker\">{word}</p>\n<p class=\"why\">{HtmlText.Escaped(notice.Words)}</p>\n");
            foreach (var line in notice.More)
                Element("p", line);
            _html.Append("</section>\n");
        }

        private void Write(Block.DefinitionList list)
        {
            _html.Append("<dl class=\"facts\">\n");
            foreach (var item in list.Items)
            {
                _html.Append("<div><dt>").Append(HtmlText.Escaped(item.Term)).Append("</dt>");
                Element("dd", item.Text, "</div>\n");
            }
            _html.Append("</dl>\n");
        }

        private void Write(Table table)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"table-{++_captions}");
            _html.Append(CultureInfo.InvariantCulture, $"<div class=\"wide\" role=\"region\" aria-labelledby=\"{id}\" tabindex=\"0\">\n<table>\n<caption id=\"{id}\">{HtmlText.Escaped(table.Caption)}</caption>\n<colgroup>");
            var shares = Math.Max(1, table.Columns.Sum(column => column.Share));
            foreach (var column in table.Columns)
                _html.Append(CultureInfo.InvariantCulture, $"<col style=\"width:{100 * column.Share / shares}%\" />");
            _html.Append("</colgroup>\n<thead><tr>");
            foreach (var column in table.Columns)
                _html.Append(column.IsFigure ? "<th scope=\"col\" class=\"figure\">" : "<th scope=\"col\">").Append(HtmlText.Escaped(column.Header)).Append("</th>");
            _html.Append("</tr></thead>\n<tbody>\n");
            foreach (var row in table.Rows)
                Write(row, table.Columns);
            _html.Append("</tbody>\n</table>\n</div>\n");
        }

        private void Write(TableRow row, IReadOnlyList<Column> columns)
        {
            _html.Append(row.Tone is { } tone ? $"<tr class=\"row-{tone.Colour().Name}\">" : "<tr>");
            foreach (var (place, cell) in row.Cells.Index())
            {
                _html.Append((place, columns[place].IsFigure) switch
                {
                    (0, _) => "<th scope=\"row\">",
                    (_, true) => "<td class=\"figure\">",
                    _ => "<td>",
                });
                HtmlText.Write(_html, cell, document.FoldersDeep);
                _html.Append(place == 0 ? "</th>" : "</td>");
            }
            _html.Append("</tr>\n");
        }

        private void Element(string name, Line line, string end = "\n")
        {
            _html.Append('<').Append(name).Append('>');
            HtmlText.Write(_html, line, document.FoldersDeep);
            _html.Append("</").Append(name).Append('>').Append(end);
        }
    }
}

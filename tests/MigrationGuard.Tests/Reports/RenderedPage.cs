using System.Text.RegularExpressions;
using System.Xml.Linq;
using MigrationGuard.Evidence.Reports;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Tests.Reports;

/// <summary>A rendered report, read as strictly as XML is: an element left open or a stray bracket is an error.</summary>
internal sealed partial class RenderedPage
{
    private RenderedPage(string html)
    {
        Html = html;
        Document = Parse(html);
    }

    public string Html { get; }

    public XDocument Document { get; }

    /// <summary>The page without its style sheet, which has no part in what the report says.</summary>
    public string WithoutStyle => Style().Replace(Html, "<style></style>");

    /// <summary>What a reader reads, with single spaces.</summary>
    public string Text => Spaces().Replace(Document.Descendants("body").Single().Value, " ");

    /// <summary>The headings in their order, each with its level.</summary>
    public IReadOnlyList<(int Level, string Text)> Headings =>
        [.. Document.Descendants()
            .Where(element => element.Name.LocalName is ['h', >= '1' and <= '6'])
            .Select(element => (element.Name.LocalName[1] - '0', Spaces().Replace(element.Value, " ").Trim()))];

    public static async Task<RenderedPage> Of(RunDocument run) => new(await RunReport.RenderAsync(run, CancellationToken.None));

    /// <exception cref="System.Xml.XmlException">The page is not well-formed.</exception>
    public static XDocument Parse(string html)
    {
        html.ShouldStartWith("<!DOCTYPE html>");
        // The only elements of the page that HTML leaves open.
        return XDocument.Parse(Meta().Replace(html["<!DOCTYPE html>".Length..], "$0</meta>"), LoadOptions.PreserveWhitespace);
    }

    public XElement ById(string id) => Document.Descendants().Single(element => (string?)element.Attribute("id") == id);

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("<meta [^>]*>")]
    private static partial Regex Meta();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}

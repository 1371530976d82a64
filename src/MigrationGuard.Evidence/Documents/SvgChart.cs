using System.Globalization;
using System.Text;
using MigrationGuard.Evidence.Reports;

namespace MigrationGuard.Evidence.Documents;

/// <summary>Charts as drawings within a page, each with a title and a description that are read out in its place.</summary>
internal static class SvgChart
{
    private const int Width = 760;

    /// <param name="number">The chart's place in its document, which keeps its ids apart from others'.</param>
    public static void Write(StringBuilder html, Chart chart, int number)
    {
        var drawing = new StringBuilder();
        var height = chart switch
        {
            Chart.Bars bars => Draw(drawing, bars),
            Chart.Timeline timeline => Draw(drawing, timeline),
            Chart.HourCalendar calendar => HourDrawing.Draw(drawing, calendar.First, calendar.Hours),
            _ => throw new InvalidOperationException("A chart that does not exist."),
        };
        html.Append(CultureInfo.InvariantCulture, $"""
            <svg role="img" aria-labelledby="chart-{number}-title chart-{number}-text" viewBox="0 0 {Width} {height}" xmlns="http://www.w3.org/2000/svg">
            <title id="chart-{number}-title">{HtmlText.Escaped(chart.Title)}</title>
            <desc id="chart-{number}-text">{HtmlText.Escaped(chart.Description)}</desc>
            {drawing}</svg>

            """);
    }

    private static int Draw(StringBuilder svg, Chart.Bars chart)
    {
        const int Left = 210, Longest = 300, RowHeight = 34, Top = 30;
        var largest = Math.Max(1, chart.Pairs.SelectMany(pair => new[] { pair.Source ?? 0, pair.Target ?? 0 }).DefaultIfEmpty().Max());
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"source\" x=\"{Left}\" y=\"4\" width=\"12\" height=\"12\"/>");
        Words(svg, Left + 18, 14, $"source (upper bar), {chart.Unit}");
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"target\" x=\"{Left + 230}\" y=\"4\" width=\"12\" height=\"12\"/>");
        Words(svg, Left + 248, 14, $"target (lower bar), {chart.Unit}");
        svg.Append('\n');
        foreach (var (place, pair) in chart.Pairs.Index())
        {
            var y = Top + place * RowHeight;
            Words(svg, Left - 8, y + 18, Short(pair.Name, 32), "end");
            Bar("source", pair.Source, y + 2);
            Bar("target", pair.Target, y + 15);
            Words(svg, Left + Longest + 10, y + 18, Reading(pair), weight: pair.Source == pair.Target ? null : "bad");
            svg.Append('\n');
        }
        return Top + chart.Pairs.Count * RowHeight + 4;

        void Bar(string side, long? value, int y)
        {
            // What is there at all is to be seen.
            if (value is > 0 and { } rows)
                svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{side}\" x=\"{Left}\" y=\"{y}\" width=\"{Math.Max(1, (int)((decimal)rows / largest * Longest))}\" height=\"11\"/>");
        }
    }

    private static string Reading(BarPair pair) => (pair.Source, pair.Target) switch
    {
        ({ } source, { } target) when source == target => Figures.Count(source),
        ({ } source, { } target) => $"{Figures.Count(source)} \u2192 {Figures.Count(target)}: differs",
        ({ } source, null) => $"{Figures.Count(source)} \u2192 not measured",
        (null, { } target) => $"not measured \u2192 {Figures.Count(target)}",
        _ => "not measured",
    };

    private static int Draw(StringBuilder svg, Chart.Timeline chart)
    {
        const int Left = 130, Right = Width - 60, LaneHeight = 30, Top = 8;
        var lanes = chart.Events.Select(happened => happened.Tone).Distinct().Order().ToList();
        var (first, last) = (chart.Events.Min(happened => happened.At), chart.Events.Max(happened => happened.At));
        foreach (var (lane, tone) in lanes.Index())
        {
            var y = Top + lane * LaneHeight + 15;
            Words(svg, Left - 20, y + 4, tone.Word(), "end");
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"lane\" x1=\"{Left - 10}\" y1=\"{y}\" x2=\"{Right + 10}\" y2=\"{y}\"/>\n");
        }
        foreach (var happened in chart.Events)
        {
            var y = Top + lanes.IndexOf(happened.Tone) * LaneHeight + 15;
            var x = last == first ? (Left + Right) / 2 : Left + (int)((Right - Left) * ((happened.At - first) / (last - first)));
            Marker(svg, happened.Tone.Colour(), x, y, $"{happened.Name}, {Figures.Moment(happened.At)}: {happened.Tone.Word()}");
        }
        var bottom = Top + lanes.Count * LaneHeight + 18;
        if (first == last)
        {
            Words(svg, (Left + Right) / 2, bottom, Figures.Moment(first), "middle");
        }
        else
        {
            Words(svg, Left - 10, bottom, Figures.Moment(first));
            Words(svg, Right + 10, bottom, Figures.Moment(last), "end");
        }
        svg.Append('\n');
        return bottom + 10;
    }

    // A form for each colour, so that one lane is not told from another by colour.
    private static void Marker(StringBuilder svg, ToneColour colour, int x, int y, string reading)
    {
        var form = colour.Name switch
        {
            "good" => string.Create(CultureInfo.InvariantCulture, $"<circle class=\"mark-good\" cx=\"{x}\" cy=\"{y}\" r=\"7\">"),
            "bad" => string.Create(CultureInfo.InvariantCulture, $"<path class=\"mark-bad\" d=\"M{x} {y - 9}l9 9l-9 9l-9 -9z\">"),
            _ => string.Create(CultureInfo.InvariantCulture, $"<path class=\"mark-open\" d=\"M{x - 6} {y - 6}h12v12h-12z\">"),
        };
        svg.Append(form).Append("<title>").Append(HtmlText.Escaped(reading)).Append("</title>").Append(colour.Name == "good" ? "</circle>" : "</path>").Append('\n');
    }

    private static void Words(StringBuilder svg, int x, int y, string words, string? anchor = null, string? weight = null)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x}\" y=\"{y}\"");
        if (anchor is not null)
            svg.Append(" text-anchor=\"").Append(anchor).Append('"');
        if (weight is not null)
            svg.Append(" class=\"").Append(weight).Append('"');
        svg.Append('>').Append(HtmlText.Escaped(words)).Append("</text>");
    }

    private static string Short(string name, int longest) => name.Length <= longest ? name : name[..(longest - 1)] + "\u2026";
}

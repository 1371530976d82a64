using System.Globalization;
using System.Text;

namespace MigrationGuard.Evidence.Reports;

/// <summary>A calendar of hours as a drawing: a row a day, a cell an hour.</summary>
internal static class HourDrawing
{
    public const int Width = 760;

    /// <summary>The inside of an <c>svg</c> element that is <see cref="Width"/> wide.</summary>
    /// <returns>Its height.</returns>
    public static int Draw(StringBuilder svg, DateOnly first, IReadOnlyList<HourState> hours)
    {
        const int Left = 100, Top = 24, CellWidth = 24, CellHeight = 17;
        for (var hour = 0; hour < HourStates.HoursADay; hour += 3)
            Words(svg, Left + hour * CellWidth, Top - 8, hour.ToString("00", CultureInfo.InvariantCulture));
        svg.Append('\n');
        var row = 0;
        foreach (var (day, ofDay) in HourStates.Days(first, hours))
        {
            var y = Top + row++ * CellHeight;
            Words(svg, Left - 8, y + 12, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), " text-anchor=\"end\"");
            foreach (var (hour, state) in ofDay.Index())
            {
                var (x, kind) = (Left + hour * CellWidth, state.ToString().ToLowerInvariant());
                svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"hour-{kind}\" x=\"{x}\" y=\"{y}\" width=\"{CellWidth - 2}\" height=\"{CellHeight - 2}\"/>");
                if (state != HourState.Done)
                    Words(svg, x + (CellWidth - 2) / 2, y + 12, state.Sign().ToString(), $" text-anchor=\"middle\" class=\"hour-{kind}\"");
            }
            svg.Append('\n');
        }
        var bottom = Top + row * CellHeight + 16;
        Words(svg, Left, bottom, $"Filled: {HourState.Done.Word()}. {HourState.Missed.Sign()}: {HourState.Missed.Word()}. {HourState.Unknown.Sign()}: {HourState.Unknown.Word()}.");
        svg.Append('\n');
        return bottom + 8;
    }

    private static void Words(StringBuilder svg, int x, int y, string words, string attributes = "") =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x}\" y=\"{y}\"{attributes}>{words}</text>");
}

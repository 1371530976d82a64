using System.Globalization;
using MigrationGuard.Evidence.Reports;

namespace MigrationGuard.Evidence.Documents;

/// <summary>What a chart draws as a table, for documents that hold no drawings.</summary>
internal static class ChartTable
{
    public static Table Of(Chart chart) => chart switch
    {
        Chart.Bars bars => new Table(chart.Title, [new Column("Name", Share: 4), new Column($"Source, {bars.Unit}", IsFigure: true), new Column($"Target, {bars.Unit}", IsFigure: true)],
            [.. bars.Pairs.Select(pair => new TableRow(new Inline.Code(pair.Name), Figure(pair.Source), Figure(pair.Target)))]),
        Chart.Timeline timeline => new Table(chart.Title, ["When (UTC)", "What", "What came of it"],
            [.. timeline.Events.Select(happened => new TableRow(Figures.Moment(happened.At), happened.Name, new Inline.Tag(happened.Tone)))]),
        Chart.HourCalendar calendar => new Table($"{chart.Title} ({Signs})", [new Column("Day"), new Column("Hours 00 to 23 (UTC)", Share: 4), new Column("Missing", IsFigure: true, Share: 1)],
            [.. HourStates.Days(calendar.First, calendar.Hours).Select(Row)]),
        _ => throw new InvalidOperationException("A chart that does not exist."),
    };

    private static string Signs { get; } = string.Join(", ", Enum.GetValues<HourState>().Select(state => $"{state.Sign()} {state.Word()}"));

    private static TableRow Row((DateOnly Day, IReadOnlyList<HourState> Hours) day) => new(
        day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        new Inline.Code(string.Concat(day.Hours.Select(state => state.Sign()))),
        Figures.Count(day.Hours.Count(state => state == HourState.Missed)));

    private static Line Figure(long? value) => value is { } number ? Figures.Count(number) : "not measured";
}

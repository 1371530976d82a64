using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Evidence.Reports;

/// <summary>What is known of an hour.</summary>
public enum HourState
{
    /// <summary>What should have happened in it did.</summary>
    Done,

    /// <summary>It did not.</summary>
    Missed,

    /// <summary>Nobody looked, or it is yet to come.</summary>
    Unknown,
}

/// <summary>Hours as they are drawn and written: a sign each, so that colour is never all there is.</summary>
internal static class HourStates
{
    public const int HoursADay = 24;

    public static char Sign(this HourState hour) => hour switch
    {
        HourState.Done => '\u25A0',
        HourState.Missed => '\u00D7',
        _ => '\u00B7',
    };

    public static string Word(this HourState hour) => hour switch
    {
        HourState.Done => "covered",
        HourState.Missed => "missing",
        _ => "not known",
    };

    /// <summary>The hours that a result holds.</summary>
    public static IReadOnlyList<HourState> Of(HourCoverage hours) => [.. hours.States.Select(state => state switch
    {
        HourCoverage.Covered => HourState.Done,
        HourCoverage.Missing => HourState.Missed,
        _ => HourState.Unknown,
    })];

    /// <summary>Each day with its hours; the last day may have fewer than 24.</summary>
    public static IEnumerable<(DateOnly Day, IReadOnlyList<HourState> Hours)> Days(DateOnly first, IReadOnlyList<HourState> hours) =>
        hours.Chunk(HoursADay).Select((ofDay, day) => (first.AddDays(day), (IReadOnlyList<HourState>)ofDay));

    /// <summary>What there is to be seen, for whoever does not see it.</summary>
    public static string InWords(DateOnly first, IReadOnlyList<HourState> hours)
    {
        var missed = hours.Index().Where(hour => hour.Item == HourState.Missed).Select(hour => first.ToDateTime(TimeOnly.MinValue).AddHours(hour.Index)).ToList();
        var counts = $"{Figures.Count(hours.Count(hour => hour == HourState.Done), "hour", "hours")} covered, {Figures.Count(missed.Count)} missing, {Figures.Count(hours.Count(hour => hour == HourState.Unknown))} not known.";
        return missed.Count == 0 ? counts : FormattableString.Invariant($"{counts} The first that is missing begins at {missed[0]:yyyy-MM-dd HH:mm} UTC, the last at {missed[^1]:yyyy-MM-dd HH:mm} UTC.");
    }
}

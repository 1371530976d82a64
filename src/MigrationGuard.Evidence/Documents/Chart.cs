namespace MigrationGuard.Evidence.Documents;

/// <summary>A picture of figures, for where looking beats reading.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Description">What there is to be seen in it, for whoever does not see it.</param>
public abstract record Chart(string Title, string Description) : Block
{
    /// <summary>A pair of bars for each name: the source above, the target below.</summary>
    /// <param name="Unit">What is counted.</param>
    public sealed record Bars(string Title, string Description, string Unit, IReadOnlyList<BarPair> Pairs) : Chart(Title, Description);

    /// <summary>Moments and what came of each, a lane for every tone.</summary>
    public sealed record Timeline(string Title, string Description, IReadOnlyList<TimedEvent> Events) : Chart(Title, Description);

    /// <summary>The hours of days that follow each other, 24 a day.</summary>
    /// <param name="First">The first day.</param>
    /// <param name="Hours">One for each hour from the first day's midnight (UTC) on.</param>
    public sealed record HourCalendar(string Title, string Description, DateOnly First, IReadOnlyList<HourState> Hours) : Chart(Title, Description)
    {
        public const int HoursADay = 24;

        /// <summary>Each day with its hours; the last day may have fewer than 24.</summary>
        public IEnumerable<(DateOnly Day, IReadOnlyList<HourState> Hours)> Days =>
            Hours.Chunk(HoursADay).Select((hours, day) => (First.AddDays(day), (IReadOnlyList<HourState>)hours));
    }
}

/// <summary>What both sides hold of one thing; null where a side was not measured.</summary>
public sealed record BarPair(string Name, long? Source, long? Target);

/// <summary>Something that happened.</summary>
public sealed record TimedEvent(string Name, DateTimeOffset At, Tone Tone);

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
    public static char Sign(this HourState hour) => hour switch
    {
        HourState.Done => '\u25A0',
        HourState.Missed => '\u00D7',
        _ => '\u00B7',
    };

    public static string Word(this HourState hour) => hour switch
    {
        HourState.Done => "done",
        HourState.Missed => "missed",
        _ => "not known",
    };
}

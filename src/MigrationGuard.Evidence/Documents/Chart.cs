using MigrationGuard.Evidence.Reports;

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
    public sealed record HourCalendar(string Title, string Description, DateOnly First, IReadOnlyList<HourState> Hours) : Chart(Title, Description);
}

/// <summary>What both sides hold of one thing; null where a side was not measured.</summary>
public sealed record BarPair(string Name, long? Source, long? Target);

/// <summary>Something that happened.</summary>
public sealed record TimedEvent(string Name, DateTimeOffset At, Tone Tone);

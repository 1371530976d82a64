namespace MigrationGuard.Retention.Chains;

/// <summary>What was promised of a database's back-ups.</summary>
public sealed record ChainRules
{
    /// <summary>How far back every moment has to be restorable; nothing where no window was promised.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>How much before now that may end: the time between two log back-ups, and the time one takes.</summary>
    public TimeSpan AllowedLag { get; init; }

    /// <summary>The longest time from the start of one log back-up to the start of the next; null where none was promised.</summary>
    public TimeSpan? LongestLogGap { get; init; }

    /// <summary>The longest time from the start of one full back-up to the start of the next; null where none was promised.</summary>
    public TimeSpan? LongestFullGap { get; init; }

    /// <summary>What is wrong with them, and what to do; null where nothing is. A sentence without its subject.</summary>
    /// <remarks>A window that ends before it begins would always be found unbroken.</remarks>
    public string? Problem()
    {
        if (AllowedLag < TimeSpan.Zero)
            return "allows a lag of less than nothing. Allow at least 00:00:00.";
        if (Window < AllowedLag || (Window == AllowedLag && Window > TimeSpan.Zero))
            return $"has a window of {Moment.Say(Window)}, no longer than the lag of {Moment.Say(AllowedLag)} that it allows. Promise a longer window.";
        return LongestLogGap <= TimeSpan.Zero || LongestFullGap <= TimeSpan.Zero ? "allows no time between two back-ups. Set more than 00:00:00, or leave it out." : null;
    }
}

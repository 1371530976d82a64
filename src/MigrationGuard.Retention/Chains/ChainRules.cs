namespace MigrationGuard.Retention.Chains;

/// <summary>What was promised of a database's back-ups.</summary>
public sealed record ChainRules
{
    /// <summary>How far back every moment has to be restorable.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>How much before now that may end: the time between two log back-ups, and the time one takes.</summary>
    public TimeSpan AllowedLag { get; init; }

    /// <summary>The longest time from the start of one log back-up to the start of the next; null where none was promised.</summary>
    public TimeSpan? LongestLogGap { get; init; }

    /// <summary>The longest time from the start of one full back-up to the start of the next; null where none was promised.</summary>
    public TimeSpan? LongestFullGap { get; init; }
}

namespace MigrationGuard.Retention.Chains;

/// <summary>The moments that were promised to be restorable, and those of them that are not.</summary>
/// <param name="Promised">From the window's length before now until the allowed lag before now.</param>
/// <param name="NotRestorable">In order, the fewest periods that hold them.</param>
public sealed record RestoreWindow(Period Promised, IReadOnlyList<Period> NotRestorable)
{
    public bool IsUnbroken => NotRestorable.Count == 0;

    /// <summary>The window held against what is restorable.</summary>
    /// <remarks>
    /// Only what log back-ups lead to counts: a full back-up alone is one moment. A database that came into being within the window was
    /// not restorable before, and that is said and not left out, since a database that was dropped looks the same.
    /// </remarks>
    public static RestoreWindow Of(IReadOnlyList<Period> restorable, ChainRules rules, DateTimeOffset now)
    {
        var promised = new Period(now - rules.Window, now - rules.AllowedLag);
        return new(promised, promised.Without(restorable));
    }
}

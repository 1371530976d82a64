namespace MigrationGuard.Retention.Records;

/// <summary>What is due of records at one moment.</summary>
/// <param name="AsOf">The moment, which is the same for all that a run reads.</param>
/// <param name="Period">For how long a record is kept.</param>
/// <param name="Tolerance">How long deleting may take after that, and by how much it may come too early.</param>
internal sealed record Deadline(DateTimeOffset AsOf, KeepingPeriod Period, TimeSpan Tolerance)
{
    /// <summary>How far ahead is looked at what comes next.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(30);

    /// <summary>Whether a record of this date should have been deleted by now, and time enough for that has passed.</summary>
    public bool IsOverdue(DateTimeOffset from) => AsOf - Tolerance > Period.End(from);

    /// <summary>Whether a record of this date may be gone by now; if not, it was deleted too early.</summary>
    public bool MayBeGone(DateTimeOffset from) => AsOf + Tolerance >= Period.End(from);

    /// <summary>Whether the period of a record ends within the time that is looked ahead.</summary>
    public bool EndsSoon(DateTimeOffset from) => Period.End(from) is var end && end > AsOf && end <= AsOf + Ahead;

    /// <summary>Whether the date itself is still to come.</summary>
    public bool IsToCome(DateTimeOffset from) => from > AsOf + Tolerance;
}

namespace MigrationGuard.Retention.Chains;

/// <summary>A moment that one back-up restores by itself: its end.</summary>
/// <param name="At">In UTC; where the header's zone may be another than the end's, the latest that it can have been.</param>
/// <param name="Set">The full or differential back-up that is restored last.</param>
public sealed record RestorePoint(DateTimeOffset At, BackupSet Set);

/// <summary>What the back-ups of one database on one server restore.</summary>
/// <remarks>
/// What is claimed holds for a database in the full recovery model. To a moment within a log back-up that holds bulk-logged changes no
/// restore leads (Microsoft: "Restore a SQL Server Database to a Point in Time"), and the header as it is read does not say so.
/// </remarks>
public sealed record DatabaseChain
{
    public required string Server { get; init; }

    public required string Database { get; init; }

    /// <summary>Its back-ups, usable or not, in the order in which they began.</summary>
    public required IReadOnlyList<BackupSet> Sets { get; init; }

    /// <summary>In order, the moments to each of which some sequence of back-ups leads.</summary>
    /// <remarks>
    /// Each begins a second after the end of a full or differential back-up, as the header cuts seconds off, and ends where the last log
    /// back-up that follows without a break began. Moments of all lives of a database that was dropped or restored are in it.
    /// </remarks>
    public required IReadOnlyList<Period> Restorable { get; init; }

    /// <summary>In order, the ends of full and differential back-ups, whether or not log back-ups lead on from there.</summary>
    public required IReadOnlyList<RestorePoint> Points { get; init; }

    /// <summary>In the order of time, all places where log is missing, those of long ago and those that are explained included.</summary>
    public required IReadOnlyList<ChainBreak> Breaks { get; init; }

    /// <summary>In order, the times whose log is in log back-ups that follow each other without a break.</summary>
    public required IReadOnlyList<Period> Logged { get; init; }

    public required RestoreWindow Window { get; init; }

    /// <summary>The files that restoring to some moment of the window, or to the newest state, needs; by path.</summary>
    public required IReadOnlyList<BackupFile> Needed { get; init; }

    /// <summary>The files that nothing in the window needs: older ones, further copies, and what restores nothing; by path.</summary>
    public required IReadOnlyList<BackupFile> Unneeded { get; init; }

    /// <summary>The files that would be unneeded, but hold further back-ups that were not read, and may be needed for those; by path.</summary>
    public required IReadOnlyList<BackupFile> Undecided { get; init; }

    /// <summary>What is wrong, in the order of time. That the window is broken is not among them: see <see cref="Window"/>.</summary>
    public required IReadOnlyList<ChainFinding> Findings { get; init; }

    /// <summary>Whether the database can be restored to its state at the moment.</summary>
    public bool IsRestorable(DateTimeOffset moment)
    {
        int low = 0, high = Restorable.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Restorable[middle].To <= moment)
                low = middle + 1;
            else
                high = middle;
        }

        return low < Restorable.Count && Restorable[low].Contains(moment);
    }
}

using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.Chains;

/// <summary>Which back-ups the restore window needs.</summary>
/// <remarks>
/// Needed are: what was taken within the window and can be restored; the full back-ups of its differentials; of older ones those that lead
/// to the window's first moment from the newest base before it; and those that lead to the newest state there is, so that a database whose
/// back-ups stopped is never found to need none. Older ones that are merely another way to the same moments are not needed.
/// </remarks>
internal static class NeededSets
{
    public static IReadOnlySet<BackupSet> Of(IReadOnlyList<Sequence> sequences, IReadOnlyList<BackupSet> sets, Period window, DateTimeOffset now)
    {
        var needed = new HashSet<BackupSet>(ReferenceEqualityComparer.Instance);
        needed.UnionWith(sets.Where(set => set.IsUsable && IsWithin(set, window.From)));
        foreach (var start in sequences.SelectMany(sequence => sequence.Bases).Where(start => needed.Contains(start.Newest)))
            needed.Add(start.Full);
        foreach (var orphan in sequences.SelectMany(sequence => sequence.Orphans))
            needed.Remove(orphan);

        if (LeadingTo(window.From, sequences, now) is { } first)
            needed.UnionWith(first.Sequence.PathFrom(first.Start));
        if (Newest(sequences) is { } last)
            needed.UnionWith(last.Sequence.PathFrom(last.Start));
        return needed;
    }

    /// <summary>A log back-up holds what was written before it began, so one that began as the window did is of no use to it.</summary>
    private static bool IsWithin(BackupSet set, DateTimeOffset windowStart) =>
        set.Kind == BackupKind.Log ? set.Started > windowStart : (set.Finished ?? set.Started) >= windowStart || set.Started >= windowStart;

    private static (Sequence Sequence, RestoreBase Start)? LeadingTo(DateTimeOffset moment, IReadOnlyList<Sequence> sequences, DateTimeOffset now)
    {
        (Sequence, RestoreBase)? newest = null;
        DateTimeOffset? from = null;
        foreach (var sequence in sequences)
        {
            foreach (var start in sequence.Bases)
            {
                if (sequence.Reach(start, now) is not { } reach || !reach.Contains(moment) || reach.From < from)
                    continue;
                newest = (sequence, start);
                from = reach.From;
            }
        }

        return newest;
    }

    private static (Sequence Sequence, RestoreBase Start)? Newest(IReadOnlyList<Sequence> sequences)
    {
        (Sequence, RestoreBase)? newest = null;
        DateTimeOffset? started = null;
        foreach (var sequence in sequences.Where(sequence => sequence.Bases.Count > 0))
        {
            var start = sequence.Bases[^1];
            if (start.Newest.Started < started)
                continue;
            newest = (sequence, start);
            started = start.Newest.Started;
        }

        return newest;
    }
}

using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.Chains;

/// <summary>Whether back-ups were taken as often as was promised.</summary>
/// <remarks>From start to start, since starts are exact; and only where the time without any reaches into the restore window.</remarks>
internal sealed class Cadence(IReadOnlyList<BackupSet> sets, ChainRules rules, DateTimeOffset now)
{
    private readonly DateTimeOffset _windowStart = now - rules.Window;

    /// <summary>Times without a full back-up that can be restored. A copy-only one counts: it restores as any other does.</summary>
    public IEnumerable<ChainFinding> FullGaps() => rules.LongestFullGap is not { } allowed
        ? []
        : Gaps(sets.Where(set => set.Kind == BackupKind.Full && set.IsUsable), allowed)
            .Select(gap => new ChainFinding.FullGap(gap.After, gap.Before, gap.Length, allowed) { At = gap.After.Started });

    /// <summary>Times without a log back-up, save those that a break in the log explains already.</summary>
    /// <remarks>A log back-up that is cut off was taken in time; that it is cut off is a finding by itself.</remarks>
    public IEnumerable<ChainFinding> LogGaps(IEnumerable<ChainBreak> breaks)
    {
        if (rules.LongestLogGap is not { } allowed)
            return [];
        var logs = sets.Where(set => set.Kind == BackupKind.Log).ToList();
        if (logs.Count == 0)
            return [new ChainFinding.NoLogBackup(sets[0].Header.Server, sets[0].Header.Database) { At = sets.Max(set => set.Started) }];
        var told = Period.Union(breaks.Where(gap => !gap.IsExplained).Select(gap => gap.Time));
        return Gaps(logs, allowed)
            .Where(gap => gap.Before is null || !IsWithin(told, gap.After.Started, gap.Before.Started))
            .Select(gap => new ChainFinding.LogGap(gap.After, gap.Before, gap.Length, allowed) { At = gap.After.Started });
    }

    private IEnumerable<(BackupSet After, BackupSet? Before, TimeSpan Length)> Gaps(IEnumerable<BackupSet> taken, TimeSpan allowed)
    {
        BackupSet? last = null;
        foreach (var next in taken.OrderBy(set => set.Started).ThenBy(set => set.Path, StringComparer.Ordinal))
        {
            if (last is not null && next.Started - last.Started > allowed && next.Started > _windowStart)
                yield return (last, next, next.Started - last.Started);
            last = next;
        }

        if (last is not null && now - last.Started > allowed)
            yield return (last, null, now - last.Started);
    }

    private static bool IsWithin(IReadOnlyList<Period> told, DateTimeOffset from, DateTimeOffset to)
    {
        int low = 0, high = told.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (told[middle].To < to)
                low = middle + 1;
            else
                high = middle;
        }

        return low < told.Count && told[low].From <= from && to <= told[low].To;
    }
}

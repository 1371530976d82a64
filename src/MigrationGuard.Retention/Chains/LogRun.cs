using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.Chains;

/// <summary>Log back-ups of one database that can be restored one after the other, with nothing missing between them.</summary>
/// <remarks>
/// A log back-up holds the records from its first LSN up to, and without, its last (Microsoft: "Log Sequence Numbers and Restore
/// Planning"). It can be applied to what was restored up to an LSN that is in that range; what begins later is too recent, what ends
/// earlier too early. So order is by LSN and never by date, a copy-only log back-up is one more way over its range, and from any
/// point of a run the run's end is reached.
/// </remarks>
internal sealed class LogRun
{
    private readonly List<BackupSet> _byFirst = [];
    private BackupSet[] _byLast = [];
    private DateTimeOffset[] _latestStartFrom = [];

    private LogRun(BackupSet first)
    {
        _byFirst.Add(first);
        Last = first;
    }

    public BackupSet First => _byFirst[0];

    /// <summary>The log back-up that reaches farthest.</summary>
    public BackupSet Last { get; private set; }

    public Lsn From => First.Header.FirstLsn;

    public Lsn To => Last.Header.LastLsn;

    /// <summary>The time whose log is in it, from the start of its first log back-up to the start of its last; null where their zones are not known.</summary>
    public Period? Time => First.Header.IsZoneKnown && EndFrom(From) is { } end && end > First.Started ? new(First.Started.ToUniversalTime(), end.ToUniversalTime()) : null;

    /// <summary>The fewest runs that the log back-ups make, in the order of their LSNs.</summary>
    public static IReadOnlyList<LogRun> Of(IEnumerable<BackupSet> logs)
    {
        var runs = new List<LogRun>();
        List<BackupSet> byFirst = [.. logs];
        byFirst.Sort(ByFirst);
        foreach (var log in byFirst)
        {
            if (runs.Count == 0 || runs[^1].To < log.Header.FirstLsn)
                runs.Add(new LogRun(log));
            else
                runs[^1].Add(log);
        }

        foreach (var run in runs)
            run.Close();
        return runs;
    }

    /// <summary>The run among those in order that can be applied to what was restored up to the LSN, or null.</summary>
    public static LogRun? Continuing(IReadOnlyList<LogRun> runs, Lsn reached)
    {
        int low = 0, high = runs.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (runs[middle].To < reached)
                low = middle + 1;
            else
                high = middle;
        }

        return low < runs.Count && runs[low].From <= reached ? runs[low] : null;
    }

    /// <summary>The moment before which everything is restorable to what was restored up to the LSN, or null where no log back-up adds to it.</summary>
    /// <remarks>
    /// It is the start of the last log back-up. What was written before that is in it, however long it took; of what was written
    /// meanwhile the header does not say how much is. One that ends just where the database is already adds no record, and shows that
    /// there was none until it began: an idle hour is restorable.
    /// </remarks>
    public DateTimeOffset? EndFrom(Lsn reached)
    {
        int low = 0, high = _byLast.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_byLast[middle].Header.LastLsn < reached)
                low = middle + 1;
            else
                high = middle;
        }

        return low < _byLast.Length ? _latestStartFrom[low] : null;
    }

    /// <summary>The fewest log back-ups that lead from the LSN to the run's end, in the order in which they are applied.</summary>
    public IEnumerable<BackupSet> PathFrom(Lsn reached)
    {
        var next = 0;
        while (reached < To)
        {
            BackupSet? farthest = null;
            for (; next < _byFirst.Count && _byFirst[next].Header.FirstLsn <= reached; next++)
            {
                if (farthest is null || farthest.Header.LastLsn < _byFirst[next].Header.LastLsn)
                    farthest = _byFirst[next];
            }

            if (farthest is null)
                yield break;
            if (farthest.Header.LastLsn > reached)
                yield return farthest;
            reached = farthest.Header.LastLsn > reached ? farthest.Header.LastLsn : reached;
        }
    }

    private static int ByFirst(BackupSet left, BackupSet right)
    {
        var order = left.Header.FirstLsn.CompareTo(right.Header.FirstLsn);
        if (order == 0)
            order = left.Header.LastLsn.CompareTo(right.Header.LastLsn);
        if (order == 0)
            order = left.Started.CompareTo(right.Started);
        return order == 0 ? string.CompareOrdinal(left.Path, right.Path) : order;
    }

    private void Add(BackupSet log)
    {
        _byFirst.Add(log);
        if (Last.Header.LastLsn <= log.Header.LastLsn)
            Last = log;
    }

    private void Close()
    {
        _byLast = [.. _byFirst.OrderBy(log => log.Header.LastLsn)];
        _latestStartFrom = new DateTimeOffset[_byLast.Length];
        var latest = DateTimeOffset.MinValue;
        for (var i = _byLast.Length - 1; i >= 0; i--)
        {
            // Without its zone a start says nothing of when it was; the log that it holds leads on all the same.
            if (_byLast[i].Header.IsZoneKnown && _byLast[i].Started > latest)
                latest = _byLast[i].Started;
            _latestStartFrom[i] = latest;
        }
    }
}

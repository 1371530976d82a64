using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.Chains;

/// <summary>The back-ups of one life of a database.</summary>
/// <remarks>
/// LSNs mean something only within one. A database that was dropped and created anew has another date of creation and another
/// binding GUID; one that was restored has another binding GUID (Microsoft: "backupset (Transact-SQL)", database_guid). The header
/// as it is read has no recovery fork, so nothing is ever restored across a restore, which claims too little and never too much.
/// </remarks>
internal sealed class Sequence
{
    private readonly List<BackupSet> _sets;

    public Sequence(IEnumerable<BackupSet> sets, ServerClock clock)
    {
        _sets = [.. sets.OrderBy(set => set.Header.LastLsn).ThenBy(set => set.Started).ThenBy(set => set.Kind).ThenBy(set => set.Path, StringComparer.Ordinal)];
        Runs = LogRun.Of(Logs.Where(log => log.IsUsable));
        RunsIfAllWereWell = Logs.All(log => log.IsUsable) ? Runs : LogRun.Of(Logs.Where(log => log.Contradiction is null));
        (Bases, Orphans) = FindBases(clock);
    }

    public BackupSet First => _sets[0];

    public IEnumerable<BackupSet> Logs => _sets.Where(set => set.Kind == BackupKind.Log);

    public IReadOnlyList<LogRun> Runs { get; }

    /// <summary>The runs there would be if no file were cut off and no stripe missing.</summary>
    public IReadOnlyList<LogRun> RunsIfAllWereWell { get; }

    /// <summary>What a restore can begin with, in the order of the LSNs reached.</summary>
    public IReadOnlyList<RestoreBase> Bases { get; }

    /// <summary>Differentials whose full back-up is not there, or cannot be restored.</summary>
    public IReadOnlyList<BackupSet> Orphans { get; }

    /// <summary>The moments that log back-ups lead to from the base: from its end until the last log back-up began.</summary>
    public Period? Reach(RestoreBase start, DateTimeOffset now)
    {
        if (start.From is not { } from || LogRun.Continuing(Runs, start.Reached)?.EndFrom(start.Reached) is not { } end)
            return null;
        var to = end < now ? end : now;
        return from < to ? new Period(from, to) : null;
    }

    /// <summary>Everything that a restore from the base to the end of what follows it reads.</summary>
    public IEnumerable<BackupSet> PathFrom(RestoreBase start) =>
        start.Sets.Concat(LogRun.Continuing(Runs, start.Reached)?.PathFrom(start.Reached) ?? []);

    /// <remarks>
    /// A differential is based on the full back-up whose checkpoint it names, never on a copy-only one (Microsoft: "RESTORE HEADERONLY",
    /// DatabaseBackupLSN; "Copy-Only Backups"); among several of one checkpoint, which only a database at rest has, on the last before it.
    /// </remarks>
    private (IReadOnlyList<RestoreBase> Bases, IReadOnlyList<BackupSet> Orphans) FindBases(ServerClock clock)
    {
        var bases = new List<RestoreBase>();
        var orphans = new List<BackupSet>();
        var newestFull = new Dictionary<Lsn, BackupSet>();
        foreach (var set in _sets)
        {
            if (set.Kind == BackupKind.Full)
            {
                if (!set.Header.IsCopyOnly && set.Header.CheckpointLsn != Lsn.None)
                    newestFull[set.Header.CheckpointLsn] = set;
                if (set.IsUsable)
                    bases.Add(new(set, null, clock.LatestEnd(set)));
            }
            else if (set.Kind == BackupKind.Differential && set.IsUsable)
            {
                if (newestFull.GetValueOrDefault(set.Header.DatabaseBackupLsn) is { IsUsable: true } full)
                    bases.Add(new(full, set, clock.LatestEnd(set)));
                else
                    orphans.Add(set);
            }
        }

        return (bases, orphans);
    }
}

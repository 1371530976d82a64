using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Tests.Retention.Chains;

/// <summary>Somebody who restores by trying everything that the server would accept, with nothing but the back-ups that are whole.</summary>
internal sealed class RestoringOperator(IReadOnlyList<SimulatedBackup> whole)
{
    /// <summary>Every way there is: what it begins with, and the LSN reached.</summary>
    public IReadOnlyList<(SimulatedBackup Start, Lsn Reached)> Attempts { get; } = [.. Starts(whole).SelectMany(start => Roll(whole, start, start.Header.LastLsn))];

    /// <summary>Whether the headers show that some attempt leads to the moment.</summary>
    /// <param name="end">The latest that a back-up can have ended, by what its header and the others' say.</param>
    public bool CanShow(DateTimeOffset moment, DateTimeOffset now, Func<BackupHeader, DateTimeOffset> end) => moment < now && Attempts.Any(attempt =>
        end(attempt.Start.Header).AddSeconds(1) <= moment &&
        whole.Any(log =>
            log.Header.Kind == BackupKind.Log && log.Header.Started > moment &&
            log.Header.LastLsn >= attempt.Start.Header.LastLsn && log.Header.LastLsn <= attempt.Reached));

    /// <summary>Whether some attempt truly brings back the database as it was then.</summary>
    public bool Restores(DateTimeOffset moment, IReadOnlyList<DateTimeOffset> records)
    {
        var written = records.Count(record => record <= moment);
        return Attempts.Any(attempt => attempt.Start.Next - 1 <= written && SimulatedDatabase.Lsn(written) < attempt.Reached);
    }

    private static IEnumerable<SimulatedBackup> Starts(IReadOnlyList<SimulatedBackup> whole) => whole.Where(backup =>
        backup.Header.Kind == BackupKind.Full ||
        (backup.Header.Kind == BackupKind.Differential && whole.Any(full =>
            full.Header.Kind == BackupKind.Full && !full.Header.IsCopyOnly && full.Header.CheckpointLsn == backup.Header.DatabaseBackupLsn)));

    /// <summary>A log back-up is accepted if it holds the next record: not too recent, not too early.</summary>
    private static IEnumerable<(SimulatedBackup Start, Lsn Reached)> Roll(IReadOnlyList<SimulatedBackup> whole, SimulatedBackup start, Lsn reached)
    {
        var ends = new HashSet<Lsn> { reached };
        var open = new Stack<Lsn>(ends);
        while (open.TryPop(out var at))
        {
            foreach (var log in whole.Where(log => log.Header.Kind == BackupKind.Log && log.Header.FirstLsn <= at && log.Header.LastLsn > at))
            {
                if (ends.Add(log.Header.LastLsn))
                    open.Push(log.Header.LastLsn);
            }
        }

        return ends.Select(end => (start, end));
    }
}

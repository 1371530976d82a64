using MigrationGuard.Configuration;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Schedule;

namespace MigrationGuard.Runs.Joined;

/// <summary>The runs that this worker takes part in at the moment.</summary>
internal sealed class RunsInHand(LoadedConfiguration configuration, LedgerStore store, WorkerShares shares, WorkInHand work, ProgramContext program) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LocalRun> _runs = new(StringComparer.Ordinal);

    /// <summary>The ids of the runs, all of which are in the ledger.</summary>
    public IReadOnlyList<string> Ids
    {
        get
        {
            lock (_lock)
                return [.. _runs.Keys];
        }
    }

    /// <summary>This worker's part of a run, begun when it is asked for first.</summary>
    public LocalRun Of(string run, DateTimeOffset deadline)
    {
        lock (_lock)
        {
            if (_runs.TryGetValue(run, out var known) && !known.IsStopped)
                return known;
            return _runs[run] = New(deadline);
        }
    }

    /// <summary>A part of a run that is not in the ledger yet.</summary>
    public LocalRun New(DateTimeOffset deadline) => new(configuration, store, shares, work, deadline, program.Time);

    /// <summary>Takes the part of a run that has come into the ledger.</summary>
    public void Keep(string run, LocalRun part)
    {
        lock (_lock)
            _runs.TryAdd(run, part);
    }

    /// <summary>Lets go of a run that is over.</summary>
    public void Forget(string run)
    {
        lock (_lock)
        {
            if (_runs.Remove(run, out var known))
                known.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var run in Ids)
            Forget(run);
    }
}

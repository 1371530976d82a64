using System.Collections.Concurrent;
using MigrationGuard.Configuration;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Schedule;
using MigrationGuard.Verification;
using MigrationGuard.Verification.Planning;
using MigrationGuard.Verification.Running;

namespace MigrationGuard.Runs.Joined;

/// <summary>What this worker knows of a run that it takes part in: its databases, and the plans of the comparisons it has met.</summary>
/// <remarks>So each database's catalogue is read once by a worker, however many entities it compares.</remarks>
internal sealed class LocalRun(LoadedConfiguration configuration, LedgerStore store, WorkerShares shares, WorkInHand work, DateTimeOffset deadline, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _stopped = CancellationTokenSource.CreateLinkedTokenSource(work.Abandoned, shares.Lost);
    private readonly RunDatabases _databases = new(configuration, store, time, shares.Of);
    private readonly ConcurrentDictionary<string, Lazy<Task<RunPlan>>> _plans = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether this worker's part was given up, and with it what was not planned by then.</summary>
    public bool IsStopped => _stopped.IsCancellationRequested;

    /// <summary>Plans all comparisons of a selection.</summary>
    /// <exception cref="ConfigurationException">A connection string cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was given up, or the deadline passed.</exception>
    public async Task<RunPlan> PlanAsync(Selection selection)
    {
        _databases.OpenAll(selection);
        using var stop = new RunStop(deadline, time, _stopped.Token);
        var plans = await _databases.PlanAsync(selection, stop);
        // A plan that was stopped says of everything that it was not checked; here, somebody else will check it.
        stop.Token.ThrowIfCancellationRequested();
        foreach (var plan in plans)
            _plans[plan.Name] = new Lazy<Task<RunPlan>>(Task.FromResult(Of(plan)));
        return Of([.. plans]);
    }

    /// <summary>The plan of one comparison.</summary>
    /// <exception cref="OperationCanceledException">It was given up, or the deadline passed.</exception>
    public Task<RunPlan> PlanAsync(string name, ComparisonOptions comparison) =>
        _plans.GetOrAdd(name, _ => new Lazy<Task<RunPlan>>(() => MakeAsync(name, comparison))).Value;

    public void Dispose()
    {
        // Before it goes: whoever still plans is told, and whoever comes later finds it cancelled.
        _stopped.Cancel();
        _stopped.Dispose();
        _databases.Dispose();
    }

    private async Task<RunPlan> MakeAsync(string name, ComparisonOptions comparison)
    {
        using var stop = new RunStop(deadline, time, _stopped.Token);
        var plan = await _databases.PlanAsync(name, comparison, Selection.Everything, stop);
        stop.Token.ThrowIfCancellationRequested();
        return Of(plan);
    }

    private RunPlan Of(params ComparisonPlan[] plans) => RunPlan.Of(plans, configuration.Options.Verification, time);
}

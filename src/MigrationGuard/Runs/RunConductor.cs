using MigrationGuard.Configuration;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Verification;
using MigrationGuard.Verification.Planning;
using MigrationGuard.Verification.Running;

namespace MigrationGuard.Runs;

/// <summary>What a run is asked for.</summary>
/// <param name="Selection">What it is limited to.</param>
/// <param name="Label">A name people give it.</param>
/// <param name="Window">How long it may take; the configuration's deadline when null.</param>
public sealed record RunRequest(Selection Selection, string? Label, TimeSpan? Window);

/// <summary>Conducts a run, alone, from the configuration to the finished entry in the ledger.</summary>
public sealed class RunConductor(LoadedConfiguration configuration, LedgerStore store, TimeProvider time, Actor actor)
{
    private readonly MigrationGuardOptions _options = configuration.Options;

    /// <summary>
    /// Plans, compares and records. Cancelling ends the run early; it is then finished in the ledger with what was read.
    /// </summary>
    /// <exception cref="UsageException">The request names a comparison or an entity that is not configured.</exception>
    /// <exception cref="LedgerException">The ledger cannot take results; the run stays unfinished there.</exception>
    public async Task<RunDocument> ConductAsync(RunRequest request, IRunObserver observer, CancellationToken cancellationToken)
    {
        RequireKnown(request.Selection);
        using var databases = new RunDatabases(configuration, time);
        databases.OpenAll(request.Selection);
        await store.RecordConfigurationAsync(_options, actor);
        var run = RunRecords.Begin(_options, request.Selection, request.Label, time);
        await store.BeginRunAsync(run, actor, CancellationToken.None);
        var deadline = run.Started + (request.Window ?? TimeSpan.FromHours(_options.Verification.DeadlineHours));
        using var stop = new RunStop(deadline, time, cancellationToken);
        var plans = await databases.PlanAsync(request.Selection, stop);
        await using var writer = new ResultWriter(store, run.Run);
        var runner = new VerificationRunner(_options.Verification, time, writer.WriteAsync, observer);
        var outcome = await runner.RunAsync(plans, stop);
        var finished = run.Planned(plans).Ended(outcome.Results, outcome.Interrupted, time.GetUtcNow());
        await store.FinishRunAsync(finished, actor, CancellationToken.None);
        return finished;
    }

    private void RequireKnown(Selection selection)
    {
        var comparisons = _options.Comparisons;
        foreach (var name in selection.Comparisons.Where(name => !comparisons.Keys.Contains(name, StringComparer.OrdinalIgnoreCase)))
            throw new UsageException($"--comparison {name}: there is no such comparison. Configured: {string.Join(", ", comparisons.Keys)}.");
        var entities = comparisons.Where(comparison => selection.Includes(comparison.Key)).SelectMany(comparison => comparison.Value.Entities.Keys).ToList();
        foreach (var name in selection.Entities.Where(name => !entities.Contains(name, StringComparer.OrdinalIgnoreCase)))
            throw new UsageException($"--entity {name}: there is no such entity. Configured: {string.Join(", ", entities)}.");
    }
}

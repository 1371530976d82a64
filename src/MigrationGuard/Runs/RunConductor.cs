using MigrationGuard.Configuration;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Verification;
using MigrationGuard.Verification.Planning;
using MigrationGuard.Verification.Running;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Runs;

/// <summary>What a run is asked for.</summary>
/// <param name="Selection">What it is limited to.</param>
/// <param name="Label">A name people give it.</param>
/// <param name="Window">How long it may take; the configuration's deadline when null.</param>
public sealed record RunRequest(Selection Selection, string? Label, TimeSpan? Window)
{
    /// <summary>A finished run by whose durations this one's end is forecast; null for no forecast.</summary>
    public RunDocument? Against { get; init; }

    /// <summary>Told of the forecast before the first reading.</summary>
    public Action<Forecast>? Forecasting { get; init; }
}

/// <summary>Conducts a run, alone, from the configuration to the finished entry in the ledger.</summary>
public sealed class RunConductor(LoadedConfiguration configuration, LedgerStore store, TimeProvider time, Actor actor)
{
    // A refusal is read on a terminal; whoever changed more than this knows what.
    private const int MostNamed = 10;

    private readonly MigrationGuardOptions _options = configuration.Options;

    /// <summary>
    /// Plans, compares and records. Cancelling ends the run early; it is then finished in the ledger with what was read.
    /// </summary>
    /// <exception cref="UsageException">The request names a comparison or an entity that is not configured.</exception>
    /// <exception cref="LedgerException">The ledger cannot take results; the run stays unfinished there.</exception>
    public async Task<RunDocument> ConductAsync(RunRequest request, IRunObserver observer, CancellationToken cancellationToken)
    {
        RequireKnown(request.Selection);
        using var databases = new RunDatabases(configuration, store, time);
        databases.OpenAll(request.Selection);
        await store.RecordConfigurationAsync(_options, actor);
        var run = RunRecords.Begin(_options, request.Selection, request.Label, time);
        using var stop = new RunStop(Deadline(run.Started, request), time, cancellationToken);
        var plan = await PlanAsync(databases, request.Selection, run.Run, stop);
        var parts = PlanDigest.PartsOf(_options, plan);
        run = run.Planned(plan.Comparisons) with { PlanHash = PlanDigest.Of(parts), PlanParts = parts };
        await store.BeginRunAsync(run, actor, CancellationToken.None);
        return await CarryOutAsync(run, plan, NothingKept, request, observer, stop);
    }

    /// <summary>Takes a run up again whose process died, with the results and the parts of tables that it kept.</summary>
    /// <param name="name">The run's id, the beginning of no other run's id, or <c>latest</c>.</param>
    /// <param name="request">What the run was begun with counts for what it selects and for its label.</param>
    /// <exception cref="UsageException">There is no such run, it is finished, or what it was to do is no longer the same.</exception>
    /// <exception cref="LedgerException">The ledger cannot take results; the run stays unfinished there.</exception>
    public async Task<RunDocument> ResumeAsync(string name, RunRequest request, IRunObserver observer, CancellationToken cancellationToken)
    {
        var found = await FindResumableAsync(name, cancellationToken);
        var selection = Selection.Of(found.Selected);
        RequireKnown(selection);
        using var databases = new RunDatabases(configuration, store, time);
        databases.OpenAll(selection);
        using var stop = new RunStop(Deadline(time.GetUtcNow(), request), time, cancellationToken);
        var plan = await PlanAsync(databases, selection, found.Run, stop);
        // Nothing was compared yet: whoever stops it now can take it up again.
        cancellationToken.ThrowIfCancellationRequested();
        RequireSame(found, plan);
        await store.RecordConfigurationAsync(_options, actor);
        var (header, kept) = await store.WriteAsync(
            async ledger =>
            {
                var resumed = await ledger.ResumeRunAsync(found.Run, actor);
                var header = (await ledger.FindUnfinishedRunAsync(found.Run))! with { Resumed = resumed };
                return (header, await ledger.ListResultsByPlaceAsync(found.Run));
            },
            CancellationToken.None);
        return await CarryOutAsync(header.Planned(plan.Comparisons), plan, kept, request, observer, stop);
    }

    private static readonly Dictionary<int, IReadOnlyList<CheckResult>> NothingKept = [];

    private async Task<RunDocument> CarryOutAsync(
        RunDocument run, RunPlan plan, IReadOnlyDictionary<int, IReadOnlyList<CheckResult>> kept, RunRequest request, IRunObserver observer, RunStop stop)
    {
        if (request.Against is { } earlier)
        {
            var left = plan.Readings.Where(reading => !kept.ContainsKey(reading.Ordinal));
            var comparesRows = plan.Comparisons.Any(comparison => comparison.Entities.Any(entity => entity.Rows is not null));
            if (Forecast.Of(earlier, left.Select(reading => (reading.Name, reading.ApproximateRows)), comparesRows, stop.Deadline) is { } forecast)
            {
                run = run with { Forecast = new RunForecast(earlier.Run, forecast.At(time.GetUtcNow()), forecast.WindowEnds) };
                request.Forecasting?.Invoke(forecast);
            }
        }
        await using var writer = new ResultWriter(store, run.Run);
        var runner = new VerificationRunner(_options.Verification, time, writer.WriteAsync, observer);
        var outcome = await runner.RunAsync(plan, kept, stop);
        await store.FinishRunAsync(run.Ended(outcome.Results, outcome.Interrupted, time.GetUtcNow()), actor, CancellationToken.None);
        // As the ledger has it from now on, and as it will be shown ever after.
        return (await store.FindRunAsync(run.Run, CancellationToken.None))!;
    }

    private async Task<RunPlan> PlanAsync(RunDatabases databases, Selection selection, string run, RunStop stop) =>
        RunPlan.Of(await databases.PlanAsync(selection, stop), _options.Verification, time, ordinal => SegmentsOf(run, ordinal));

    private SegmentLog SegmentsOf(string run, int ordinal) => new(
        run,
        token => store.ListSegmentsAsync(run, ordinal, token),
        (segment, document, token) => store.AddSegmentAsync(run, ordinal, segment, document, token));

    private DateTimeOffset Deadline(DateTimeOffset from, RunRequest request) =>
        from + (request.Window ?? TimeSpan.FromHours(_options.Verification.DeadlineHours));

    private async Task<RunDocument> FindResumableAsync(string name, CancellationToken cancellationToken)
    {
        var found = await store.FindRunAsync(name, cancellationToken)
            ?? throw new UsageException($"--resume {name}: there is no such run. List them with: migrationguard runs list");
        if (found.Finished is not null)
            throw new UsageException($"--resume {name}: run {found.Run} is finished, and so never changes. Look again at what it left open with: migrationguard verify --since-run {found.Run}");
        return found.PlanHash is not null
            ? found
            : throw new UsageException($"--resume {name}: run {found.Run} was begun by a schedule, whose workers go on with it, or by an older version of this program. Verify again in a new run.");
    }

    private void RequireSame(RunDocument found, RunPlan plan)
    {
        var parts = PlanDigest.PartsOf(_options, plan);
        if (PlanDigest.Of(parts) == found.PlanHash)
            return;
        // A run without parts is of an older version of this program.
        var changed = found.PlanParts is { } before ? PlanDigest.Changed(before, parts) : ["the program's version"];
        var named = string.Join(", ", changed.Take(MostNamed)) + (changed.Count > MostNamed ? $" and {changed.Count - MostNamed} more" : "");
        throw new UsageException(
            $"Run {found.Run} cannot be resumed, since what it compares is no longer the same as when it began. Changed: {named}. Put that back, or verify again in a new run.");
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

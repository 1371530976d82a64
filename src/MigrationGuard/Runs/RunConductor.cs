using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Verification;
using MigrationGuard.Verification.ExpectedDifferences;
using MigrationGuard.Verification.Planning;
using MigrationGuard.Verification.QueryPairs;
using MigrationGuard.Verification.Running;

namespace MigrationGuard.Runs;

/// <summary>What a run is asked for.</summary>
/// <param name="Selection">What it is limited to.</param>
/// <param name="Label">A name people give it.</param>
/// <param name="Window">How long it may take; the configuration's deadline when null.</param>
public sealed record RunRequest(Selection Selection, string? Label, TimeSpan? Window);

/// <summary>Conducts a run from the configuration to the finished entry in the ledger.</summary>
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
        var databases = new List<Database>();
        try
        {
            OpenAll(request.Selection, databases);
            await RecordConfigurationAsync();
            var run = await BeginAsync(request);
            var deadline = run.Started + (request.Window ?? TimeSpan.FromHours(_options.Verification.DeadlineHours));
            using var stop = new RunStop(deadline, time, cancellationToken);
            var plans = await PlanAsync(request.Selection, databases, stop);
            await using var writer = new ResultWriter(store, run.Run);
            var runner = new VerificationRunner(_options.Verification, time, writer.WriteAsync, observer);
            var outcome = await runner.RunAsync(plans, stop);
            return await FinishAsync(run, plans, outcome);
        }
        finally
        {
            databases.ForEach(database => database.Dispose());
        }
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

    private async Task RecordConfigurationAsync()
    {
        await store.RecordConfigurationAsync(RedactedConfiguration.Of(_options), actor, CancellationToken.None);
        var approvals = _options.Comparisons.SelectMany(comparison => comparison.Value.ExpectedDifferences
            .Where(difference => new ExpectedDifference(difference).IsApproved)
            .Select(difference => ApprovalOf(comparison.Key, difference)));
        await store.RecordApprovalsAsync([.. approvals], actor, CancellationToken.None);
    }

    private static Approval ApprovalOf(string comparison, ExpectedDifferenceOptions difference) => new()
    {
        Comparison = comparison,
        Entity = difference.Entity,
        Check = difference.Check,
        Kind = difference.Kind,
        Columns = difference.Columns,
        Groups = difference.Groups,
        AtMost = difference.AtMost,
        Reason = difference.Reason,
        ApprovedBy = difference.ApprovedBy!,
        Expires = difference.Expires!.Value,
    };

    private async Task<RunDocument> BeginAsync(RunRequest request)
    {
        var run = new RunDocument
        {
            Run = RunIds.New(time),
            Scope = request.Selection.Scope,
            LimitedTo = request.Selection.Description,
            Started = time.GetUtcNow(),
            Label = request.Label,
            Project = new ProjectDescription(_options.Project.Name, _options.Project.DpiaReference, _options.Project.Owner),
            Tool = ToolVersion.Current,
        };
        await store.BeginRunAsync(run, actor, CancellationToken.None);
        return run;
    }

    private async Task<IReadOnlyList<ComparisonPlan>> PlanAsync(Selection selection, List<Database> databases, RunStop stop)
    {
        var library = new QueryLibrary(configuration.Directory, AppContext.BaseDirectory);
        var planner = new Planner(_options.Verification, library);
        var plans = new List<Task<ComparisonPlan>>();
        foreach (var (name, comparison) in Selected(selection))
        {
            var (source, target) = (Open(comparison.Source, databases), Open(comparison.Target, databases));
            plans.Add(planner.PlanAsync(name, comparison, source, target, selection, stop));
        }
        return await Task.WhenAll(plans);
    }

    private IEnumerable<KeyValuePair<string, ComparisonOptions>> Selected(Selection selection) => _options.Comparisons.Where(comparison =>
        selection.Includes(comparison.Key) && (selection.Entities.Count == 0 || comparison.Value.Entities.Keys.Any(selection.IncludesEntity)));

    // Before the run begins: a connection string that cannot be read is the configuration's fault, not a database's.
    private void OpenAll(Selection selection, List<Database> databases)
    {
        var problems = new List<ConfigurationProblem>();
        foreach (var name in Selected(selection).SelectMany(comparison => new[] { comparison.Value.Source, comparison.Value.Target }).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            try
            {
                Open(name, databases);
            }
            catch (DatabaseException e)
            {
                problems.Add(new ConfigurationProblem(e.Place, e.Problem, e.Remedy));
            }
        }
        if (problems.Count > 0)
            throw new ConfigurationException(problems);
    }

    // One Database for each name, so that its connection limit holds over all comparisons.
    private Database Open(string name, List<Database> databases)
    {
        var known = databases.Find(database => string.Equals(database.Name, name, StringComparison.OrdinalIgnoreCase));
        if (known is not null)
            return known;
        var configured = _options.Databases.First(database => string.Equals(database.Key, name, StringComparison.OrdinalIgnoreCase));
        var opened = new Database(configured.Key, configured.Value.RelativeTo(configuration.Directory), time);
        databases.Add(opened);
        return opened;
    }

    private async Task<RunDocument> FinishAsync(RunDocument run, IReadOnlyList<ComparisonPlan> plans, RunOutcome outcome)
    {
        var uncovered = plans.SelectMany(plan => plan.Uncovered).ToList();
        var finished = run with
        {
            Verdict = Verdicts.Of(outcome.Results, run.Scope, uncovered.Count, outcome.Interrupted is not null),
            Uncovered = uncovered,
            Excluded = [.. plans.SelectMany(plan => plan.Excluded)],
            NotConfigured = [.. plans.SelectMany(plan => plan.NotConfigured)],
            Servers = [.. plans.SelectMany(plan => plan.Servers)],
            Finished = time.GetUtcNow(),
            Interrupted = outcome.Interrupted,
            Results = outcome.Results,
        };
        await store.FinishRunAsync(finished, actor, CancellationToken.None);
        return finished;
    }
}

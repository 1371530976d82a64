using MigrationGuard.Configuration;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Verification;
using MigrationGuard.Verification.ExpectedDifferences;
using MigrationGuard.Verification.Planning;

namespace MigrationGuard.Runs;

/// <summary>What the ledger is told of every run, whoever carries it out: the configuration before it, its beginning and its end.</summary>
public static class RunRecords
{
    /// <summary>Records the configuration, without secrets, and the approvals in it, where they are new.</summary>
    public static async Task RecordConfigurationAsync(this LedgerStore store, MigrationGuardOptions options, Actor actor)
    {
        await store.RecordConfigurationAsync(RedactedConfiguration.Of(options), actor, CancellationToken.None);
        await store.RecordApprovalsAsync([.. ApprovalsIn(options)], actor, CancellationToken.None);
    }

    /// <summary>The approved expected differences that a configuration holds, as the ledger records them.</summary>
    public static IEnumerable<Approval> ApprovalsIn(MigrationGuardOptions options) => options.Comparisons.SelectMany(comparison => comparison.Value.ExpectedDifferences
        .Where(difference => new ExpectedDifference(difference).IsApproved)
        .Select(difference => ApprovalOf(comparison.Key, difference)));

    /// <summary>A run that begins now.</summary>
    public static RunDocument Begin(MigrationGuardOptions options, Selection selection, string? label, TimeProvider time)
    {
        var selected = options.Comparisons.Where(comparison => selection.Includes(comparison.Key)).Select(comparison => comparison.Value).ToList();
        return new()
        {
            Run = RunIds.New(time),
            Scope = selection.ScopeOf(selected),
            LimitedTo = selection.DescriptionFor(selected),
            Selected = selection.Kept,
            Started = time.GetUtcNow(),
            Label = label,
            Project = Described(options),
            Tool = ToolVersion.Current,
        };
    }

    /// <summary>A run that begins now, and looks at everything there is of its kind.</summary>
    /// <param name="kind">One of <see cref="RunKinds"/>.</param>
    public static RunDocument Begin(MigrationGuardOptions options, string kind, string? label, TimeProvider time) => new()
    {
        Run = RunIds.New(time),
        Kind = kind,
        Scope = Scope.Full,
        Started = time.GetUtcNow(),
        Label = label,
        Project = Described(options),
        Tool = ToolVersion.Current,
    };

    /// <summary>Records a run whose results are all there, from its beginning to its end, in one transaction.</summary>
    /// <param name="scheduled">The time that it was made for; null where somebody asked for it.</param>
    /// <returns>The run as the ledger has it.</returns>
    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    internal static async Task<RunDocument> RecordRunAsync(this LedgerStore store, RunDocument run, IReadOnlyList<CheckResult> results, Actor actor, TimeProvider time, ScheduledTime? scheduled)
    {
        await store.WriteAsync(
            async ledger =>
            {
                await ledger.BeginRunAsync(run, actor);
                if (scheduled is not null && !await scheduled.IsTakenAsync(ledger))
                    await scheduled.WriteAsync(ledger, run.Run, stillRunning: null, actor);
                await ledger.AddResultsAsync(run.Run, [.. results.Select((result, place) => (place, result))]);
                await ledger.FinishRunAsync(run.Ended(results, interrupted: null, time.GetUtcNow()), actor);
                return true;
            },
            CancellationToken.None);
        return (await store.FindRunAsync(run.Run, CancellationToken.None))!;
    }

    /// <summary>The run with what is known of it once it is planned.</summary>
    public static RunDocument Planned(this RunDocument run, IReadOnlyList<ComparisonPlan> plans) => run with
    {
        Uncovered = [.. plans.SelectMany(plan => plan.Uncovered)],
        Excluded = [.. plans.SelectMany(plan => plan.Excluded)],
        NotConfigured = [.. plans.SelectMany(plan => plan.NotConfigured)],
        Servers = [.. plans.SelectMany(plan => plan.Servers)],
    };

    /// <summary>A planned run with all its results and what they come to.</summary>
    /// <param name="interrupted">Why it ended before its end; null when it did not.</param>
    public static RunDocument Ended(this RunDocument planned, IReadOnlyList<CheckResult> results, string? interrupted, DateTimeOffset finished) => planned with
    {
        Verdict = Verdicts.Of(results, planned.Scope, planned.Uncovered.Count, interrupted is not null),
        Finished = finished,
        Interrupted = interrupted,
        // A run that has ended is never resumed.
        PlanParts = null,
        Results = results,
    };

    private static ProjectDescription Described(MigrationGuardOptions options) => new(options.Project.Name, options.Project.DpiaReference, options.Project.Owner);

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
}

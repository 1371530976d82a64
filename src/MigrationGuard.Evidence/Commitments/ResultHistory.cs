using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Evidence.Commitments;

/// <summary>The results of all runs by the check that made them, so that each proof finds its own without reading them all.</summary>
internal sealed class ResultHistory
{
    private readonly ILookup<string, HeldResult> _byCheck;

    public ResultHistory(IEnumerable<RunDocument> runs)
    {
        Runs = [.. runs.OrderBy(Ended).ThenBy(run => run.Run, StringComparer.Ordinal)];
        _byCheck = Runs
            .SelectMany((run, order) => run.Results.Select((result, place) => new HeldResult(run, order, place + 1, result)))
            .ToLookup(held => held.Result.Check, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>All runs, the one that ended last at the end.</summary>
    public IReadOnlyList<RunDocument> Runs { get; }

    /// <summary>The place of the newest run that was to check everything of its kind and came to its end; null where there is none.</summary>
    /// <param name="kind">One of <see cref="RunKinds"/>; null for comparisons.</param>
    public int? NewestWhole(string? kind) => Runs.Index().LastOrDefault(run => run.Item.Kind == kind && IsWhole(run.Item), (-1, null!)) is (>= 0 and var order, _) ? order : null;

    /// <summary>A check's results, in the order of the runs.</summary>
    /// <param name="comparison">Of one comparison; null for all.</param>
    public IReadOnlyList<HeldResult> Of(string check, string? comparison) =>
        [.. _byCheck[check].Where(held => comparison is null || string.Equals(held.Result.Comparison, comparison, StringComparison.OrdinalIgnoreCase))];

    /// <summary>When a run ended, or began where it has no recorded end.</summary>
    public static DateTimeOffset Ended(RunDocument run) => run.Finished ?? run.Started;

    /// <summary>Whether a run was to check everything and came to its end.</summary>
    public static bool IsWhole(RunDocument run) => run is { Scope: Scope.Full, Finished: not null, Interrupted: null };
}

/// <summary>A result and the run it stands in.</summary>
/// <param name="Order">The run's place among the runs: later ones are higher.</param>
/// <param name="Number">The result's place in its run, from 1.</param>
internal sealed record HeldResult(RunDocument Run, int Order, int Number, CheckResult Result);

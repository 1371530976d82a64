using MigrationGuard.Configuration;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Verification.Planning;

namespace MigrationGuard.Runs;

/// <summary>What an earlier run left open, to be looked at again after a fix.</summary>
internal static class SinceRun
{
    /// <summary>A selection cut down to what was neither a match nor accepted in a run, and is still configured.</summary>
    /// <exception cref="UsageException">The run is not finished, or nothing of the kind is left.</exception>
    public static Selection Of(RunDocument run, Selection selection, MigrationGuardOptions options)
    {
        if (run.Finished is null)
            throw new UsageException($"--since-run {run.Run}: the run is not finished, so it does not say what is open. Resume it with: migrationguard verify --resume {run.Run}");
        var items = run.Results
            .Where(result => result.Outcome is not (CheckOutcome.Match or CheckOutcome.Accepted))
            .Select(result => ItemOf(result))
            .OfType<SelectedItem>()
            .Where(item => IsWanted(item, selection, options))
            .Distinct()
            .ToList();
        return items.Count > 0
            ? selection with { Again = new LeftOpen(run.Run, items) }
            : throw new UsageException($"--since-run {run.Run}: there is nothing to look at again: everything in that run that is asked for here was a match or accepted, or is no longer configured.");
    }

    // A remark about a comparison as a whole names neither.
    private static SelectedItem? ItemOf(CheckResult result)
    {
        var query = CheckNames.Query("");
        if (result.Entity is not null)
            return new SelectedItem(result.Comparison, result.Entity, null);
        return result.Check.StartsWith(query, StringComparison.Ordinal) ? new SelectedItem(result.Comparison, null, result.Check[query.Length..]) : null;
    }

    private static bool IsWanted(SelectedItem item, Selection selection, MigrationGuardOptions options)
    {
        var comparison = options.Comparisons.FirstOrDefault(comparison => item.IsOf(comparison.Key));
        if (comparison.Value is null || !selection.Includes(item.Comparison))
            return false;
        return item.Entity is { } entity
            ? selection.IncludesEntity(item.Comparison, entity) && comparison.Value.Entities.Keys.Contains(entity, StringComparer.OrdinalIgnoreCase)
            : selection.IncludesQuery(item.Comparison, item.Query!);
    }
}

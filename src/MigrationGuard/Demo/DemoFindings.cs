using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Demo;

/// <summary>A run of the demo's comparison held against what was planted.</summary>
/// <param name="Found">Planted and reported, in the order of <see cref="PlantedDefects.All"/>.</param>
/// <param name="Missed">Planted and not reported exactly so.</param>
/// <param name="Unplanned">Reported and not planted.</param>
/// <param name="NotChecked">Configured checks that have no result or could not be done, a sentence each.</param>
public sealed record DemoFindings(
    IReadOnlyList<PlantedDefect> Found,
    IReadOnlyList<PlantedDefect> Missed,
    IReadOnlyList<UnplannedFinding> Unplanned,
    IReadOnlyList<string> NotChecked)
{
    /// <summary>Whether the run found exactly what was planted, and looked everywhere else too.</summary>
    public bool IsExact => Missed.Count == 0 && Unplanned.Count == 0 && NotChecked.Count == 0;

    /// <summary>Compares every finding of every result, accepted ones included, with the planted ones, one for one.</summary>
    public static DemoFindings Compare(RunDocument run)
    {
        var missed = PlantedDefects.All.ToList();
        var unplanned = new List<UnplannedFinding>();
        foreach (var result in run.Results)
        {
            foreach (var finding in result.Outcome.AllFindings)
            {
                // Each planted finding answers for one reported one: a second report of it is unplanned.
                var at = missed.FindIndex(planted => planted.Is(result, finding));
                if (at < 0)
                    unplanned.Add(new UnplannedFinding(result, finding));
                else
                    missed.RemoveAt(at);
            }
        }
        return new DemoFindings([.. PlantedDefects.All.Except(missed)], missed, unplanned, ListNotChecked(run));
    }

    private static List<string> ListNotChecked(RunDocument run)
    {
        var sentences = new List<string>();
        foreach (var result in run.Results)
        {
            if (result.Outcome is CheckOutcome.NotChecked notChecked)
                sentences.Add($"{Place(result.Entity, result.Check, result.By)}: {notChecked.Reason}");
        }
        var reported = run.Results
            .Where(result => result.Comparison == DemoConfiguration.ComparisonName)
            .Select(result => Place(result.Entity, result.Check, result.By))
            .ToHashSet(StringComparer.Ordinal);
        sentences.AddRange(ConfiguredChecks().Where(place => !reported.Contains(place)).Select(place => place + ": the run has no result."));
        return sentences;
    }

    private static IEnumerable<string> ConfiguredChecks()
    {
        foreach (var (name, entity) in DemoConfiguration.Comparison().Entities)
        {
            yield return Place(name, CheckNames.RecordCount, null);
            foreach (var breakdown in entity.BreakdownBy)
                yield return Place(name, CheckNames.EntityBreakdown, breakdown.Columns);
            if (entity.CreatedOn is not null || entity.ModifiedOn is not null)
                yield return Place(name, CheckNames.LastTimestamp, null);
            yield return Place(name, CheckNames.Schema, null);
            yield return Place(name, CheckNames.Fingerprint, null);
        }
    }

    private static string Place(string? entity, string check, IReadOnlyList<string>? by) =>
        by is null ? $"{entity}, {check}" : $"{entity}, {check} by {string.Join(", ", by)}";
}

/// <summary>A finding that nobody planted, with the result it is part of.</summary>
public sealed record UnplannedFinding(CheckResult Result, Finding Finding);

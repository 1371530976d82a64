using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Evidence.Content;

/// <summary>The files that a pack holds of what a proof rests on, so that no claim points beside its evidence.</summary>
/// <remarks>What proves something may lie outside a pack's scope, or in a run that a pack has no room for; then the list of runs is all that it shows.</remarks>
internal sealed class PackedFiles
{
    private readonly Dictionary<string, Dictionary<ResultKey, string>> _results;
    private readonly HashSet<string> _attestations;

    public PackedFiles(EvidenceContent packed)
    {
        _results = packed.Runs.Where(run => !packed.InBrief.Contains(run.Run)).ToDictionary(run => run.Run, Files, StringComparer.Ordinal);
        _attestations = packed.Attestations.Select(recorded => recorded.Attestation.Id).ToHashSet(StringComparer.Ordinal);
    }

    public string Of(RunDocument run) => _results.ContainsKey(run.Run) ? PackPaths.Run(run.Run) : PackPaths.Runs;

    public string Of(RunDocument run, CheckResult result) => _results.GetValueOrDefault(run.Run)?.GetValueOrDefault(ResultKey.Of(result)) ?? PackPaths.Runs;

    /// <summary>An attestation's file; null where the pack does not hold it.</summary>
    public string? OfAttestation(string id) => _attestations.Contains(id) ? PackPaths.Attestation(id) : null;

    private static Dictionary<ResultKey, string> Files(RunDocument run)
    {
        var files = new Dictionary<ResultKey, string>();
        foreach (var (place, result) in run.Results.Index())
            files.TryAdd(ResultKey.Of(result), PackPaths.Result(run.Run, place + 1, result));
        return files;
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Ledger.Store;

/// <summary>Finds since when the mismatches of a run that ends may have been there.</summary>
/// <remarks>
/// Earlier runs are looked at from the newest back, until every mismatch has met a match or an exposure that an earlier run kept
/// already. So it is one or two runs as a rule, and all of them only for a check that was never a match.
/// </remarks>
internal sealed class ExposureHistory(StoreSession session)
{
    /// <summary>The exposure of every mismatch among the results.</summary>
    /// <param name="final">The run as it ends.</param>
    /// <param name="results">Its results in the store.</param>
    public async Task<IReadOnlyList<KeptExposure>> OfAsync(RunDocument final, IReadOnlyList<CheckResult> results)
    {
        var found = new Dictionary<ResultKey, KeptExposure>();
        foreach (var result in results.Where(result => result.Outcome is CheckOutcome.Mismatch))
        {
            var exposure = new Exposure(null, null, final.Run, final.Finished ?? final.Started, Rows(result));
            found.TryAdd(ResultKey.Of(result), new KeptExposure(result.Comparison, result.Entity, result.Check, result.By, exposure));
        }
        // A match under a filter, or without a column, says nothing of what it left out.
        var open = results.Where(result => found.ContainsKey(ResultKey.Of(result))).GroupBy(ResultKey.Of).ToDictionary(same => same.Key, same => same.First().Extent);
        if (open.Count == 0)
            return [];
        foreach (var id in await session.ListAsync<string>("SELECT id FROM run WHERE finished_seq IS NOT NULL ORDER BY finished_seq DESC"))
        {
            await LookAtAsync(id, found, open);
            if (open.Count == 0)
                break;
        }
        return [.. found.Values];
    }

    private async Task LookAtAsync(string id, Dictionary<ResultKey, KeptExposure> found, Dictionary<ResultKey, string?> open)
    {
        var stored = await session.ListAsync<StoredResult>(StoredResult.Select, new { run = id });
        var heads = stored.Select(result => JsonSerializer.Deserialize<ResultHead>(result.Document, LedgerJson.Compact)!)
            .Where(head => open.TryGetValue(head.Key, out var extent) && (head.Outcome == "mismatch" || (head.Outcome == "match" && head.Extent == extent)))
            .ToList();
        if (heads.Count == 0 || await session.FirstAsync<StoredRun>(StoredRun.Select + " WHERE id = @run", new { run = id }) is not { } row)
            return;
        var run = JsonSerializer.Deserialize<RunDocument>(row.Document, LedgerJson.Compact)!;
        foreach (var head in heads)
        {
            var known = found[head.Key];
            // What a mismatch of another extent was last good by may have looked at less.
            var kept = head.Extent == open[head.Key] ? run.Exposures?.FirstOrDefault(kept => kept.Key == head.Key) : null;
            found[head.Key] = known with { Exposure = Before(known.Exposure, head.Outcome, run, kept?.Exposure) };
            if (head.Outcome == "match" || kept is not null)
                open.Remove(head.Key);
        }
    }

    private static Exposure Before(Exposure known, string outcome, RunDocument run, Exposure? kept) => (outcome, kept) switch
    {
        ("match", _) => known with { LastGood = run.Run, LastGoodAt = run.Started },
        (_, null) => known with { FirstBad = run.Run, FirstBadAt = run.Finished ?? run.Started },
        (_, var before) => before with { Rows = known.Rows },
    };

    // Groups, keys, values and columns overlap in rows: only what is counted row by row, or as rows alone, adds up to rows.
    private static long? Rows(CheckResult result)
    {
        if (result.Check is not (CheckNames.RecordCount or CheckNames.Fingerprint))
            return null;
        var findings = result.Outcome.AllFindings.Where(finding => finding.Kind != FindingKinds.CountDiffers).ToList();
        return findings.Count > 0 && findings.All(IsOfRows) ? findings.Sum(finding => finding.Count) : null;
    }

    private static bool IsOfRows(Finding finding) =>
        finding is { Kind: FindingKinds.MissingInTarget or FindingKinds.ExtraInTarget or FindingKinds.Changed, Count: not null };

    /// <summary>As much of a result as its place in history takes.</summary>
    private sealed record ResultHead
    {
        [JsonPropertyName("comparison")]
        public string Comparison { get; init; } = "";

        [JsonPropertyName("entity")]
        public string? Entity { get; init; }

        [JsonPropertyName("check")]
        public string Check { get; init; } = "";

        [JsonPropertyName("by")]
        public IReadOnlyList<string>? By { get; init; }

        [JsonPropertyName("outcome")]
        public string Outcome { get; init; } = "";

        [JsonPropertyName("extent")]
        public string? Extent { get; init; }

        [JsonIgnore]
        public ResultKey Key => new(Comparison, Entity, Check, By);
    }
}

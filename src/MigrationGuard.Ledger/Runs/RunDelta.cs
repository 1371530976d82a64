using System.Globalization;
using System.Text.Json.Serialization;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Ledger.Runs;

/// <summary>A run held against an earlier one: what is new, what was known, what is gone.</summary>
/// <param name="Run">The earlier run.</param>
/// <param name="Label">Its name among people, where it has one.</param>
/// <param name="New">Results with those of their findings that the earlier run did not have, or had of fewer rows.</param>
/// <param name="Known">Results with those of their findings that the earlier run had already, of as many rows or more.</param>
/// <param name="Gone">Results of the earlier run with those findings that are no more, although the check was made again.</param>
/// <param name="NotMadeAgain">Results of the earlier run that were neither match nor accepted, and whose check this run did not make.</param>
public sealed record RunDelta(
    [property: JsonPropertyName("run")] string Run,
    [property: JsonPropertyName("label"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Label,
    [property: JsonPropertyName("new")] IReadOnlyList<CheckResult> New,
    [property: JsonPropertyName("known")] IReadOnlyList<CheckResult> Known,
    [property: JsonPropertyName("gone")] IReadOnlyList<CheckResult> Gone,
    [property: JsonPropertyName("notMadeAgain")] IReadOnlyList<CheckResult> NotMadeAgain)
{
    /// <summary>The earlier run as sentences name it.</summary>
    [JsonIgnore]
    public string Name => Label is null ? "run " + Run : $"{Label} (run {Run})";

    /// <summary>Holds a run against an earlier one, both with their results.</summary>
    public static RunDelta Of(RunDocument run, RunDocument earlier)
    {
        var before = ByKey(earlier);
        var now = ByKey(run);
        var (fresh, known) = (new List<CheckResult>(), new List<CheckResult>());
        foreach (var (key, result) in now.Where(entry => entry.Value.Outcome is not CheckOutcome.Match))
            Split(result, before.GetValueOrDefault(key), fresh, known);
        var (gone, notMadeAgain) = (new List<CheckResult>(), new List<CheckResult>());
        foreach (var (key, result) in before.Where(entry => entry.Value.Outcome is not CheckOutcome.Match))
            Miss(result, now.GetValueOrDefault(key), gone, notMadeAgain);
        return new RunDelta(earlier.Run, earlier.Label, fresh, known, gone, notMadeAgain);
    }

    private static void Split(CheckResult result, CheckResult? before, List<CheckResult> fresh, List<CheckResult> known)
    {
        if (result.Outcome is CheckOutcome.NotChecked)
        {
            (before?.Outcome is CheckOutcome.NotChecked ? known : fresh).Add(Bare(result));
            return;
        }
        var earlier = Findings(before);
        var grown = new List<string>();
        var (news, olds) = (new List<Finding>(), new List<Finding>());
        foreach (var (what, finding) in Findings(result))
        {
            if (!earlier.TryGetValue(what, out var was))
            {
                news.Add(finding);
            }
            else if (finding.Amount > was.Amount)
            {
                news.Add(finding);
                grown.Add(string.Create(CultureInfo.InvariantCulture, $"{finding.Kind}: {finding.Amount:N0} now, {was.Amount:N0} then."));
            }
            else
            {
                olds.Add(finding);
            }
        }
        if (news.Count > 0)
            fresh.Add(Only(result, news) with { Notes = grown });
        if (olds.Count > 0)
            known.Add(Only(result, olds));
    }

    private static void Miss(CheckResult result, CheckResult? now, List<CheckResult> gone, List<CheckResult> notMadeAgain)
    {
        // What was not looked at again is not gone; and of an accepted difference nobody waits to hear.
        if (now is null or { Outcome: CheckOutcome.NotChecked })
        {
            if (result.Outcome is CheckOutcome.Mismatch || (now is null && result.Outcome is CheckOutcome.NotChecked))
                notMadeAgain.Add(Bare(result));
            return;
        }
        if (result.Outcome is CheckOutcome.NotChecked)
        {
            gone.Add(Bare(result));
            return;
        }
        var left = Findings(now);
        var findings = Findings(result).Where(finding => !left.ContainsKey(finding.Key)).Select(finding => finding.Value).ToList();
        if (findings.Count > 0)
            gone.Add(Only(result, findings));
    }

    private static Dictionary<ResultKey, CheckResult> ByKey(RunDocument run)
    {
        var results = new Dictionary<ResultKey, CheckResult>();
        foreach (var result in run.Results)
            results.TryAdd(ResultKey.Of(result), result);
        return results;
    }

    // Of several that found the same, the first of the one run is held against the first of the other, and so on: none is left out.
    private static OrderedDictionary<(string What, int Nth), Finding> Findings(CheckResult? result)
    {
        var findings = new OrderedDictionary<(string What, int Nth), Finding>();
        foreach (var alike in (result?.Outcome.AllFindings ?? []).GroupBy(KeyOf, StringComparer.Ordinal))
        {
            foreach (var (nth, finding) in alike.Index())
                findings.Add((alike.Key, nth), finding);
        }
        return findings;
    }

    // What is found, not how much of it: whether rows are counted, the columns that differ, the group or the key of a query's row.
    private static string KeyOf(Finding finding) => string.Join('\u0001', [
        finding.Kind, finding.Count is null ? "" : "\u0004", .. finding.Columns ?? [], "\u0002", .. finding.Group?.Select(value => value.IsNull ? "\u0003" : value.ToString()) ?? []]);

    private static CheckResult Only(CheckResult result, IReadOnlyList<Finding> findings) => Bare(result) with
    {
        Outcome = result.Outcome is CheckOutcome.Accepted accepted ? new CheckOutcome.Accepted(findings, accepted.Because) : new CheckOutcome.Mismatch(findings),
    };

    // What a result was measured by stands in the run itself.
    private static CheckResult Bare(CheckResult result) => result with { Breakdown = null, SourceSql = null, TargetSql = null, Proves = null, Extent = null, Narrowed = [], Notes = [] };
}

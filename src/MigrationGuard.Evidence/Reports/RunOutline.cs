using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Evidence.Reports;

/// <summary>A run in the order in which it is read: what is wrong first, what is right last.</summary>
public sealed class RunOutline
{
    public RunOutline(RunDocument run)
    {
        Run = run;
        Results = [.. run.Results.Select((result, index) => new ReportedResult(index + 1, result) { IsOfWhatIsKept = run.Kind is not null })];
        Mismatches = Those<CheckOutcome.Mismatch>();
        NotChecked = Those<CheckOutcome.NotChecked>();
        Accepted = Those<CheckOutcome.Accepted>();
        Matches = Those<CheckOutcome.Match>();
    }

    public RunDocument Run { get; }

    /// <summary>All results, in the order in which the run came to them.</summary>
    public IReadOnlyList<ReportedResult> Results { get; }

    public IReadOnlyList<ReportedResult> Mismatches { get; }

    public IReadOnlyList<ReportedResult> NotChecked { get; }

    public IReadOnlyList<ReportedResult> Accepted { get; }

    public IReadOnlyList<ReportedResult> Matches { get; }

    /// <summary>What was given up to make the two sides comparable, each with the results it holds for.</summary>
    public IReadOnlyList<(string Narrowing, IReadOnlyList<ReportedResult> Results)> Narrowings =>
        [.. Results
            .SelectMany(result => result.Result.Narrowed, (result, narrowing) => (Narrowing: narrowing, Result: result))
            .GroupBy(pair => pair.Narrowing, pair => pair.Result, StringComparer.Ordinal)
            .Select(group => (group.Key, (IReadOnlyList<ReportedResult>)[.. group]))];

    private IReadOnlyList<ReportedResult> Those<TOutcome>() where TOutcome : CheckOutcome =>
        [.. Results.Where(result => result.Result.Outcome is TOutcome)];
}

/// <summary>A result and its place in the report.</summary>
/// <param name="Number">Its place in the run, from 1: the same in every report of that run.</param>
public sealed record ReportedResult(int Number, CheckResult Result)
{
    /// <summary>Whether it is of a run that holds something against a promise, and no two sides against each other.</summary>
    public bool IsOfWhatIsKept { get; init; }

    /// <summary>The identifier that links lead to.</summary>
    public string Anchor => FormattableString.Invariant($"result-{Number}");

    /// <summary>The kind of check, for a reader.</summary>
    public string Kind => Result.Check switch
    {
        CheckNames.RecordCount => "record count",
        CheckNames.EntityBreakdown => "breakdown",
        CheckNames.LastTimestamp => "last timestamps",
        CheckNames.Fingerprint => "row fingerprints",
        var other => Query is null ? other : "query " + Query,
    };

    /// <summary>The columns that the check counts by, for a reader; empty for other checks.</summary>
    public string By => Result.By is { Count: > 0 } by ? "by " + string.Join(", ", by) : "";

    /// <summary>The check and the columns it counts by, for a reader.</summary>
    public string Check => $"{Kind} {By}".TrimEnd();

    /// <summary>The query's name; null for a check of an entity.</summary>
    public string? Query => Result.Check.StartsWith(CheckNames.Query(""), StringComparison.Ordinal)
        ? Result.Check[CheckNames.Query("").Length..]
        : null;

    /// <summary>What was checked, and how.</summary>
    public string Title => Result.Entity is { } entity ? entity + ": " + Check : Check;
}

using System.Globalization;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Verification.ExpectedDifferences;

/// <summary>A difference somebody expects, bound on every side so that it cannot hide a new one.</summary>
/// <remarks>
/// A finding is covered only when the entity, the check, the kind, every column and the group are those named, and when all
/// findings covered together stay within the bound. Without an approver, without an expiry or after it, nothing is covered.
/// </remarks>
public sealed class ExpectedDifference(ExpectedDifferenceOptions options)
{
    private const string Any = "*";

    /// <summary>The result with its outcome accepted where approved differences cover every finding; else as it was, with a note on what fell short.</summary>
    /// <param name="result">A result of the comparison the differences belong to.</param>
    /// <param name="differences">All of the comparison's expected differences.</param>
    /// <param name="today">The day of the run in UTC; a difference holds to the end of its last day.</param>
    public static CheckResult Apply(CheckResult result, IReadOnlyList<ExpectedDifference> differences, DateOnly today)
    {
        if (result.Outcome is not CheckOutcome.Mismatch(var findings))
            return result;
        var notes = new List<string>();
        var approvals = new List<string>();
        var open = findings.ToList();
        foreach (var difference in differences.Where(difference => difference.Concerns(result)))
        {
            var covered = open.Where(difference.Covers).ToList();
            if (covered.Count == 0)
                continue;
            if (difference.Shortcoming(covered, today) is { } shortcoming)
            {
                notes.Add(shortcoming);
                continue;
            }
            approvals.Add(difference.Approval);
            open.RemoveAll(covered.Contains);
        }
        if (open.Count == 0)
            return result with { Outcome = new CheckOutcome.Accepted(findings, string.Join("; ", approvals)), Notes = [.. result.Notes, .. notes] };
        if (approvals.Count > 0)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"Expected are {findings.Count - open.Count} of {findings.Count} findings ({string.Join("; ", approvals)}), and not the others."));
        return result with { Notes = [.. result.Notes, .. notes] };
    }

    /// <summary>Whether it has an approver and a last day, whatever that day is.</summary>
    public bool IsApproved => !string.IsNullOrWhiteSpace(options.ApprovedBy) && options.Expires is not null;

    /// <summary>Who approved what, why and until when, as one sentence.</summary>
    public string Approval => string.Create(
        CultureInfo.InvariantCulture, $"{options.ApprovedBy}, until {options.Expires:yyyy-MM-dd}: {options.Reason}");

    private bool Concerns(CheckResult result) =>
        string.Equals(options.Entity, result.Entity, StringComparison.OrdinalIgnoreCase) && string.Equals(options.Check, result.Check, StringComparison.OrdinalIgnoreCase)
        && (result.By is null || SpeaksFor(result.By));

    // Group 1 of StateCode is not group 1 of StatusCode: which breakdown is meant is said by its columns, unless any group of any is.
    private bool SpeaksFor(IReadOnlyList<string> by) =>
        options.Columns.Contains(Any)
        || (options.Columns.Count == 0 ? options.Groups.All(group => group is [Any]) : options.Columns.SequenceEqual(by, StringComparer.OrdinalIgnoreCase));

    private bool Covers(Finding finding) =>
        string.Equals(options.Kind, finding.Kind, StringComparison.OrdinalIgnoreCase)
        && CoversColumns(finding)
        && CoversGroup(finding);

    // A finding that sums up what was too much to list names neither columns nor group: only "*" speaks for it.
    private bool CoversColumns(Finding finding) =>
        options.Columns.Contains(Any)
        || (finding.Columns?.All(column => options.Columns.Contains(column, StringComparer.OrdinalIgnoreCase)) ?? finding.Kind is not (FindingKinds.ValueDiffers or FindingKinds.Changed));

    private bool CoversGroup(Finding finding) => finding.Group is { } values
        ? options.Groups.Any(group => Names(group, values))
        : !ListsGroups || options.Groups.Any(group => group is [Any]);

    private bool ListsGroups =>
        string.Equals(options.Check, CheckNames.EntityBreakdown, StringComparison.OrdinalIgnoreCase)
        || options.Check.StartsWith(CheckNames.Query(""), StringComparison.OrdinalIgnoreCase);

    private static bool Names(IReadOnlyList<string?> group, IReadOnlyList<Scalar> values) =>
        group is [Any] || (group.Count == values.Count && group.Zip(values).All(pair => pair.First is null ? pair.Second.IsNull : !pair.Second.IsNull && pair.First == pair.Second.ToString()));

    // Why it does not cover what it names; null when it does.
    private string? Shortcoming(IReadOnlyList<Finding> covered, DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(options.ApprovedBy))
            return $"Expected, but nobody has approved it: {options.Reason}";
        if (options.Expires is not { } expires)
            return $"Expected, but without an expiry, so without effect: {options.Reason}";
        if (today > expires)
            return string.Create(CultureInfo.InvariantCulture, $"Expected until {expires:yyyy-MM-dd}, which is past: {options.Reason}");
        if (covered.All(finding => finding.Amount is null))
            return null;
        var rows = covered.Sum(finding => finding.Amount ?? 0);
        return options.AtMost is { } most && rows <= most
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"Expected of at most {options.AtMost ?? 0:N0} rows, but found of {rows:N0}: {options.Reason}");
    }
}

using MigrationGuard.Evidence.Reports;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Evidence.Narrative;

/// <summary>A difference in a sentence.</summary>
internal static class FindingReading
{
    private const int Most = 5;

    public static string Of(CheckResult result) => Of(result, Of);

    /// <summary>What breaks a promise, which has rows as little as sides: its sentences say all.</summary>
    public static string OfWhatIsKept(CheckResult result) => Of(result, finding => finding.Detail is { } sentence ? sentence.TrimEnd('.') : Of(finding));

    private static string Of(CheckResult result, Func<Finding, string> reading)
    {
        var findings = result.Outcome.AllFindings;
        var read = string.Join("; ", findings.Take(Most).Select(reading));
        return findings.Count > Most ? $"{read}; and {Figures.Count(findings.Count - Most)} more" : read;
    }

    private static string Of(Finding finding)
    {
        if (finding is { Columns: null, Group: null, Source: null, Target: null, Detail: { } sentence } && !FindingKinds.All.Contains(finding.Kind))
            return sentence.TrimEnd('.');
        var columns = finding.Columns is { Count: > 0 } names ? string.Join(", ", names) : "";
        var group = finding.Group is { } values ? "(" + string.Join(", ", values.Select(value => value.ToString())) + ")" : "";
        var reading = finding.Kind switch
        {
            FindingKinds.MissingInTarget => finding.Count is { } rows ? $"{Rows(rows)} missing in the target" : $"{group} is missing in the target",
            FindingKinds.ExtraInTarget => finding.Count is { } rows ? $"{Rows(rows)} only in the target" : $"{group} is only in the target",
            FindingKinds.Changed => $"{Figures.Count(finding.Count ?? 0, "row", "rows")} changed{(columns.Length > 0 ? $" in {columns}" : "")}",
            FindingKinds.GroupDiffers => $"group {group} differs{Sides(finding)}",
            FindingKinds.TimestampDiffers => $"{columns} differs{Sides(finding)}",
            FindingKinds.SchemaDiffers => $"{columns} is declared differently{Sides(finding)}",
            _ => $"{$"{columns} {group}".Trim()} differs{Sides(finding)}".TrimStart(),
        };
        return finding.Detail is { } detail ? $"{reading}: {detail.TrimEnd('.')}" : reading;
    }

    private static string Rows(long count) => Figures.Count(count, "row is", "rows are");

    private static string Sides(Finding finding) => finding.Source is null && finding.Target is null
        ? ""
        : $" ({(finding.Source is null ? "nothing" : Figures.Measured(finding.Source))} on the source, {(finding.Target is null ? "nothing" : Figures.Measured(finding.Target))} on the target)";
}

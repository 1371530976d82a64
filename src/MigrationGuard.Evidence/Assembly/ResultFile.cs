using System.Globalization;
using System.Text;
using System.Text.Json;
using MigrationGuard.Evidence.Documents;
using MigrationGuard.Evidence.Reports;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Evidence.Assembly;

/// <summary>What one check measured and found, as a table that any program reads.</summary>
/// <remarks>
/// One shape for every check, so that the files of a whole run can be put one below another: what a line is about, its name,
/// the columns it concerns, both sides, how many, and a sentence.
/// </remarks>
internal static class ResultFile
{
    private static readonly string[] Header = ["section", "item", "columns", "source", "target", "count", "detail"];

    public static string Of(CheckResult result)
    {
        var csv = CsvTable.AppendLine(new StringBuilder(), Header);
        foreach (var line in Lines(result))
            CsvTable.AppendLine(csv, [line.Section, line.Item, string.Join(", ", line.Columns ?? []), Text(line.Source), Text(line.Target), Text(line.Count), line.Detail]);
        return csv.ToString();
    }

    private static IEnumerable<Line> Lines(CheckResult result)
    {
        yield return new Line("result", "outcome", result.Outcome.Name);
        if (result.Outcome is CheckOutcome.NotChecked notChecked)
            yield return new Line("result", "reason", notChecked.Reason);
        if (result.Outcome is CheckOutcome.Accepted accepted)
            yield return new Line("result", "accepted because", accepted.Because);
        if (result.Proves is { } proves)
            yield return new Line("result", "proves", proves);
        foreach (var name in (result.Source?.Keys ?? []).Union(result.Target?.Keys ?? []))
            yield return new Line("measured", name) { Source = result.Source?.GetValueOrDefault(name), Target = result.Target?.GetValueOrDefault(name) };
        foreach (var group in result.Breakdown ?? [])
            yield return new Line("group", Text(group.Group)) { Columns = result.By, Source = new Scalar(group.Source), Target = new Scalar(group.Target) };
        foreach (var finding in result.Outcome.AllFindings)
            yield return new Line("finding", finding.Kind, Detail(finding)) { Columns = finding.Columns, Source = finding.Source, Target = finding.Target, Count = finding.Count };
        if (result.Exposure is { } exposure)
            yield return new Line("exposure", "since when", ExposureReading.Of(result, exposure)) { Count = exposure.Rows };
        foreach (var sentence in result.Narrowed)
            yield return new Line("narrowed", "", sentence);
        foreach (var sentence in result.Notes)
            yield return new Line("note", "", sentence);
    }

    private static string Detail(Finding finding) => string.Join(
        "; ",
        new[] { finding.Group is null ? null : "group " + Text(finding.Group), finding.Detail, finding.Digests is null ? null : "digests " + string.Join(' ', finding.Digests) }.OfType<string>());

    // As in JSON, where NULL, an empty text and the text NULL are three things.
    private static string Text(IReadOnlyList<Scalar> group) => JsonSerializer.Serialize(group, LedgerJson.Compact);

    private static string Text(Scalar? value) => value?.ToString() ?? "";

    private static string Text(long? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "";

    private sealed record Line(string Section, string Item, string Detail = "")
    {
        public IReadOnlyList<string>? Columns { get; init; }

        public Scalar? Source { get; init; }

        public Scalar? Target { get; init; }

        public long? Count { get; init; }
    }
}

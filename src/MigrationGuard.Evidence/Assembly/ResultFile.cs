using System.Globalization;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using MigrationGuard.Evidence.Reports;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Evidence.Assembly;

/// <summary>What one check measured and found, as a table that any program reads (RFC 4180, UTF-8).</summary>
/// <remarks>
/// One shape for every check, so that the files of a whole run can be put one below another: what a line is about, its name,
/// the columns it concerns, both sides, how many, and a sentence.
/// </remarks>
internal static class ResultFile
{
    private static readonly string[] Header = ["section", "item", "columns", "source", "target", "count", "detail"];

    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { NewLine = "\r\n" };

    public static void Write(TextWriter output, CheckResult result)
    {
        using var csv = new CsvWriter(output, Format, leaveOpen: true);
        foreach (var name in Header)
            csv.WriteField(name);
        csv.NextRecord();
        Line(csv, "result", "outcome", detail: result.Outcome.Name);
        switch (result.Outcome)
        {
            case CheckOutcome.NotChecked notChecked:
                Line(csv, "result", "reason", detail: notChecked.Reason);
                break;
            case CheckOutcome.Accepted accepted:
                Line(csv, "result", "accepted because", detail: accepted.Because);
                break;
        }
        if (result.Proves is { } proves)
            Line(csv, "result", "proves", detail: proves);
        foreach (var name in (result.Source?.Keys ?? []).Union(result.Target?.Keys ?? []))
            Line(csv, "measured", name, source: result.Source?.GetValueOrDefault(name), target: result.Target?.GetValueOrDefault(name));
        foreach (var group in result.Breakdown ?? [])
            Line(csv, "group", Text(group.Group), result.By, new Scalar(group.Source), new Scalar(group.Target));
        foreach (var finding in result.Outcome.AllFindings)
            Line(csv, "finding", finding.Kind, finding.Columns, finding.Source, finding.Target, finding.Count, Detail(finding));
        if (result.Exposure is { } exposure)
            Line(csv, "exposure", "since when", count: exposure.Rows, detail: ExposureReading.Of(result, exposure));
        foreach (var sentence in result.Narrowed)
            Line(csv, "narrowed", "", detail: sentence);
        foreach (var sentence in result.Notes)
            Line(csv, "note", "", detail: sentence);
    }

    private static string Detail(Finding finding) => string.Join(
        "; ",
        new[] { finding.Group is null ? null : "group " + Text(finding.Group), finding.Detail, finding.Digests is null ? null : "digests " + string.Join(' ', finding.Digests) }.OfType<string>());

    // As in JSON, where NULL, an empty text and the text NULL are three things.
    private static string Text(IReadOnlyList<Scalar> group) => JsonSerializer.Serialize(group, LedgerJson.Compact);

    private static void Line(
        CsvWriter csv, string section, string item, IReadOnlyList<string>? columns = null, Scalar? source = null, Scalar? target = null, long? count = null, string? detail = null)
    {
        csv.WriteField(section);
        csv.WriteField(Plain(item));
        csv.WriteField(Plain(string.Join(", ", columns ?? [])));
        csv.WriteField(Value(source));
        csv.WriteField(Value(target));
        csv.WriteField(count?.ToString(CultureInfo.InvariantCulture));
        csv.WriteField(Plain(detail));
        csv.NextRecord();
    }

    private static string? Value(Scalar? value) => value switch
    {
        null => null,
        { Text: { } text } => Plain(text),
        _ => value.ToString(),
    };

    /// <summary>The text with an apostrophe before it where a spreadsheet would take it for a formula, and run it on the auditor's machine.</summary>
    public static string? Plain(string? text) => text?.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
}

using System.Globalization;
using CsvHelper;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Output;

/// <summary>Differing rows for a spreadsheet: a line for each column of each row.</summary>
/// <remarks>
/// NULL is an empty field, and so is the value of a side that has no such row, which the first field tells; empty text is
/// <c>""</c>. A masked value is <see cref="ShownDifferences.Masked"/>. What is left out is said on standard error.
/// </remarks>
internal static class DiffCsv
{
    public static async Task WriteAsync(ShownDifferences shown, ProgramContext context)
    {
        await using (var csv = new CsvWriter(context.Output, CultureInfo.InvariantCulture, leaveOpen: true))
        {
            foreach (var heading in new[] { "kind", "key", "column", "source", "target" })
                csv.WriteField(heading);
            await csv.NextRecordAsync();
            foreach (var row in shown.Rows.Rows)
                await WriteAsync(csv, row, shown);
        }
        if (shown.LeftOut().ToList() is { Count: > 0 } leftOut)
            await context.Error.WriteLineAsync(string.Join(' ', leftOut));
    }

    private static async Task WriteAsync(CsvWriter csv, DifferingRow row, ShownDifferences shown)
    {
        var key = string.Join(", ", row.Key.Select(value => $"{value.Column}={value.Value ?? "NULL"}"));
        foreach (var value in row.Values.DefaultIfEmpty(new DifferingValue("", null, null)))
        {
            csv.WriteField(row.Kind);
            csv.WriteField(key);
            csv.WriteField(value.Column);
            WriteValue(csv, value.Column.Length == 0 ? null : shown.Source(row, value));
            WriteValue(csv, value.Column.Length == 0 ? null : shown.Target(row, value));
            await csv.NextRecordAsync();
        }
    }

    private static void WriteValue(CsvWriter csv, string? value)
    {
        if (value is "")
            csv.WriteField(value, shouldQuote: true);
        else
            csv.WriteField(value);
    }
}

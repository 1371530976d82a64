using System.Globalization;
using CsvHelper;
using MigrationGuard.Commands;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Output;

/// <summary>Differing rows as <c>diff</c> writes them.</summary>
internal static class DiffText
{
    private const string Masked = "•••";

    public static Task WriteAsync(DiffFormat format, string comparison, string entity, RowsListed rows, bool reveal, ProgramContext context) => format switch
    {
        DiffFormat.Json => WriteJsonAsync(comparison, entity, rows, reveal, context),
        DiffFormat.Csv => WriteCsvAsync(rows, reveal, context),
        _ => WriteTextAsync(comparison, entity, rows, reveal, context),
    };

    private static async Task WriteTextAsync(string comparison, string entity, RowsListed rows, bool reveal, ProgramContext context)
    {
        if (rows.Rows.Count == 0)
        {
            await context.Output.WriteLineAsync($"{Printable.Of(comparison)} / {Printable.Of(entity)}: no row differs.");
            return;
        }
        var table = Listing.Table("Key", "Difference", "Column", "Source", "Target");
        foreach (var row in rows.Rows)
        {
            var key = string.Join(", ", row.Key.Select(value => $"{value.Column}={Shown(value.Value)}"));
            var values = row.Values.Count == 0 || (row.Kind != FindingKinds.Changed && !reveal) ? [new DifferingValue("", null, null)] : row.Values;
            foreach (var (value, i) in values.Select((value, i) => (value, i)))
            {
                table.Add(
                    i == 0 ? key : "",
                    i == 0 ? row.Kind : "",
                    value.Column,
                    value.Column.Length == 0 || row.Kind == FindingKinds.ExtraInTarget ? "" : Cell(value.Source, reveal),
                    value.Column.Length == 0 || row.Kind == FindingKinds.MissingInTarget ? "" : Cell(value.Target, reveal));
            }
        }
        table.Write(context);
        await context.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{rows.Rows.Count} {(rows.Rows.Count == 1 ? "row differs" : "rows differ")}{(rows.IsCut ? ", and more do: raise --limit to see them" : "")}."));
        if (!reveal)
            await context.Output.WriteLineAsync("Values are masked. --reveal shows them, and the ledger records that it did.");
    }

    private static Task WriteJsonAsync(string comparison, string entity, RowsListed rows, bool reveal, ProgramContext context) => Listing.WriteJsonAsync(
        new
        {
            schema = "migrationguard.diff/1",
            comparison,
            entity,
            revealed = reveal,
            complete = !rows.IsCut,
            rows = rows.Rows.Select(row => new
            {
                kind = row.Kind,
                key = row.Key.ToDictionary(value => value.Column, value => value.Value),
                columns = row.Values.Select(value => new
                {
                    column = value.Column,
                    source = reveal ? value.Source : null,
                    target = reveal ? value.Target : null,
                }),
            }),
        },
        context);

    private static async Task WriteCsvAsync(RowsListed rows, bool reveal, ProgramContext context)
    {
        await using var csv = new CsvWriter(context.Output, CultureInfo.InvariantCulture, leaveOpen: true);
        foreach (var heading in new[] { "kind", "key", "column", "source", "target" })
            csv.WriteField(heading);
        await csv.NextRecordAsync();
        foreach (var row in rows.Rows)
        {
            var key = string.Join(", ", row.Key.Select(value => $"{value.Column}={value.Value ?? "NULL"}"));
            foreach (var value in row.Values.DefaultIfEmpty(new DifferingValue("", null, null)))
            {
                csv.WriteField(row.Kind);
                csv.WriteField(key);
                csv.WriteField(value.Column);
                csv.WriteField(reveal ? value.Source : null);
                csv.WriteField(reveal ? value.Target : null);
                await csv.NextRecordAsync();
            }
        }
    }

    private static string Cell(string? value, bool reveal) => value is null ? "NULL" : reveal ? Shown(value) : Masked;

    // Apart from NULL, and with its ends to be seen: a trailing space is often the whole difference.
    private static string Shown(string? value) => value switch
    {
        null => "NULL",
        _ when value.Length == 0 || value[0] == ' ' || value[^1] == ' ' || value == "NULL" => $"\"{value}\"",
        _ => value,
    };
}

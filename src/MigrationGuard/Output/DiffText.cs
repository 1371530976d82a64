using System.Globalization;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Output;

/// <summary>Differing rows side by side, for people.</summary>
internal static class DiffText
{
    public static async Task WriteAsync(ShownDifferences shown, ProgramContext context)
    {
        var rows = shown.Rows.Rows;
        if (rows.Count == 0)
        {
            await context.Output.WriteLineAsync($"{Printable.Of(shown.Comparison)} / {Printable.Of(shown.Entity)}: no row differs.");
            return;
        }
        var hasKey = rows[0].Key.Count > 0;
        // Without key and values one row looks like another: how many there are is all there is to see.
        if (hasKey || shown.IsRevealed)
            WriteTable(shown, hasKey, context);
        else
            await WriteCountsAsync(rows, context);
        await context.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{rows.Count} {(rows.Count == 1 ? "row differs" : "rows differ")}."));
        foreach (var sentence in shown.LeftOut())
            await context.Output.WriteLineAsync(sentence);
        if (!hasKey)
            await context.Output.WriteLineAsync("The entity has no key: a changed row shows as one that is missing and one that is extra.");
        if (!shown.IsRevealed)
            await context.Output.WriteLineAsync("Values are masked. --reveal shows them, and the ledger records that it did.");
    }

    private static async Task WriteCountsAsync(IReadOnlyList<DifferingRow> rows, ProgramContext context)
    {
        foreach (var (kind, count) in rows.CountBy(row => row.Kind))
            await context.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{kind}: {count}"));
    }

    private static void WriteTable(ShownDifferences shown, bool hasKey, ProgramContext context)
    {
        var table = Listing.Table([.. hasKey ? ["Key"] : Array.Empty<string>(), "Difference", "Column", "Source", "Target"]);
        foreach (var row in shown.Rows.Rows)
        {
            string[] key = hasKey ? [string.Join(", ", row.Key.Select(value => $"{value.Column}={Spelt(value.Value)}"))] : [];
            // Of a row that one side has alone every value differs, and masked they say nothing.
            IEnumerable<DifferingValue?> values = row.Kind != FindingKinds.Changed && !shown.IsRevealed ? [] : row.Values;
            foreach (var (i, value) in values.DefaultIfEmpty().Index())
            {
                var (source, target) = value is null ? ("", "") : Cells(row, value, shown);
                table.Add([.. key.Select(cell => i == 0 ? cell : ""), i == 0 ? row.Kind : "", value?.Column ?? "", source, target]);
            }
        }
        table.Write(context);
    }

    private static (string Source, string Target) Cells(DifferingRow row, DifferingValue value, ShownDifferences shown)
    {
        var (source, target) = LookAlikes.Apart(shown.Source(row, value), shown.Target(row, value));
        return (ShownDifferences.HasSource(row) ? Spelt(source) : "", ShownDifferences.HasTarget(row) ? Spelt(target) : "");
    }

    // Apart from NULL, and with its ends to be seen: a trailing space is often the whole difference.
    private static string Spelt(string? value) => value switch
    {
        null => "NULL",
        _ when value.Length == 0 || char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1]) || value is "NULL" => $"\"{value}\"",
        _ => value,
    };
}

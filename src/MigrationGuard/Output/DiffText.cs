using System.Globalization;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification.Segments;
using Spectre.Console;

namespace MigrationGuard.Output;

/// <summary>Differing rows side by side, for people.</summary>
internal static class DiffText
{
    private const int Indent = 4;
    private const int Gap = 2;

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
            await WriteRowsAsync(shown, context);
        else
            await WriteCountsAsync(rows, context);
        if (!shown.Rows.IsCut)
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

    // A line for each row and below it its values: beside them a UUID would be broken into pieces that nobody can copy.
    private static async Task WriteRowsAsync(ShownDifferences shown, ProgramContext context)
    {
        var console = Terminal.On(context.Output, context, context.OutputIsTerminal);
        var rows = shown.Rows.Rows;
        var columns = rows.SelectMany(row => Values(row, shown)).Select(value => Printable.Of(value.Column).Length).DefaultIfEmpty(0).Max();
        if (columns > 0)
            console.Write(Indented(SideBySide(columns, console.Profile.Width).AddRow("Column", "Source", "Target")));
        foreach (var row in rows)
        {
            var key = string.Join(", ", row.Key.Select(value => $"{value.Column}={Spelt(value.Value)}"));
            await context.Output.WriteLineAsync(Printable.Of($"{row.Kind}{(key.Length == 0 ? "" : "  ")}{key}"));
            var table = SideBySide(columns, console.Profile.Width);
            foreach (var value in Values(row, shown))
            {
                var (source, target) = Cells(row, value, shown);
                table.Add(value.Column, source, target);
            }
            if (table.Rows.Count > 0)
                console.Write(Indented(table));
        }
    }

    // Of a row that one side has alone every value differs, and masked they say nothing.
    private static IReadOnlyList<DifferingValue> Values(DifferingRow row, ShownDifferences shown) =>
        row.Kind != FindingKinds.Changed && !shown.IsRevealed ? [] : row.Values;

    // Of one shape for all rows, so that sources and targets stand below each other.
    private static Table SideBySide(int columns, int width)
    {
        var name = Math.Max("Column".Length, Math.Min(columns, width / 4));
        var side = Math.Max(1, (width - Indent - name - (2 * Gap)) / 2);
        return new Table().Border(TableBorder.None).HideHeaders().AddColumns(
            new TableColumn("").Padding(0, 0, Gap, 0).Width(name),
            new TableColumn("").Padding(0, 0, Gap, 0).Width(side),
            new TableColumn("").Padding(0, 0, 0, 0).Width(side));
    }

    private static Padder Indented(Table table) => new(table, new Padding(Indent, 0, 0, 0));

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

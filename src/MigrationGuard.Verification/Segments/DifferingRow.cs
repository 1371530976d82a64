using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Verification.Segments;

/// <summary>A row that differs, with its values: for whoever asks to see it, never for a report or the ledger.</summary>
/// <param name="Kind">One of <see cref="FindingKinds"/>: missing, extra or changed.</param>
/// <param name="Key">The key's columns and values; none of a table without a key.</param>
/// <param name="Values">The columns that differ; of a row that one side has alone, all that are not the key's.</param>
public sealed record DifferingRow(string Kind, IReadOnlyList<NamedValue> Key, IReadOnlyList<DifferingValue> Values)
{
    internal static DifferingRow Of(RowComparison rows, KeptRow? source, KeptRow? target, IReadOnlyList<int> columns)
    {
        var kind = target is null ? FindingKinds.MissingInTarget : source is null ? FindingKinds.ExtraInTarget : FindingKinds.Changed;
        var any = (source ?? target)!.Shown!;
        var shown = kind == FindingKinds.Changed ? columns : [.. Enumerable.Range(0, rows.Columns.Count).Skip(rows.KeyColumns)];
        return new DifferingRow(
            kind,
            [.. Enumerable.Range(0, rows.KeyColumns).Select(column => new NamedValue(rows.Columns[column].Pair.Name, any[column].Text))],
            [.. shown.Select(column => Value(rows.Columns[column].Pair.Name, source?.Shown![column], target?.Shown![column]))]);
    }

    // The number 1 and the text '1' are not the same value, but they read the same.
    private static DifferingValue Value(string column, ShownValue? source, ShownValue? target) =>
        source?.Text is { } one && target?.Text is { } other && one == other && source.Value.Kind != target.Value.Kind
            ? new DifferingValue(column, $"{one} ({source.Value.Kind})", $"{other} ({target.Value.Kind})")
            : new DifferingValue(column, source?.Text, target?.Text);
}

/// <summary>A column's value as text; null for NULL.</summary>
public sealed record NamedValue(string Column, string? Value);

/// <summary>A column's values as text on both sides; null for NULL, and for a row that a side has not.</summary>
public sealed record DifferingValue(string Column, string? Source, string? Target);

using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Verification.Segments;

/// <summary>A row that differs, with its values: for whoever asks to see it, never for a report or the ledger.</summary>
/// <param name="Kind">One of <see cref="FindingKinds"/>: missing, extra or changed.</param>
/// <param name="Key">The key's columns and values; all columns of a table without a key.</param>
/// <param name="Values">The columns that differ; of a row that one side has alone, all that are not the key's.</param>
public sealed record DifferingRow(string Kind, IReadOnlyList<NamedValue> Key, IReadOnlyList<DifferingValue> Values)
{
    internal static DifferingRow Of(RowComparison rows, KeptRow? source, KeptRow? target, IReadOnlyList<int> columns)
    {
        var kind = target is null ? FindingKinds.MissingInTarget : source is null ? FindingKinds.ExtraInTarget : FindingKinds.Changed;
        var keyColumns = rows.KeyColumns == 0 ? rows.Columns.Count : rows.KeyColumns;
        var any = (source ?? target)!.Shown!;
        var shown = kind == FindingKinds.Changed ? columns : [.. Enumerable.Range(0, rows.Columns.Count).Skip(keyColumns)];
        return new DifferingRow(
            kind,
            [.. Enumerable.Range(0, keyColumns).Select(column => new NamedValue(rows.Columns[column].Pair.Name, any[column]))],
            [.. shown.Select(column => new DifferingValue(rows.Columns[column].Pair.Name, source?.Shown![column], target?.Shown![column]))]);
    }
}

/// <summary>A column's value as text; null for NULL.</summary>
public sealed record NamedValue(string Column, string? Value);

/// <summary>A column's values as text on both sides; null for NULL, and for a row that a side has not.</summary>
public sealed record DifferingValue(string Column, string? Source, string? Target);

/// <summary>Rows that differ.</summary>
/// <param name="IsCut">Whether there are more.</param>
/// <param name="Leaves">Parts of the table in which they lie.</param>
public sealed record RowsListed(IReadOnlyList<DifferingRow> Rows, bool IsCut, int Leaves);

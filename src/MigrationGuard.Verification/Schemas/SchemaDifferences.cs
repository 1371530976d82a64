using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Verification.Schemas;

/// <summary>Gathers what two tables' definitions differ in: findings that may lose values, and notes on what loses none.</summary>
internal sealed class SchemaDifferences
{
    private readonly List<Finding> _findings = [];
    private readonly OrderedDictionary<string, List<(string? Change, List<string> Columns)>> _notes = new(StringComparer.Ordinal);

    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>A sentence for each thing noted, with all the columns it holds for.</summary>
    public IReadOnlyList<string> Notes => [.. _notes.Select(note => note.Value.Count == 0 ? note.Key : $"{note.Key}: {string.Join("; ", note.Value.Select(Spelt))}.")];

    /// <summary>A difference that is a mismatch.</summary>
    /// <param name="columns">The columns concerned, by their source names.</param>
    /// <param name="source">What the source declares.</param>
    /// <param name="target">What the target declares; null when nothing.</param>
    /// <param name="detail">A sentence.</param>
    /// <param name="rows">Rows concerned; null where rows are not what differs.</param>
    public void Error(IReadOnlyList<string> columns, string source, string? target, string detail, long? rows = null) => _findings.Add(new Finding(
        FindingKinds.SchemaDiffers, Count: rows, Columns: columns, Source: new Scalar(source), Target: target is null ? null : new Scalar(target), Detail: detail));

    /// <summary>A difference that is no mismatch.</summary>
    /// <param name="sentence">All there is to say.</param>
    public void Note(string sentence) => _notes.TryAdd(sentence, []);

    /// <summary>A difference that is no mismatch; all columns of which the same is said share a note, so that a wide table has few.</summary>
    /// <param name="what">What is true of the columns: a beginning of a sentence that they are the end of.</param>
    /// <param name="columns">The columns concerned, by their source names.</param>
    /// <param name="change">What the source declares and what the target does, where that differs from column to column; null where it does not.</param>
    public void NoteOf(string what, IEnumerable<string> columns, (string Source, string Target)? change = null)
    {
        if (!_notes.TryGetValue(what, out var noted))
            _notes.Add(what, noted = []);
        var spelt = change is var (source, target) ? $"{source} → {target}" : null;
        if (noted.Find(entry => entry.Change == spelt).Columns is { } alike)
            alike.AddRange(columns);
        else
            noted.Add((spelt, [.. columns]));
    }

    /// <summary>A column's declared type, for a reader.</summary>
    public static string TypeOf(Column column) => column.StoreType.Length == 0 ? "no type" : column.StoreType;

    private static string Spelt((string? Change, List<string> Columns) alike) =>
        string.Join(", ", alike.Columns) + (alike.Change is null ? "" : $" ({alike.Change})");
}

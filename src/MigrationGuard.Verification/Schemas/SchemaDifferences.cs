using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Verification.Schemas;

/// <summary>Gathers what two tables' definitions differ in: findings that may lose values, and notes on what loses none.</summary>
internal sealed class SchemaDifferences
{
    private readonly List<Finding> _findings = [];
    private readonly List<(string Reason, List<string> Columns)> _notes = [];

    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>A sentence for each reason, with all the columns it holds for.</summary>
    public IReadOnlyList<string> Notes =>
        [.. _notes.Select(note => note.Columns.Count == 0 ? note.Reason + "." : $"{string.Join(", ", note.Columns)}: {note.Reason}.")];

    /// <summary>A difference that is a mismatch.</summary>
    /// <param name="columns">The columns concerned, by their source names.</param>
    /// <param name="source">What the source declares.</param>
    /// <param name="target">What the target declares; null when nothing.</param>
    /// <param name="detail">A sentence.</param>
    /// <param name="rows">Rows concerned; null where rows are not what differs.</param>
    public void Error(IReadOnlyList<string> columns, string source, string? target, string detail, long? rows = null) => _findings.Add(new Finding(
        FindingKinds.SchemaDiffers, Count: rows, Columns: columns, Source: new Scalar(source), Target: target is null ? null : new Scalar(target), Detail: detail));

    /// <summary>A difference that is no mismatch; columns of one reason share a note, so that a wide table has few.</summary>
    /// <param name="reason">A clause that is true of every column alike.</param>
    /// <param name="columns">The columns concerned, by their source names.</param>
    public void Note(string reason, params IEnumerable<string> columns)
    {
        var note = _notes.Find(note => note.Reason == reason);
        if (note.Columns is null)
            _notes.Add((reason, [.. columns]));
        else
            note.Columns.AddRange(columns);
    }

    /// <summary>A column's declared type, for a reader.</summary>
    public static string TypeOf(Column column) => column.StoreType.Length == 0 ? "no type" : column.StoreType;
}

namespace MigrationGuard.Ledger.Outcomes;

/// <summary>The notes of a result that say which columns or rows of an entity were not compared, as those who write them and those who read them agree on.</summary>
/// <remarks>A match of rows is a match of what was compared: whoever reads of one has to be able to tell these from the other remarks.</remarks>
public static class LeftOutNotes
{
    /// <summary>Why a column that the target lacks is no mismatch.</summary>
    public const string OnlyOnSourceWithoutValues = NotCompared + "the target has no such column, and the source holds nothing but NULL there";

    /// <summary>A column that the target lacks; that it holds values is a mismatch of the schema.</summary>
    public const string OnlyOnSource = NotCompared + "the target has no such column, though the source holds values there";

    public const string OnlyOnTarget = NotCompared + "the source has no such column";

    private const string NotCompared = "Not compared, as ";

    /// <summary>That columns were not compared.</summary>
    /// <param name="because">The words before the columns, from <c>Not compared, as</c> on.</param>
    public static string OfColumns(string because, IEnumerable<string> columns) => $"{because}: {string.Join(", ", columns)}.";

    /// <summary>That columns were not compared, for a reason of one's own.</summary>
    /// <param name="reason">A clause: <c>IgnoreColumns says</c>.</param>
    public static string OfColumnsAs(string reason, IEnumerable<string> columns) => OfColumns(NotCompared + reason, columns);

    /// <summary>That of a side only rows that meet a condition were compared.</summary>
    /// <param name="side"><c>source</c> or <c>target</c>.</param>
    /// <param name="filter">The condition, in the engine's own SQL.</param>
    public static string OfRows(string side, string filter) => $"Only rows of the {side} where {filter} are compared.";

    /// <summary>That in a place only records that meet a condition were looked at.</summary>
    /// <param name="place"><c>live database</c> or <c>frozen copy</c>.</param>
    /// <param name="filter">The condition, in the engine's own SQL.</param>
    public static string OfRecords(string place, string filter) => $"Only rows of the {place} where {filter} are looked at.";

    public static bool IsOfColumns(string note) => note.StartsWith(NotCompared, StringComparison.Ordinal);

    public static bool IsOfRows(string note) =>
        note.StartsWith("Only rows of the ", StringComparison.Ordinal) && note.EndsWith(" are compared.", StringComparison.Ordinal);

    /// <summary>The notes of a comparison of rows that say what it left out; none of another check's.</summary>
    public static IReadOnlyList<string> Of(CheckResult result) =>
        result.Check == CheckNames.Fingerprint ? [.. result.Notes.Where(note => IsOfColumns(note) || IsOfRows(note))] : [];
}

using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Output;

/// <summary>Differing rows as a document, <c>migrationguard.diff/1</c>.</summary>
/// <remarks>
/// A value is null where it is NULL, and where a side has no such row, which <c>kind</c> tells; a masked one is
/// <see cref="ShownDifferences.Masked"/>, and <c>revealed</c> is false.
/// </remarks>
internal static class DiffJson
{
    private const string Schema = "migrationguard.diff/1";

    public static Task WriteAsync(ShownDifferences shown, ProgramContext context) => Listing.WriteJsonAsync(
        new
        {
            schema = Schema,
            comparison = shown.Comparison,
            entity = shown.Entity,
            revealed = shown.IsRevealed,
            complete = !shown.Rows.IsCut && shown.Rows.NotLookedAt == 0,
            notLookedAt = shown.Rows.NotLookedAt,
            reason = (string?)null,
            rows = shown.Rows.Rows.Select(row => Row(row, shown)),
        },
        context);

    /// <summary>The document of rows that could not be compared: none, and why.</summary>
    public static Task WriteNotComparedAsync(string comparison, string entity, string reason, ProgramContext context) => Listing.WriteJsonAsync(
        new
        {
            schema = Schema,
            comparison,
            entity,
            revealed = false,
            complete = false,
            notLookedAt = (long?)null,
            reason,
            rows = Array.Empty<object>(),
        },
        context);

    private static object Row(DifferingRow row, ShownDifferences shown) => new
    {
        kind = row.Kind,
        key = row.Key.ToDictionary(value => value.Column, value => value.Value),
        columns = row.Values.Select(value => new
        {
            column = value.Column,
            source = shown.Source(row, value),
            target = shown.Target(row, value),
        }),
    };
}

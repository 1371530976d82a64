namespace MigrationGuard.Verification.Segments;

/// <summary>Rows that differ.</summary>
/// <param name="IsCut">Whether more rows differ than were asked for.</param>
/// <param name="NotLookedAt">
/// Rows of both sides that lie where the sides differ and were not looked at one by one, as there are too many to hold: asking for
/// more rows does not show them.
/// </param>
public sealed record RowsListed(IReadOnlyList<DifferingRow> Rows, bool IsCut, long NotLookedAt)
{
    /// <summary>Parts of the table in which the sides differ.</summary>
    internal int Leaves { get; init; }
}

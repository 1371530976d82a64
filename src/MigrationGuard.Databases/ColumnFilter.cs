using MigrationGuard.Databases.Catalogues;

namespace MigrationGuard.Databases;

/// <summary>Rows whose column holds one of some values.</summary>
/// <param name="Column">The column.</param>
/// <param name="Values">The values as a configuration spells them, whole numbers by their digits; null is for rows without a value. Never empty.</param>
/// <remarks>
/// It says less than a condition in SQL, and so means the same on every engine and can hold nobody else's SQL: what it cannot say, a view can.
/// Text is compared as the column's collation compares it.
/// </remarks>
public sealed record ColumnFilter(Column Column, IReadOnlyList<string?> Values);

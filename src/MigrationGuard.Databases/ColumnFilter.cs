using MigrationGuard.Databases.Catalogues;

namespace MigrationGuard.Databases;

/// <summary>Rows whose column holds one of some values.</summary>
/// <param name="Column">The column.</param>
/// <param name="Values">The values as a configuration spells them, whole numbers by their digits; null is for rows without a value. Never empty.</param>
/// <remarks>
/// It says less than a condition in SQL, and so means the same on every engine and can hold nobody else's SQL: what it cannot say, a view can.
/// Text is compared by its characters, whatever the column's collation takes for one, so that the same rows are picked from a copy on
/// another engine. Only the spaces that a column of fixed length adds are no part of it.
/// </remarks>
public sealed record ColumnFilter(Column Column, IReadOnlyList<string?> Values);

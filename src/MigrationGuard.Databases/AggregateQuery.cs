using MigrationGuard.Databases.Catalogues;

namespace MigrationGuard.Databases;

/// <summary>What one pass over a table is to bring back, grouped: counts, newest moments, and rows newer than a moment.</summary>
/// <param name="Table">The table or view.</param>
/// <param name="GroupBy">Columns of the finest combination wanted; empty for one row over the whole table.</param>
/// <param name="Newest">Date columns whose newest value is wanted.</param>
/// <param name="NewerThan">Date columns whose rows after <paramref name="Moment"/> are to be counted; a subset of <paramref name="Newest"/>.</param>
/// <param name="Moment">The moment for <paramref name="NewerThan"/>; null when that is empty.</param>
/// <remarks>One statement, one scan: a second statement would read the table at another moment and cost as much again.</remarks>
public sealed record AggregateQuery(
    Table Table,
    IReadOnlyList<Column> GroupBy,
    IReadOnlyList<Column> Newest,
    IReadOnlyList<Column> NewerThan,
    DateTimeOffset? Moment)
{
    /// <summary>Columns whose values other than NULL are to be counted.</summary>
    public IReadOnlyList<Column> Present { get; init; } = [];

    /// <summary>A condition in the engine's own SQL that rows have to meet, found right by <see cref="SqlCondition"/>; all rows when null.</summary>
    public string? Filter { get; init; }
}

/// <summary>The newest value of a date column among some rows.</summary>
/// <param name="Newest">The newest value; null when all are NULL.</param>
/// <param name="Unreadable">Values that are no dates at all, which only SQLite can hold.</param>
public readonly record struct NewestMoment(Values.Timestamp? Newest, long Unreadable)
{
    /// <summary>The newest of two parts of a table. Both come from one column, so both are in UTC or neither is.</summary>
    public NewestMoment Merge(NewestMoment other)
    {
        // Each part of a SQLite text column has the resolution its own values needed; the whole needs the finer.
        var newest = (Newest, other.Newest) switch
        {
            (null, var b) => b,
            (var a, null) => a,
            ({ } a, { } b) => WithFinerResolution(Values.Timestamp.CompareExactly(a, b) >= 0 ? a : b, a, b),
        };
        return new NewestMoment(newest, Unreadable + other.Unreadable);
    }

    private static Values.Timestamp WithFinerResolution(Values.Timestamp newest, Values.Timestamp a, Values.Timestamp b) =>
        newest.Round(a.Resolution < b.Resolution ? a.Resolution : b.Resolution);
}

using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases.Rows;

/// <summary>Which rows of a table are read, and what of them.</summary>
/// <param name="Table">The table or view.</param>
/// <param name="Columns">In the order in which <see cref="RowReader.Value"/> numbers them.</param>
/// <param name="Range">The rows whose place is in this range; all when null.</param>
/// <param name="Filter">A condition in the engine's own SQL that rows have to meet; none when null.</param>
public sealed record RowQuery(Table Table, IReadOnlyList<RowColumn> Columns, KeyRange? Range = null, string? Filter = null);

/// <summary>A column as it is read.</summary>
/// <param name="Column">The column.</param>
/// <param name="AsText">Whether the engine is to spell it as text: for types of its own that have no common form.</param>
public sealed record RowColumn(Column Column, bool AsText = false)
{
    private RowColumn(Column column, bool asText, bool isPresence)
        : this(column, asText) => IsPresence = isPresence;

    /// <summary>Whether it is read as 1 where it holds a value, and as NULL where it holds none.</summary>
    public bool IsPresence { get; }

    /// <summary>Whether the column holds a value, of whatever type: nothing of the value itself is read.</summary>
    public static RowColumn Presence(Column column) =>
        new(column with { StoreType = "bigint", Type = new CanonicalType(CanonicalKind.Integer) { Bits = 64 } }, asText: false, isPresence: true);
}

/// <summary>Rows whose place is in [<paramref name="From"/>, <paramref name="To"/>), by the column the table is cut by.</summary>
/// <param name="Column">The column the table is cut by, of the key or not. Should it hold NULL all the same, that is in the range without a first place.</param>
/// <param name="Order">How its values are placed.</param>
/// <param name="From">The first place; from the beginning when null.</param>
/// <param name="To">The place after the last; to the end when null.</param>
/// <remarks>Half-open, so that neighbouring segments never count a row twice.</remarks>
public sealed record KeyRange(Column Column, KeyOrder Order, UInt128? From, UInt128? To);

/// <summary>How an engine orders the values of a column, as places in one line that both sides of a comparison can share.</summary>
public enum KeyOrder
{
    /// <summary>By a collation or otherwise so that other engines order it differently: ranges of it mean nothing elsewhere.</summary>
    None,

    /// <summary>Whole numbers of 64 bits; the place of n is n + 2^63.</summary>
    Integer,

    /// <summary>UUIDs by their bytes in RFC 9562's order, as PostgreSQL has it; the place is the number they write.</summary>
    UuidBytes,

    /// <summary>UUIDs as SQL Server orders them: bytes 10 to 15 of the stored value first, then 8 and 9, 6 and 7, 4 and 5, 0 to 3.</summary>
    UuidSqlServer,
}

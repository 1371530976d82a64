using System.Data.Common;
using System.Globalization;
using MigrationGuard.Databases.Catalogues;

namespace MigrationGuard.Databases.Rows;

/// <summary>Reads a <see cref="KeySpread"/>: the ends from an index, the steps between them from statistics.</summary>
internal static class KeySpreadReading
{
    /// <summary>The place of the smallest or largest key; null for an empty table.</summary>
    /// <param name="sql">Brings back one row with the key, or none.</param>
    public static async Task<UInt128?> EndAsync(ReadSession session, KeyOrder order, string sql, CancellationToken cancellationToken)
    {
        await using var command = session.Command(sql);
        UInt128? place = null;
        await session.ForEachAsync(command, reader => place = Place(reader.GetValue(0), order), cancellationToken);
        return place;
    }

    /// <summary>The steps of a column's histogram.</summary>
    /// <param name="sql">Brings back keys and rows, for the table and column of its parameters <c>@schema</c>, <c>@table</c> and <c>@column</c>.</param>
    public static async Task<IReadOnlyList<KeyStep>> StepsAsync(ReadSession session, KeyOrder order, string sql, Table table, Column column, CancellationToken cancellationToken)
    {
        await using var command = Command(session, sql, table, column);
        var steps = new List<KeyStep>();
        await session.ForEachAsync(
            command, reader => steps.Add(new KeyStep(Place(reader.GetValue(0), order), Convert.ToDouble(reader.GetValue(1), CultureInfo.InvariantCulture))), cancellationToken);
        return steps;
    }

    /// <summary>The one figure that a statement brings back of a column, by the same parameters.</summary>
    public static async Task<double> FigureAsync(ReadSession session, string sql, Table table, Column column, CancellationToken cancellationToken)
    {
        await using var command = Command(session, sql, table, column);
        var figure = 0.0;
        await session.ForEachAsync(command, reader => figure = Convert.ToDouble(reader.GetValue(0), CultureInfo.InvariantCulture), cancellationToken);
        return figure;
    }

    private static DbCommand Command(ReadSession session, string sql, Table table, Column column)
    {
        var command = session.Command(sql);
        Dialect.Add(command, "@schema", (object?)table.Name.Schema ?? DBNull.Value);
        Dialect.Add(command, "@table", table.Name.Name);
        Dialect.Add(command, "@column", column.Name);
        return command;
    }

    private static UInt128 Place(object key, KeyOrder order)
    {
        if (key is not Guid uuid)
            return KeyPlaces.Of(Convert.ToInt64(key, CultureInfo.InvariantCulture));
        Span<byte> rfc = stackalloc byte[16];
        uuid.TryWriteBytes(rfc, bigEndian: true, out _);
        return KeyPlaces.Of(rfc, order);
    }
}

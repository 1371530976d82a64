using System.Globalization;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Databases.Rows;

/// <summary>Reads the rows of a table of a scratch database as its catalogue describes it.</summary>
internal static class RowsOf
{
    /// <summary>The table, as the catalogue has it.</summary>
    public static async Task<Table> TableAsync(Database database, string name) =>
        (await database.ReadCatalogueAsync(CancellationToken.None)).Find(name)!;

    /// <summary>Every column; those of a type of the engine's own as text.</summary>
    public static RowQuery All(Table table) => new(table, [.. table.Columns.Select(column => new RowColumn(column, column.Type.Kind == CanonicalKind.Unknown))]);

    /// <summary>Every value of every row, as <see cref="RecordingSink"/> writes it down.</summary>
    public static Task<List<string[]>> ReadAsync(Database database, RowQuery query) => database.ReadAsync(
        async (session, token) =>
        {
            var rows = new List<string[]>();
            await session.ReadRowsAsync(query, reader => Record(reader, query.Columns.Count, rows), token);
            return rows;
        },
        CancellationToken.None);

    /// <summary>All rows of a table of a scratch database.</summary>
    public static async Task<List<string[]>> ReadAsync(ScratchDatabase scratch, string table)
    {
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        return await ReadAsync(database, All(await TableAsync(database, table)));
    }

    /// <summary>Reads the rows of a query with whatever is done to the reader.</summary>
    public static Task<int> ConsumeAsync(Database database, RowQuery query, Action<RowReader> consume) => database.ReadAsync(
        async (session, token) =>
        {
            await session.ReadRowsAsync(query, consume, token);
            return 0;
        },
        CancellationToken.None);

    /// <summary>A database with a table t of so many rows: whole numbers around zero, and a name of each.</summary>
    public static async Task<ScratchDatabase> NumbersAsync(Provider engine, int count)
    {
        var scratch = await TestEngine.For(engine).CreateDatabaseAsync();
        await scratch.ExecuteAsync("CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, name varchar(200))");
        foreach (var chunk in Enumerable.Range(-count / 2, count).Chunk(500))
            await scratch.ExecuteAsync("INSERT INTO t VALUES " + string.Join(", ", chunk.Select(n => string.Create(CultureInfo.InvariantCulture, $"({n}, 'name {n}')"))));
        return scratch;
    }

    private static void Record(RowReader reader, int columns, List<string[]> rows)
    {
        var sink = new RecordingSink();
        while (reader.Read())
        {
            var row = new string[columns];
            for (var i = 0; i < columns; i++)
            {
                reader.Value(i, sink);
                row[i] = sink.Last;
            }
            rows.Add(row);
        }
    }
}

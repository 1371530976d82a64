using System.Data;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Dapper;

namespace MigrationGuard.Ledger.Store;

/// <summary>Statements on one connection to the store, within its transaction if it has one.</summary>
/// <remarks>Statements are of the SQL that all three engines share; what differs between them stands in the schema and the dialects.</remarks>
internal sealed class StoreSession(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken)
{
    // SQLite looks each parameter up among all of them, so a longer statement is no faster. SQL Server would take 2100.
    private const int MostParameters = 120;
    private const int MostKeys = 100;

    /// <summary>Tells of every statement that is sent, with its text and without its values.</summary>
    public static readonly ActivitySource Statements = new("MigrationGuard.Store");

    public async Task<int> ExecuteAsync(string sql, object? parameters = null)
    {
        using var statement = Begin(sql);
        return await connection.ExecuteAsync(Command(sql, parameters));
    }

    /// <summary>The first row; the type's default when there is none.</summary>
    public async Task<T?> FirstAsync<T>(string sql, object? parameters = null)
    {
        using var statement = Begin(sql);
        return await connection.QueryFirstOrDefaultAsync<T>(Command(sql, parameters));
    }

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? parameters = null)
    {
        using var statement = Begin(sql);
        return (await connection.QueryAsync<T>(Command(sql, parameters))).AsList();
    }

    /// <summary>The rows as they come, one in memory at a time; nothing else can be asked of this session meanwhile.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(string sql, object? parameters = null)
    {
        using var statement = Begin(sql);
        await foreach (var row in connection.QueryUnbufferedAsync<T>(sql, parameters, transaction).WithCancellation(cancellationToken))
            yield return row;
    }

    /// <summary>The rows as they come, one in memory at a time, each made by hand; nothing else can be asked of this session meanwhile.</summary>
    /// <param name="name">The statement's only parameter.</param>
    /// <param name="read">Makes a row's value of its columns, asked for from left to right.</param>
    /// <remarks>Without Dapper, for a table with very many rows: what it does for each costs as much as reading the row.</remarks>
    public async IAsyncEnumerable<T> StreamAsync<T>(string sql, string name, object value, Func<DbDataReader, T> read)
    {
        using var statement = Begin(sql);
        await using var command = connection.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, sql);
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
        await using var rows = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess | CommandBehavior.SingleResult, cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            yield return read(rows);
    }

    /// <summary>Inserts rows, many with one statement: a round trip a row would take most of the time there is.</summary>
    /// <param name="columns">The columns, in the order of each row's values.</param>
    /// <remarks>One command for all statements of a length, and without Dapper: SQLite then compiles each only once.</remarks>
    public async Task InsertAsync(string table, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows)
    {
        DbCommand? insert = null;
        try
        {
            foreach (var chunk in rows.Chunk(Math.Max(1, MostParameters / columns.Count)))
            {
                if (insert?.Parameters.Count != chunk.Length * columns.Count)
                {
                    insert?.Dispose();
                    insert = Insert(table, columns, chunk.Length);
                }
                for (var value = 0; value < insert.Parameters.Count; value++)
                    insert.Parameters[value].Value = chunk[value / columns.Count][value % columns.Count] ?? DBNull.Value;
                using var statement = Begin(insert.CommandText);
                await insert.ExecuteNonQueryAsync(cancellationToken);
            }
        }
        finally
        {
            insert?.Dispose();
        }
    }

    /// <summary>Asks for rows by their keys, many with one statement.</summary>
    /// <param name="sql">Holds <c>@keys</c> where the list of keys goes: <c>WHERE id IN @keys</c>.</param>
    public async Task<IReadOnlyList<T>> ListByKeysAsync<T>(string sql, IEnumerable<string> keys)
    {
        var found = new List<T>();
        foreach (var (statement, parameters) in ByKeys(sql, keys))
            found.AddRange(await ListAsync<T>(statement, parameters));
        return found;
    }

    /// <summary>Asks for rows by very many keys, many with one statement, each row made by hand.</summary>
    /// <param name="sql">Holds <c>@keys</c> where the list of keys goes: <c>WHERE id IN @keys</c>.</param>
    /// <param name="read">Takes a row's columns, asked for from left to right.</param>
    /// <remarks>One command for all statements of a length, and without Dapper: SQLite then compiles each only once, which is most of what a look-up costs.</remarks>
    public async Task ReadByKeysAsync(string sql, IEnumerable<string> keys, Action<DbDataReader> read)
    {
        DbCommand? select = null;
        try
        {
            foreach (var chunk in keys.Chunk(MostKeys))
            {
                if (select?.Parameters.Count != chunk.Length)
                {
                    select?.Dispose();
                    select = Select(sql, chunk.Length);
                }
                for (var key = 0; key < chunk.Length; key++)
                    select.Parameters[key].Value = chunk[key];
                using var statement = Begin(select.CommandText);
                await using var rows = await select.ExecuteReaderAsync(CommandBehavior.SequentialAccess | CommandBehavior.SingleResult, cancellationToken);
                while (await rows.ReadAsync(cancellationToken))
                    read(rows);
            }
        }
        finally
        {
            select?.Dispose();
        }
    }

    /// <summary>Changes rows by their keys, many with one statement.</summary>
    /// <param name="sql">Holds <c>@keys</c> where the list of keys goes: <c>WHERE id IN @keys</c>.</param>
    public async Task<int> ExecuteByKeysAsync(string sql, IEnumerable<string> keys)
    {
        var rows = 0;
        foreach (var (statement, parameters) in ByKeys(sql, keys))
            rows += await ExecuteAsync(statement, parameters);
        return rows;
    }

    private static IEnumerable<(string Statement, DynamicParameters Parameters)> ByKeys(string sql, IEnumerable<string> keys)
    {
        foreach (var chunk in keys.Chunk(MostKeys))
        {
            // Dapper leaves lists to Npgsql, which makes arrays of them: IN would mean something else on every engine.
            var parameters = new DynamicParameters();
            var names = chunk.Select((key, index) => (Name: string.Create(CultureInfo.InvariantCulture, $"k{index}"), Key: key)).ToList();
            names.ForEach(item => parameters.Add(item.Name, item.Key));
            yield return (sql.Replace("@keys", $"({string.Join(", ", names.Select(item => "@" + item.Name))})", StringComparison.Ordinal), parameters);
        }
    }

    private DbCommand Select(string sql, int keys)
    {
        var select = connection.CreateCommand();
        select.Transaction = transaction;
        var names = Enumerable.Range(0, keys).Select(key => string.Create(CultureInfo.InvariantCulture, $"k{key}")).ToList();
        foreach (var name in names)
        {
            var parameter = select.CreateParameter();
            parameter.ParameterName = name;
            select.Parameters.Add(parameter);
        }
        select.CommandText = sql.Replace("@keys", $"({string.Join(", ", names.Select(name => "@" + name))})", StringComparison.Ordinal);
        return select;
    }

    private DbCommand Insert(string table, IReadOnlyList<string> columns, int rows)
    {
        var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        var sql = new StringBuilder("INSERT INTO ").Append(table).Append(" (").AppendJoin(", ", columns).Append(") VALUES ");
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns.Count; column++)
            {
                var parameter = insert.CreateParameter();
                parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"p{row}_{column}");
                insert.Parameters.Add(parameter);
                sql.Append(column > 0 ? ", @" : row > 0 ? ", (@" : "(@").Append(parameter.ParameterName);
            }
            sql.Append(')');
        }
        insert.CommandText = sql.ToString();
        return insert;
    }

    // Named as OpenTelemetry's conventions for databases have it.
    private static Activity? Begin(string sql) => Statements.StartActivity("statement", ActivityKind.Client)?.SetTag("db.query.text", sql);

    private CommandDefinition Command(string sql, object? parameters) =>
        new(sql, parameters, transaction, cancellationToken: cancellationToken);
}

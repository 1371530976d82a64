using System.Data.Common;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;

namespace MigrationGuard.Qualification;

/// <summary>A place for tables of this program's own: a SQLite file, or a schema in a server's database that was made for it.</summary>
/// <remarks>Written over a connection of its own. The verification reads the same place over its own connections, which cannot write.</remarks>
/// <param name="name">The database, in messages.</param>
/// <param name="options">How the verification reaches it.</param>
/// <param name="schema">The schema that the tables are in; null where the engine has none.</param>
internal sealed class ScratchSite(string name, DatabaseOptions options, string? schema) : IAsyncDisposable
{
    // A server keeps a lock for every table that a transaction makes or drops.
    private const int TablesInOneTransaction = 50;

    private const int LockTimeoutSeconds = 30;

    private readonly List<TableName> _tables = [];
    private DbConnection? _connection;
    private bool _hasSchema;

    public DatabaseOptions Options { get; } = options;

    public Dialect Dialect { get; } = Dialect.For(options.Provider);

    public TableName Name(string table) => new(schema, table);

    /// <summary>Opens the connection and makes the schema.</summary>
    /// <exception cref="DatabaseException">The server cannot be reached, or refuses to make a schema.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) => ExplainAsync(async () =>
    {
        _connection = Dialect.CreateStoreConnection(name, new StoreAddress(Options.ConnectionString, Path.GetTempPath(), LockTimeoutSeconds));
        await _connection.OpenAsync(cancellationToken);
        if (schema is not null)
        {
            await ExecuteAsync($"CREATE SCHEMA {Dialect.Quote(schema)}", null, cancellationToken);
            _hasSchema = true;
        }
    });

    /// <summary>Makes tables and fills them.</summary>
    /// <exception cref="DatabaseException">The database refused.</exception>
    public async Task CreateAsync(IEnumerable<(TableName Table, ScratchRows Rows)> tables, CancellationToken cancellationToken)
    {
        foreach (var some in tables.Chunk(TablesInOneTransaction))
        {
            await InTransactionAsync(async transaction =>
            {
                foreach (var (table, rows) in some)
                {
                    await ExecuteAsync(Definition(table, rows), transaction, cancellationToken);
                    await InsertAsync(table, rows, transaction, cancellationToken);
                }
            }, cancellationToken);
            _tables.AddRange(some.Select(made => made.Table));
        }
    }

    /// <summary>Puts other rows into tables in place of theirs.</summary>
    /// <exception cref="DatabaseException">The database refused.</exception>
    public Task ReplaceAsync(IEnumerable<(TableName Table, ScratchRows Rows)> tables, CancellationToken cancellationToken) => InTransactionAsync(async transaction =>
    {
        foreach (var (table, rows) in tables)
        {
            await ExecuteAsync($"DELETE FROM {Dialect.Quote(table)}", transaction, cancellationToken);
            await InsertAsync(table, rows, transaction, cancellationToken);
        }
    }, cancellationToken);

    /// <summary>Drops everything that was made.</summary>
    /// <exception cref="DatabaseException">Something is left behind; says what.</exception>
    public async ValueTask DisposeAsync()
    {
        if (_connection is null)
            return;
        await using var connection = _connection;
        if (!_hasSchema)
            return;
        try
        {
            foreach (var some in _tables.Chunk(TablesInOneTransaction))
            {
                await InTransactionAsync(async transaction =>
                {
                    foreach (var table in some)
                        await ExecuteAsync($"DROP TABLE {Dialect.Quote(table)}", transaction, CancellationToken.None);
                }, CancellationToken.None);
            }
            await ExecuteAsync($"DROP SCHEMA {Dialect.Quote(schema!)}", null, CancellationToken.None);
        }
        catch (Exception e) when (e is DbException or DatabaseException)
        {
            throw new DatabaseException(name, $"the scratch schema {schema} could not be dropped.", "Drop it by hand: it holds nothing but made-up rows.", e);
        }
    }

    private string Definition(TableName table, ScratchRows rows)
    {
        var columns = rows.Columns.Select(column => $"{Dialect.Quote(column.Name)} {Dialect.Declare(column.Type.Canonical)} {(column.IsRequired ? "NOT NULL" : "NULL")}");
        var key = rows.Key.IsEnforced ? $", PRIMARY KEY ({string.Join(", ", rows.Key.Columns.Select(column => Dialect.Quote(column.Name)))})" : "";
        return $"CREATE TABLE {Dialect.Quote(table)} ({string.Join(", ", columns)}{key})";
    }

    private async Task InsertAsync(TableName table, ScratchRows rows, DbTransaction transaction, CancellationToken cancellationToken)
    {
        if (rows.Rows.Count == 0)
            return;
        await using var command = _connection!.CreateCommand();
        command.Transaction = transaction;
        var values = new List<string>();
        foreach (var row in rows.Rows)
        {
            var names = rows.Columns.Select((_, i) => FormattableString.Invariant($"@r{values.Count}c{i}")).ToList();
            for (var i = 0; i < names.Count; i++)
                Dialect.AddValue(command, names[i], rows.Columns[i].Type.Canonical, row[i]);
            values.Add($"({string.Join(", ", names)})");
        }
        command.CommandText = $"INSERT INTO {Dialect.Quote(table)} ({string.Join(", ", rows.Columns.Select(column => Dialect.Quote(column.Name)))}) VALUES {string.Join(", ", values)}";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private Task InTransactionAsync(Func<DbTransaction, Task> work, CancellationToken cancellationToken) => ExplainAsync(async () =>
    {
        await using var transaction = await _connection!.BeginTransactionAsync(cancellationToken);
        await work(transaction);
        await transaction.CommitAsync(cancellationToken);
    });

    private async Task ExecuteAsync(string sql, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        await using var command = _connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task ExplainAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (DbException e)
        {
            var (problem, remedy) = Dialect.Explain(e);
            throw new DatabaseException(name, "scratch tables cannot be made: " + problem, schema is null ? remedy : $"{remedy} The login of Qualify:Database has to be allowed to make a schema and tables in it.", e);
        }
    }
}

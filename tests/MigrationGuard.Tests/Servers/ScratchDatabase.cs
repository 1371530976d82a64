using System.Data.Common;
using System.Globalization;
using MigrationGuard.Databases;

namespace MigrationGuard.Tests.Servers;

/// <summary>A database of one test: written to here, read by the code under test through <see cref="Options"/>, dropped afterwards.</summary>
public sealed class ScratchDatabase : IAsyncDisposable
{
    private readonly Func<DbConnection> _connect;
    private readonly Func<Task> _drop;

    internal ScratchDatabase(string name, Provider provider, string connectionString, Func<DbConnection> connect, Func<Task> drop)
    {
        Name = name;
        Provider = provider;
        ConnectionString = connectionString;
        _connect = connect;
        _drop = drop;
    }

    /// <summary>The database's name on its server; the file's name for SQLite.</summary>
    public string Name { get; }

    public Provider Provider { get; }

    public string ConnectionString { get; }

    /// <summary>Fresh options for reading this database; a test may change them.</summary>
    public DatabaseOptions Options => new() { Provider = Provider, ConnectionString = ConnectionString };

    /// <summary>A connection that may write, not through the code under test. The caller opens and disposes it.</summary>
    public DbConnection Connect() => _connect();

    /// <summary>Runs one batch.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = _connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first value of the first row; null for NULL or no row.</summary>
    public async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = _connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var value = await command.ExecuteScalarAsync();
        return value is DBNull ? null : value;
    }

    /// <summary>A count, whatever integer type the engine's driver gives it.</summary>
    public async Task<long> CountAsync(string sql) => Convert.ToInt64(await ScalarAsync(sql), CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync() => await _drop();
}

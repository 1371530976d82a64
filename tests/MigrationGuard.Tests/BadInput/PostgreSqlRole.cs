using System.Security.Cryptography;
using MigrationGuard.Tests.Servers;
using Npgsql;

namespace MigrationGuard.Tests.BadInput;

/// <summary>A login with no rights of its own in a scratch database; dispose it before the database.</summary>
internal sealed class PostgreSqlRole : IAsyncDisposable
{
    private readonly ScratchDatabase _database;

    private PostgreSqlRole(ScratchDatabase database, string name) => (_database, Name) = (database, name);

    public string Name { get; }

    public static async Task<PostgreSqlRole> CreateAsync(ScratchDatabase database, string password)
    {
        var role = new PostgreSqlRole(database, "mgtest_" + RandomNumberGenerator.GetHexString(12, lowercase: true));
        await database.ExecuteAsync($"CREATE ROLE {role.Name} LOGIN PASSWORD '{password}'");
        return role;
    }

    /// <summary>The way into the database as this login.</summary>
    public string ConnectionString(string password) =>
        new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Username = Name, Password = password, Pooling = false }.ConnectionString;

    /// <summary>Whether the server lets this login in with that password, right or wrong.</summary>
    public async Task<bool> MayConnectAsync(string password)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(password));
        try
        {
            await connection.OpenAsync();
            return true;
        }
        catch (PostgresException e) when (e.SqlState.StartsWith("28", StringComparison.Ordinal))
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync() => await _database.ExecuteAsync($"DROP OWNED BY {Name}; DROP ROLE {Name}");
}

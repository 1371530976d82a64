using MigrationGuard.Databases;
using Npgsql;

namespace MigrationGuard.Tests.Servers;

/// <summary>PostgreSQL: a database for each test on the server that <c>MIGRATIONGUARD_TEST_POSTGRESQL</c> names.</summary>
internal sealed class PostgreSqlTestEngine : TestEngine
{
    public const string Variable = "MIGRATIONGUARD_TEST_POSTGRESQL";

    public static readonly PostgreSqlTestEngine Instance = new();

    private PostgreSqlTestEngine() { }

    public override Provider Provider => Provider.PostgreSql;

    public static ServerAvailability Server => ServerAvailability.Decide(
        "postgresql",
        Variable,
        "Let bash tests/run.sh start one",
        Environment.GetEnvironmentVariable(Variable),
        Environment.GetEnvironmentVariable(ServerAvailability.RequireVariable));

    private protected override async Task<ScratchDatabase> CreateAsync(string name)
    {
        var server = Server.Demand();
        // template0, as nobody is ever connected to it: databases are created in parallel.
        await OnServerAsync(server, $"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'");
        var reading = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
        var writing = new NpgsqlConnectionStringBuilder(reading) { Pooling = false }.ConnectionString;
        return new ScratchDatabase(name, Provider, reading, () => new NpgsqlConnection(writing), () => DropAsync(server, name));
    }

    private static async Task DropAsync(string server, string name)
    {
        // FORCE ends the sessions that the code under test left in its pool; the pool is cleared so that none of them is taken again.
        await OnServerAsync(server, $"DROP DATABASE {name} WITH (FORCE)");
        NpgsqlConnection.ClearAllPools();
    }

    private static async Task OnServerAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

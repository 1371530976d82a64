using Microsoft.Data.SqlClient;
using MigrationGuard.Databases;
using Polly;
using Polly.Retry;

namespace MigrationGuard.Tests.Servers;

/// <summary>
/// SQL Server: a database for each test on the server that <c>MIGRATIONGUARD_TEST_SQLSERVER</c> names, or in a container when the
/// tests were built with <c>-p:Testcontainers=true</c>.
/// </summary>
internal sealed class SqlServerTestEngine : TestEngine
{
    public const string Variable = "MIGRATIONGUARD_TEST_SQLSERVER";

    public static readonly SqlServerTestEngine Instance = new();

    // Compatible servers create and drop one database at a time, and refuse the second instead of letting it wait.
    private readonly SemaphoreSlim _oneAtATime = new(1);

    // Another program's tests may be at work on the same server; a pooled session may still be ending.
    private readonly ResiliencePipeline _retries = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<SqlException>(),
            MaxRetryAttempts = 6,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(200),
            UseJitter = true,
        })
        .Build();

    private readonly Lazy<Task<bool>> _isBabelfish;

    private SqlServerTestEngine() => _isBabelfish = new Lazy<Task<bool>>(AskIsBabelfishAsync);

    public override Provider Provider => Provider.SqlServer;

    public static ServerAvailability Server => ServerAvailability.Decide(
        "sqlserver",
        Variable,
        "Build the tests with -p:Testcontainers=true where there is Docker",
        Environment.GetEnvironmentVariable(Variable),
        Environment.GetEnvironmentVariable(ServerAvailability.RequireVariable));

    /// <summary>Whether the server is Babelfish, which speaks SQL Server's protocol and much of its SQL but is not SQL Server.</summary>
    /// <remarks>For tests of what it is known not to do: they skip there, and say what.</remarks>
    public Task<bool> IsBabelfish => _isBabelfish.Value;

    private protected override async Task<ScratchDatabase> CreateAsync(string name)
    {
        var server = await ServerAsync();
        await OnServerAsync(server, $"CREATE DATABASE {name}");
        var reading = new SqlConnectionStringBuilder(server) { InitialCatalog = name }.ConnectionString;
        var writing = new SqlConnectionStringBuilder(reading) { Pooling = false }.ConnectionString;
        return new ScratchDatabase(name, Provider, reading, () => new SqlConnection(writing), () => OnServerAsync(server, $"DROP DATABASE {name}"));
    }

#if TESTCONTAINERS
    private static async Task<string> ServerAsync() =>
        Server is ServerAvailability.Available available ? available.ConnectionString : await SqlServerContainer.ConnectionStringAsync();
#else
    private static Task<string> ServerAsync() => Task.FromResult(Server.Demand());
#endif

    private async Task OnServerAsync(string server, string sql)
    {
        await _oneAtATime.WaitAsync();
        try
        {
            await _retries.ExecuteAsync(async cancellationToken =>
            {
                // A database is not dropped while a pool holds a session in it. Which pool is not known: the code under test adds
                // settings of its own to the connection string.
                SqlConnection.ClearAllPools();
                await using var connection = new SqlConnection(new SqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString);
                await connection.OpenAsync(cancellationToken);
                await using var command = new SqlCommand(sql, connection);
                await command.ExecuteNonQueryAsync(cancellationToken);
            });
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private static async Task<bool> AskIsBabelfishAsync()
    {
        await using var connection = new SqlConnection(await ServerAsync());
        await connection.OpenAsync();
        await using var command = new SqlCommand("SELECT @@VERSION", connection);
        return ((string)(await command.ExecuteScalarAsync())!).Contains("Babelfish", StringComparison.OrdinalIgnoreCase);
    }
}

#if TESTCONTAINERS
using Testcontainers.MsSql;

namespace MigrationGuard.Tests.Servers;

/// <summary>SQL Server in a container, started when the first test asks for it and shared by all.</summary>
/// <remarks>Compiled only with <c>-p:Testcontainers=true</c>. Testcontainers removes the container when the test process ends.</remarks>
internal static class SqlServerContainer
{
    private static readonly Lazy<Task<MsSqlContainer>> Started = new(StartAsync);

    public static async Task<string> ConnectionStringAsync() => (await Started.Value).GetConnectionString();

    private static async Task<MsSqlContainer> StartAsync()
    {
        var container = new MsSqlBuilder("mcr.microsoft.com/mssql/server:2022-CU14-ubuntu-22.04").Build();
        await container.StartAsync();
        return container;
    }
}
#endif

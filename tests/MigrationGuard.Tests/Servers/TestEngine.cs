using System.Security.Cryptography;
using MigrationGuard.Databases;

namespace MigrationGuard.Tests.Servers;

/// <summary>An engine on which tests make databases of their own.</summary>
/// <remarks>The one place in the tests that tells engines' servers apart, so that a suite is written once for all of them.</remarks>
public abstract class TestEngine
{
    private protected TestEngine() { }

    public abstract Provider Provider { get; }

    public static TestEngine For(Provider provider) => provider switch
    {
        Provider.Sqlite => SqliteTestEngine.Instance,
        Provider.PostgreSql => PostgreSqlTestEngine.Instance,
        Provider.SqlServer => SqlServerTestEngine.Instance,
        _ => throw new ArgumentOutOfRangeException(nameof(provider), provider, "No such engine."),
    };

    /// <summary>Creates an empty database, which goes when it is disposed.</summary>
    /// <remarks>Where the engine's server is absent the calling test is skipped, or fails when the server is required.</remarks>
    public async Task<ScratchDatabase> CreateDatabaseAsync() => await CreateAsync("mgtest_" + RandomNumberGenerator.GetHexString(16, lowercase: true));

    private protected abstract Task<ScratchDatabase> CreateAsync(string name);
}

using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Tests.Servers;
using MigrationGuard.Tests.Verification;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.Commands;

/// <summary>A migration of a table of cases, with the program and its configuration beside it: GO until a test changes something.</summary>
internal sealed class CommandMigration : IAsyncDisposable
{
    private readonly TestMigration _migration;

    private CommandMigration(TestMigration migration)
    {
        _migration = migration;
        Options = new MigrationGuardOptions
        {
            Databases = { ["old"] = migration.SourceOptions, ["new"] = migration.TargetOptions },
            Comparisons = { ["crm"] = migration.Options },
        };
    }

    public ScratchDatabase Source => _migration.Source;

    public ScratchDatabase Target => _migration.Target;

    /// <summary>The configuration; written anew before each command.</summary>
    public MigrationGuardOptions Options { get; }

    public DatabaseOptions SourceOptions => Options.Databases["old"];

    public DatabaseOptions TargetOptions => Options.Databases["new"];

    public ComparisonOptions Comparison => Options.Comparisons["crm"];

    public EntityOptions Cases => Comparison.Entities[TestMigration.Entity];

    public WorkingFolder Folder { get; } = new();

    public static async Task<CommandMigration> CreateAsync(Provider source = Provider.Sqlite, Provider target = Provider.Sqlite) =>
        new(await TestMigration.CreateAsync(source, target));

    /// <summary>Runs a batch on both sides.</summary>
    public async Task OnBothAsync(string sql)
    {
        await Source.ExecuteAsync(sql);
        await Target.ExecuteAsync(sql);
    }

    /// <summary>Compares a table or view of the same name on both sides by its count alone.</summary>
    public void AddEntity(string name, string? table = null) =>
        Comparison.Entities[name] = new EntityOptions { Source = table ?? name };

    /// <summary>Runs <c>verify --format json</c> with what is added.</summary>
    public Task<CommandRun> VerifyAsync(params string[] args) => RunAsync(["verify", "--format", "json", .. args]);

    public Task<CommandRun> RunAsync(params string[] args) => RunAsync(CancellationToken.None, args);

    public Task<CommandRun> RunAsync(CancellationToken cancellationToken, params string[] args)
    {
        Folder.Configure(Options);
        return Folder.RunAsync(cancellationToken, args);
    }

    public async ValueTask DisposeAsync()
    {
        await _migration.DisposeAsync();
        Folder.Dispose();
    }
}

using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Servers;
using MigrationGuard.Verification;
using MigrationGuard.Verification.Planning;
using MigrationGuard.Verification.QueryPairs;
using MigrationGuard.Verification.Running;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Tests.Verification;

/// <summary>A source and a target of any two engines with one table of cases on each, the same until a test changes one.</summary>
internal sealed class TestMigration : IAsyncDisposable
{
    public const string Entity = "case";

    private TestMigration(ScratchDatabase source, ScratchDatabase target)
    {
        Source = source;
        Target = target;
        SourceOptions = source.Options;
        TargetOptions = target.Options;
    }

    public ScratchDatabase Source { get; }

    public ScratchDatabase Target { get; }

    public DatabaseOptions SourceOptions { get; set; }

    public DatabaseOptions TargetOptions { get; set; }

    public VerificationOptions Limits { get; } = new();

    /// <summary>The clock by which rows that differ settle before they are looked at again.</summary>
    public TimeProvider SettleTime { get; set; } = TimeProvider.System;

    /// <summary>The key that rows are digested under.</summary>
    public static byte[] ProjectKey { get; } = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    public ComparisonOptions Options { get; } = new()
    {
        Source = "old",
        Target = "new",
        Entities =
        {
            [Entity] = new EntityOptions
            {
                Source = "cases",
                Key = ["id"],
                CreatedOn = "created_on",
                ModifiedOn = "modified_on",
                BreakdownBy = [new(["state"]), new(["state", "status"])],
            },
        },
    };

    /// <summary>Folders of query files.</summary>
    public string QueryDirectory { get; set; } = Path.GetTempPath();

    /// <summary>Both sides with the same twelve cases.</summary>
    public static async Task<TestMigration> CreateAsync(Provider source, Provider target)
    {
        var migration = new TestMigration(await TestEngine.For(source).CreateDatabaseAsync(), await TestEngine.For(target).CreateDatabaseAsync());
        foreach (var database in new[] { migration.Source, migration.Target })
        {
            await database.ExecuteAsync(CaseTable(database.Provider));
            for (var id = 1; id <= 12; id++)
                await database.ExecuteAsync(CaseRow(id));
        }
        return migration;
    }

    /// <summary>Both sides without a table; a test makes its own.</summary>
    public static async Task<TestMigration> CreateEmptyAsync(Provider source, Provider target) =>
        new(await TestEngine.For(source).CreateDatabaseAsync(), await TestEngine.For(target).CreateDatabaseAsync());

    /// <summary>A case whose values depend on its number alone; every fourth has no status.</summary>
    public static string CaseRow(int id) => FormattableString.Invariant(
        $"INSERT INTO cases (id, state, status, title, created_on, modified_on) VALUES ({id}, {id % 3}, {(id % 4 == 0 ? "NULL" : $"'{(id % 2 == 0 ? "open" : "waiting")}'")}, 'Case {id}', '2025-01-{id:00} 10:00:00', '2025-02-{id:00} 11:30:00')");

    /// <summary>Plans and runs the comparison; returns all results, in order.</summary>
    public async Task<IReadOnlyList<CheckResult>> VerifyAsync(CancellationToken cancellationToken = default, IRunObserver? observer = null)
    {
        using var source = new Database("old", SourceOptions, TimeProvider.System);
        using var target = new Database("new", TargetOptions, TimeProvider.System);
        using var stop = new RunStop(TimeProvider.System.GetUtcNow().AddMinutes(5), TimeProvider.System, cancellationToken);
        var planner = new Planner(Limits, new QueryLibrary(QueryDirectory, QueryDirectory), ProjectKey);
        Plan = await planner.PlanAsync("crm", Options, source, target, Selection.Everything, stop);
        var runner = new VerificationRunner(Limits, SettleTime, (_, _) => Task.CompletedTask, observer ?? new SilentObserver());
        return (await runner.RunAsync([Plan], stop)).Results;
    }

    /// <summary>Plans the comparison and lists the rows of an entity that differ.</summary>
    public async Task<RowsListed> ListAsync(string entity, int limit)
    {
        using var source = new Database("old", SourceOptions, TimeProvider.System);
        using var target = new Database("new", TargetOptions, TimeProvider.System);
        using var stop = new RunStop(TimeProvider.System.GetUtcNow().AddMinutes(5), TimeProvider.System, CancellationToken.None);
        var planner = new Planner(Limits, new QueryLibrary(QueryDirectory, QueryDirectory), ProjectKey);
        var plan = await planner.PlanAsync("crm", Options, source, target, Selection.Everything, stop);
        var (rows, problem) = await new EntityDifferences(plan, Limits, TimeProvider.System).ListAsync(
            plan.Entities.Single(planned => planned.Name == entity), limit, CancellationToken.None);
        return rows ?? throw new InvalidOperationException(problem);
    }

    /// <summary>The plan of the last run.</summary>
    public ComparisonPlan Plan { get; private set; } = null!;

    /// <summary>Runs the comparison and returns the one result of a check.</summary>
    public async Task<CheckResult> VerifyAsync(string check, params string[] by)
    {
        var results = await VerifyAsync();
        return results.Single(result => result.Check == check && (by.Length == 0 || result.By!.SequenceEqual(by)));
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Target.DisposeAsync();
    }

    private static string CaseTable(Provider provider)
    {
        var (text, moment) = provider switch
        {
            Provider.SqlServer => ("nvarchar(50)", "datetime2(3)"),
            Provider.PostgreSql => ("varchar(50)", "timestamp(3)"),
            _ => ("TEXT", "datetime"),
        };
        return $"CREATE TABLE cases (id int NOT NULL PRIMARY KEY, state int NULL, status {text} NULL, title {text} NULL, created_on {moment} NULL, modified_on {moment} NULL)";
    }
}

/// <summary>Looks away.</summary>
internal sealed class SilentObserver : IRunObserver
{
    public void Planned(int readings, long approximateRows) { }

    public void Started(string reading) { }

    public void Finished(string reading, IReadOnlyList<CheckResult> results, long approximateRows) { }
}

using System.Text.Json.Serialization;
using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Files;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Records;
using MigrationGuard.Retention.Records;
using MigrationGuard.Verification;
using MigrationGuard.Verification.Planning;
using MigrationGuard.Verification.QueryPairs;

namespace MigrationGuard.Runs;

/// <summary>What there is to say of a configuration and of the databases and stores it names, without comparing anything.</summary>
public sealed record ConfigurationReport
{
    [JsonPropertyName("schema")]
    public string Schema => "migrationguard.configuration/1";

    /// <summary>What is wrong in the file, place, problem and remedy in one sentence each.</summary>
    [JsonPropertyName("configurationProblems")]
    public IReadOnlyList<string> ConfigurationProblems { get; init; } = [];

    /// <summary>What went wrong in the databases: one that cannot be reached, a table that is not there.</summary>
    [JsonPropertyName("databaseProblems")]
    public IReadOnlyList<string> DatabaseProblems { get; init; } = [];

    /// <summary>Which stores and histories cannot be read as they are configured.</summary>
    [JsonPropertyName("storeProblems")]
    public IReadOnlyList<string> StoreProblems { get; init; } = [];

    [JsonPropertyName("databases")]
    public IReadOnlyList<string> Databases { get; init; } = [];

    /// <summary>What logins may do beyond reading.</summary>
    [JsonPropertyName("rightsBeyondReading")]
    public IReadOnlyList<string> Rights { get; init; } = [];

    [JsonPropertyName("uncovered")]
    public IReadOnlyList<TableRemark> Uncovered { get; init; } = [];

    [JsonPropertyName("excluded")]
    public IReadOnlyList<TableRemark> Excluded { get; init; } = [];

    [JsonPropertyName("notConfigured")]
    public IReadOnlyList<string> NotConfigured { get; init; } = [];

    /// <summary>What can be used as it is, and may not be meant.</summary>
    [JsonPropertyName("remarks")]
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Reaches every database, store and history, and plans every comparison whose configuration allows it.</summary>
    public static async Task<ConfigurationReport> MakeAsync(LoadedConfiguration configuration, TimeProvider time, CancellationToken cancellationToken)
    {
        var options = configuration.Options;
        var problems = configuration.Problems.Concat(FilePresets.Of(configuration).Beyond(configuration)).Concat(RecordPresets.Of(configuration).Beyond(configuration)).Select(problem => problem.ToString()).ToList();
        if (IsIdle(options))
            problems.Add("Comparisons: is empty, and so are Assets, Obligations, Backups, Files and Records: there is nothing to do. Add a comparison, or run migrationguard init.");
        var databases = new Dictionary<string, Database>(StringComparer.OrdinalIgnoreCase);
        var reached = new List<(string Line, IReadOnlyList<string> Rights, string? Problem)>();
        try
        {
            foreach (var (name, database) in options.Databases.Where(database => !problems.Any(problem => problem.StartsWith($"Databases:{database.Key}:", StringComparison.OrdinalIgnoreCase))))
            {
                try
                {
                    databases[name] = new Database(name, database.RelativeTo(configuration.Directory), time);
                }
                catch (DatabaseException e)
                {
                    problems.Add(e.Message);
                }
            }
            reached.AddRange(await Task.WhenAll(databases.Values.Select(database => ReachAsync(database, cancellationToken))));
            using var stop = new RunStop(time.GetUtcNow() + TimeSpan.FromHours(options.Verification.DeadlineHours), time, cancellationToken);
            // Nothing is read, so nothing is digested.
            var planner = new Planner(options.Verification, new QueryLibrary(configuration.Directory, AppContext.BaseDirectory), projectKey: []);
            var plans = await Task.WhenAll(options.Comparisons
                .Where(comparison => databases.ContainsKey(comparison.Value.Source) && databases.ContainsKey(comparison.Value.Target))
                .Select(comparison => planner.PlanAsync(
                    comparison.Key, comparison.Value, databases[comparison.Value.Source], databases[comparison.Value.Target], Selection.Everything, stop)));
            // What is wrong in the file may be what they would be reached by.
            var places = problems.Count > 0 ? ([], []) : await ReachedPlaces.TryAsync(configuration, time, cancellationToken);
            return new ConfigurationReport
            {
                ConfigurationProblems = problems,
                DatabaseProblems = [.. reached.Select(database => database.Problem).OfType<string>(), .. plans.SelectMany(NotCheckable), .. await RecordProblemsAsync(configuration, databases, problems.Count, time, cancellationToken)],
                StoreProblems = places.Problems,
                Databases = [.. reached.Where(database => database.Problem is null).Select(database => database.Line)],
                Rights = [.. reached.SelectMany(database => database.Rights)],
                Uncovered = [.. plans.SelectMany(plan => plan.Uncovered)],
                Excluded = [.. plans.SelectMany(plan => plan.Excluded)],
                NotConfigured = [.. plans.SelectMany(plan => plan.NotConfigured)],
                Remarks = [.. new RecordVerification(RecordPresets.Of(configuration).Readable, databases, time) { PresetCodes = RecordPresets.CodesOf(configuration) }.OtherPeriods(), .. places.Remarks],
            };
        }
        finally
        {
            foreach (var database in databases.Values)
                database.Dispose();
        }
    }

    // What is wrong in the file may be what the databases would be asked about.
    private static async Task<IReadOnlyList<string>> RecordProblemsAsync(LoadedConfiguration configuration, Dictionary<string, Database> databases, int configurationProblems, TimeProvider time, CancellationToken cancellationToken) =>
        configurationProblems > 0 ? [] : await new RecordVerification(RecordPresets.Of(configuration).Whole, databases, time).ProblemsAsync(cancellationToken);

    private static bool IsIdle(MigrationGuardOptions options) =>
        options.Comparisons.Count + options.Assets.Count + options.Obligations.Count + options.Roles.Count + options.Backups.Databases.Count + options.Files.Stores.Count + options.Records.Entities.Count == 0;

    private static async Task<(string Line, IReadOnlyList<string> Rights, string? Problem)> ReachAsync(Database database, CancellationToken cancellationToken)
    {
        try
        {
            var catalogue = await database.ReadCatalogueAsync(cancellationToken);
            var rights = await database.RightsBeyondReadingAsync(cancellationToken);
            var server = catalogue.Server;
            var line = $"{database.Name}: {server.Product} {server.Version}, {server.Database}, {catalogue.BaseTables.Count()} tables{(server.Replica is null ? "" : ", " + server.Replica)}";
            return (line, [.. rights.Select(right => $"{database.Name}: the login {right}.")], null);
        }
        catch (DatabaseException e)
        {
            return ("", [], e.Message);
        }
    }

    // What names a database that does not answer is said once, of the database.
    private static IEnumerable<string> NotCheckable(ComparisonPlan plan) => plan.NotChecked
        .Where(_ => plan.Servers.Count == 2)
        .Select(result => $"{plan.Name} / {result.Entity ?? result.Check}: {((CheckOutcome.NotChecked)result.Outcome).Reason}")
        .Distinct();
}

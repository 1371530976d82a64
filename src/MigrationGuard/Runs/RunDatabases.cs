using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Verification;
using MigrationGuard.Verification.Planning;
using MigrationGuard.Verification.QueryPairs;

namespace MigrationGuard.Runs;

/// <summary>The databases of one run, each opened once, and what there is to do in them.</summary>
/// <remarks>One <see cref="Database"/> and one catalogue for each name, so that its connection limit holds over all comparisons.</remarks>
/// <param name="allowance">What a database's connections count against; what its options say, for this run alone, when null.</param>
public sealed class RunDatabases(LoadedConfiguration configuration, TimeProvider time, Func<string, ConnectionAllowance?>? allowance = null) : IDisposable
{
    private readonly MigrationGuardOptions _options = configuration.Options;
    private readonly Planner _planner = new(configuration.Options.Verification, new QueryLibrary(configuration.Directory, AppContext.BaseDirectory));
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Database> _databases = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Opens all databases of a selection, to find out what is wrong with the configuration before a run begins; connects to none yet.</summary>
    /// <exception cref="ConfigurationException">A connection string cannot be read: that is the configuration's fault, not a database's.</exception>
    public void OpenAll(Selection selection)
    {
        var problems = new List<ConfigurationProblem>();
        foreach (var name in Selected(selection).SelectMany(comparison => new[] { comparison.Value.Source, comparison.Value.Target }).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            try
            {
                Open(name);
            }
            catch (DatabaseException e)
            {
                problems.Add(new ConfigurationProblem(e.Place, e.Problem, e.Remedy));
            }
        }
        if (problems.Count > 0)
            throw new ConfigurationException(problems);
    }

    /// <summary>Plans every comparison of a selection.</summary>
    public async Task<IReadOnlyList<ComparisonPlan>> PlanAsync(Selection selection, RunStop stop) =>
        await Task.WhenAll(Selected(selection).Select(comparison => PlanAsync(comparison.Key, comparison.Value, selection, stop)).ToList());

    /// <summary>Plans one comparison.</summary>
    /// <exception cref="DatabaseException">A connection string cannot be read.</exception>
    public Task<ComparisonPlan> PlanAsync(string name, ComparisonOptions comparison, Selection selection, RunStop stop) =>
        _planner.PlanAsync(name, comparison, Open(comparison.Source), Open(comparison.Target), selection, stop);

    public void Dispose()
    {
        foreach (var database in _databases.Values)
            database.Dispose();
    }

    private IEnumerable<KeyValuePair<string, ComparisonOptions>> Selected(Selection selection) => _options.Comparisons.Where(comparison =>
        selection.Includes(comparison.Key) && (selection.Entities.Count == 0 || comparison.Value.Entities.Keys.Any(entity => selection.IncludesEntity(comparison.Key, entity))));

    private Database Open(string name)
    {
        lock (_lock)
        {
            if (_databases.TryGetValue(name, out var known))
                return known;
            var configured = _options.Databases.First(database => string.Equals(database.Key, name, StringComparison.OrdinalIgnoreCase));
            return _databases[name] = new Database(configured.Key, configured.Value.RelativeTo(configuration.Directory), time, allowance?.Invoke(configured.Key));
        }
    }
}

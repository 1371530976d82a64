using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Verification;

namespace MigrationGuard.Runs.Joined;

/// <summary>How many connections this worker may open to each database, beside the other workers.</summary>
/// <remarks>
/// Lowered at once, raised only when the others have made room: at no moment may all of them together open more than the
/// configured limit. A worker on a store of its own has all of it.
/// </remarks>
internal sealed class WorkerShares : IDisposable
{
    private readonly LoadedConfiguration _configuration;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, ConnectionAllowance> _allowances;
    private CancellationTokenSource _lost = new();
    private bool _keepsIdle;

    public WorkerShares(LoadedConfiguration configuration, ProgramContext program)
    {
        (_configuration, _time) = (configuration, program.Time);
        AreShared = configuration.Options.Store.Provider != Provider.Sqlite;
        _allowances = configuration.Options.Databases.ToDictionary(
            database => database.Key, database => new ConnectionAllowance(AreShared ? 0 : database.Value.MaxConnections), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether there can be other workers.</summary>
    public bool AreShared { get; }

    /// <summary>The worker whose share of no database is ever 0; null until it is known.</summary>
    public string? First { get; set; }

    /// <summary>The most connections that this worker may open to any one database.</summary>
    public int Largest => _allowances.Values.Select(allowance => allowance.Limit).DefaultIfEmpty().Max();

    /// <summary>Cancelled when the others have taken this worker for dead, and its work with it.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>What connections to a database count against.</summary>
    public ConnectionAllowance Of(string database) => _allowances[database];

    /// <summary>Whether both sides of a comparison may be read here.</summary>
    public bool Reach(ComparisonOptions comparison) => Of(comparison.Source).Limit > 0 && Of(comparison.Target).Limit > 0;

    /// <summary>Opens no more than a share from now on.</summary>
    public void Lower(Share share) => Set((database, now) => Math.Min(now, share.Of(database.MaxConnections)));

    /// <summary>Opens a whole share from now on.</summary>
    public void Raise(Share share) => Set((database, _) => share.Of(database.MaxConnections));

    /// <summary>Opens nothing until the share is raised again; what is open stays so.</summary>
    public void Withhold() => Set((_, _) => 0);

    /// <summary>Gives up what is being read.</summary>
    public void Lose()
    {
        Withhold();
        var lost = Interlocked.Exchange(ref _lost, new CancellationTokenSource());
        lost.Cancel();
        lost.Dispose();
    }

    /// <summary>Whether no more is open than may be, idle connections included.</summary>
    public bool HasMadeRoom()
    {
        if (_allowances.Values.Any(allowance => allowance.InUse > allowance.Limit))
            return false;
        if (_keepsIdle)
        {
            foreach (var (name, options) in _configuration.Options.Databases)
                new Database(name, options.RelativeTo(_configuration.Directory), _time).CloseIdleConnections();
            _keepsIdle = false;
        }
        return true;
    }

    public void Dispose() => _lost.Dispose();

    private void Set(Func<DatabaseOptions, int, int> limit)
    {
        foreach (var (name, allowance) in _allowances)
        {
            var (before, after) = (allowance.Limit, limit(_configuration.Options.Databases[name], allowance.Limit));
            if (before == after)
                continue;
            _keepsIdle |= after < before;
            allowance.Limit = after;
        }
    }
}

using System.Globalization;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Retention.Records;

/// <summary>Holds the records of databases against the periods of their retention codes.</summary>
/// <remarks>No result holds a key or a record's date but the oldest: findings are counts.</remarks>
public sealed class RecordVerification
{
    /// <summary>What results of records are under in a run, where those of a comparison have its name.</summary>
    public const string Comparison = "records";

    private static readonly StringComparer ByNumber = StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.NumericOrdering | CompareOptions.IgnoreCase);

    private readonly RecordsOptions _options;
    private readonly IReadOnlyDictionary<string, Database> _databases;
    private readonly TimeProvider _time;
    private readonly int _keysAtOnce;
    private readonly Dictionary<string, (Catalogue? Catalogue, string? Problem)> _catalogues = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<ServerRecord> _servers = [];

    /// <param name="options">Valid ones: every code and database that is named is there.</param>
    /// <param name="databases">The databases by their names, which are the same in any case.</param>
    public RecordVerification(RecordsOptions options, IReadOnlyDictionary<string, Database> databases, TimeProvider time)
        : this(options, databases, time, FrozenComparison.KeysAtOnce) { }

    /// <param name="keysAtOnce">Keys that may be held in memory at once.</param>
    internal RecordVerification(RecordsOptions options, IReadOnlyDictionary<string, Database> databases, TimeProvider time, int keysAtOnce) =>
        (_options, _databases, _time, _keysAtOnce) = (options, databases, time, keysAtOnce);

    /// <summary>The codes of presets by their names in any case, where others of these names may stand in the place of theirs.</summary>
    public ILookup<string, RetentionCodeOptions> PresetCodes { private get; init; } = Enumerable.Empty<KeyValuePair<string, RetentionCodeOptions>>().ToLookup(code => code.Key, code => code.Value);

    /// <summary>The check's name of what a code promises of the live database: as commitments ask for it.</summary>
    public static string RetentionOf(string code) => "retention:" + code;

    /// <summary>The check's name of what a frozen copy keeps beyond that.</summary>
    public static string DriftOf(string code) => "drift:" + code;

    /// <summary>One or two results of every entity, by their names, then one of every code that no entity covers and a database may hold.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing counts.</exception>
    public async Task<RecordReport> VerifyAsync(CancellationToken cancellationToken)
    {
        var asOf = _time.GetUtcNow();
        var results = new List<CheckResult>();
        foreach (var (name, entity) in _options.Entities.OrderBy(entity => entity.Key, StringComparer.OrdinalIgnoreCase))
            results.AddRange(await VerifyAsync(name, entity, asOf, cancellationToken));
        var covered = _options.Entities.Values.Select(entity => entity.Code).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var uncovered = _options.Codes.Where(code => !covered.Contains(code.Key)).OrderBy(code => code.Key, ByNumber).ToList();
        results.AddRange(uncovered.Where(code => code.Value.NotVisible is null).Select(code => Uncovered(code.Key, code.Value)));
        // What no database holds is not this run's to find: it would leave every run open, whatever is attested of it elsewhere.
        var excluded = uncovered.Where(code => code.Value.NotVisible is not null).Select(code => new TableRemark(Comparison, RetentionOf(code.Key), code.Value.NotVisible));
        return new RecordReport(results, [.. _servers], [.. excluded]);
    }

    /// <summary>What of the entities cannot be read as they are configured, as far as catalogues tell, a sentence each; of databases that do not answer, nothing.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<IReadOnlyList<string>> ProblemsAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var (name, entity) in _options.Entities.OrderBy(entity => entity.Key, StringComparer.OrdinalIgnoreCase))
        {
            var live = await PlaceAsync(RecordPlace.Live, name, entity, entity.Database, cancellationToken);
            var frozen = entity.Frozen is { } copy ? await PlaceAsync(RecordPlace.Frozen, name, entity, copy, cancellationToken) : default;
            var key = live.Place is not null && frozen.Place is not null ? KeyPairs.Of(entity.Key, frozen.Place, live.Place).Problem : null;
            var told = new[] { Answers(entity.Database) ? live.Problem : null, Answers(entity.Frozen) ? frozen.Problem : null, key };
            problems.AddRange(told.OfType<string>().Select(problem => $"{Comparison} / {name}: {problem}"));
        }
        return problems;

        bool Answers(string? database) => database is not null && _catalogues[database].Catalogue is not null;
    }

    /// <summary>Codes of another period than a preset has under their name, a sentence each.</summary>
    public IReadOnlyList<string> OtherPeriods() => [.. _options.Codes.OrderBy(code => code.Key, ByNumber).Select(code => OtherPeriod(code.Key, code.Value)).OfType<string>()];

    // A period that somebody made longer would otherwise pass for the schedule's own.
    private string? OtherPeriod(string name, RetentionCodeOptions code)
    {
        var period = PeriodOf(code);
        var others = PresetCodes[name].Select(PeriodOf).Where(other => !other.IsAsLongAs(period)).Select(other => other.ToString()).Distinct().ToList();
        return others.Count == 0 ? null : $"Code {name} is of {period} in the configuration, and of {string.Join(" and of ", others)} in a preset that it names: what is found is held against {period}.";
    }

    private async Task<IEnumerable<CheckResult>> VerifyAsync(string name, RetainedEntityOptions entity, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        var (spelling, code) = _options.Codes.First(code => string.Equals(code.Key, entity.Code, StringComparison.OrdinalIgnoreCase));
        var deadline = new Deadline(asOf, PeriodOf(code), TimeSpan.FromDays(entity.ToleranceDays));
        var promises = new EntityPromises(name, entity, spelling, PromiseOf(spelling, code), deadline, _keysAtOnce);
        promises.Narrow(OtherPeriod(spelling, code));
        var live = await PlaceAsync(RecordPlace.Live, name, entity, entity.Database, cancellationToken);
        await promises.CheckLiveAsync(live.Place, live.Problem, cancellationToken);
        if (entity.Frozen is { } copy)
        {
            var frozen = await PlaceAsync(RecordPlace.Frozen, name, entity, copy, cancellationToken);
            await promises.CheckFrozenAsync(frozen.Place, frozen.Problem, live.Place, live.Problem, cancellationToken);
        }
        return promises.Results(_time.GetElapsedTime(began).TotalSeconds);
    }

    private async Task<(RecordPlace? Place, string? Problem)> PlaceAsync(string side, string entity, RetainedEntityOptions options, string name, CancellationToken cancellationToken)
    {
        var database = _databases[name];
        if (!_catalogues.TryGetValue(name, out var known))
            _catalogues[name] = known = await ReadAsync(database, cancellationToken);
        if (known.Catalogue is not { } catalogue)
            return (null, EntityPromises.Unread(side, known.Problem!));
        // The copy is of old, and so the source, as everywhere.
        _servers.Add(ServerRecord.Of(Comparison, side == RecordPlace.Frozen ? "source" : "target", database.Name, catalogue.Server));
        return RecordPlace.Of(side, entity, options, database, catalogue);
    }

    private static async Task<(Catalogue? Catalogue, string? Problem)> ReadAsync(Database database, CancellationToken cancellationToken)
    {
        try
        {
            return (await database.ReadCatalogueAsync(cancellationToken), null);
        }
        catch (DatabaseException e)
        {
            return (null, e.Message);
        }
    }

    private CheckResult Uncovered(string code, RetentionCodeOptions options)
    {
        var promise = new RecordPromise(RetentionOf(code), entity: null, PromiseOf(code, options));
        promise.Narrow(OtherPeriod(code, options));
        promise.NotChecked("No entity covers this code. Add one under Records:Entities, with its table and the column that the period counts from.");
        return promise.Result(seconds: 0);
    }

    private static KeepingPeriod PeriodOf(RetentionCodeOptions code) => new(code.Days, code.Months, code.Years);

    private static string PromiseOf(string name, RetentionCodeOptions code) =>
        code.Promise ?? $"{code.Title ?? "Records"} of code {name}: kept for {PeriodOf(code)}, and no longer.";
}

/// <summary>What a look at records came to.</summary>
/// <param name="Results">One or two an entity, and one a code that no entity covers; none holds a key.</param>
/// <param name="Servers">What answered: frozen copies as sources, live databases as targets.</param>
/// <param name="Excluded">Codes whose records no database holds, and what would show that they are kept as promised.</param>
public sealed record RecordReport(IReadOnlyList<CheckResult> Results, IReadOnlyList<ServerRecord> Servers, IReadOnlyList<TableRemark> Excluded);

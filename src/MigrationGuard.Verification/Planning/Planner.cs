using System.Collections.Concurrent;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Verification.ExpectedDifferences;
using MigrationGuard.Verification.QueryPairs;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Planning;

/// <summary>Makes a plan from a comparison's configuration and both sides' catalogues.</summary>
/// <remarks>
/// Nothing here throws because a database is down or a table is gone: what cannot be planned becomes a not-checked result,
/// so that a run always ends with a verdict about everything it was asked for.
/// </remarks>
/// <param name="projectKey">The key from which the keys of rows' digests are derived.</param>
public sealed class Planner(VerificationOptions limits, QueryLibrary library, byte[] projectKey)
{
    private readonly ConcurrentDictionary<Database, Lazy<Task<(Catalogue? Catalogue, string? Problem)>>> _catalogues = new();

    /// <summary>Reads both catalogues at once and plans the comparison.</summary>
    public async Task<ComparisonPlan> PlanAsync(
        string name, ComparisonOptions options, Database source, Database target, Selection selection, RunStop stop)
    {
        var old = CatalogueOfAsync(source, stop);
        var current = CatalogueOfAsync(target, stop);
        var (sourceRead, targetRead) = (await old, await current);
        var plan = new ComparisonPlan(name, source, target)
        {
            Servers = [.. Servers(name, source, Side.Source, sourceRead.Catalogue), .. Servers(name, target, Side.Target, targetRead.Catalogue)],
            LastingIdentities = [.. new[] { sourceRead.Catalogue, targetRead.Catalogue }.OfType<Catalogue>().Select(catalogue => catalogue.Server.LastingIdentity)],
            ExpectedDifferences = [.. options.ExpectedDifferences.Select(difference => new ExpectedDifference(difference))],
        };
        var obstacle = Obstacle(options, sourceRead, targetRead);
        return obstacle is not null
            ? WithNothingChecked(plan, options, selection, obstacle)
            : WithChecks(plan, options, selection, sourceRead.Catalogue!, targetRead.Catalogue!);
    }

    // Once for each database, however many comparisons it is part of: a wrong password must not lock the account.
    private Task<(Catalogue? Catalogue, string? Problem)> CatalogueOfAsync(Database database, RunStop stop) =>
        _catalogues.GetOrAdd(database, _ => new Lazy<Task<(Catalogue?, string?)>>(() => TryReadAsync(database, stop))).Value;

    private static async Task<(Catalogue? Catalogue, string? Problem)> TryReadAsync(Database database, RunStop stop)
    {
        try
        {
            return (await database.ReadCatalogueAsync(stop.Token), null);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return (null, stop.Reason);
        }
        catch (DatabaseException e)
        {
            return (null, e.Message);
        }
    }

    private static string? Obstacle(ComparisonOptions options, (Catalogue? Catalogue, string? Problem) source, (Catalogue? Catalogue, string? Problem) target)
    {
        var problems = string.Join(" ", new[] { Prefixed("source", source.Problem), Prefixed("target", target.Problem) }.OfType<string>());
        if (problems.Length > 0)
            return problems;
        return source.Catalogue!.Server.Identity == target.Catalogue!.Server.Identity && !options.AllowSameDatabase
            ? "The source and the target are one and the same database, so comparing them proves nothing. Correct a connection string, or set AllowSameDatabase to try things out."
            : null;
    }

    private static string? Prefixed(string side, string? problem) => problem is null ? null : $"The {side} could not be read: {problem}";

    private static IEnumerable<ServerRecord> Servers(string comparison, Database database, Side side, Catalogue? catalogue) =>
        catalogue is null ? [] : [ServerRecord.Of(comparison, side.Spelt(), database.Name, catalogue.Server)];

    private ComparisonPlan WithNothingChecked(ComparisonPlan plan, ComparisonOptions options, Selection selection, string reason)
    {
        // Every check that was asked for, so that nobody has to work out what a server that is down leaves open.
        var notChecked = options.Entities.Where(entity => selection.IncludesEntity(plan.Name, entity.Key))
            .SelectMany(entity => EntityPlanning.Configured(entity.Value, selection.DepthOf(options)).Select(check => NotChecked(plan.Name, entity.Key, check.Check, reason) with { By = check.By }))
            .ToList();
        notChecked.AddRange(library.Find(options.Queries).Where(query => selection.IncludesQuery(plan.Name, query.Name)).Select(query => NotChecked(plan.Name, null, CheckNames.Query(query.Name), reason)));
        // A comparison that names nothing must not vanish from the verdict because its database is down.
        if (notChecked.Count == 0)
            notChecked.Add(NotChecked(plan.Name, null, CheckNames.RecordCount, reason));
        return plan with { NotChecked = notChecked };
    }

    private ComparisonPlan WithChecks(ComparisonPlan plan, ComparisonOptions options, Selection selection, Catalogue source, Catalogue target)
    {
        var entities = new List<EntityPlan>();
        var notChecked = new List<CheckResult>();
        var notConfigured = new List<string>();
        foreach (var (name, entity) in options.Entities.Where(entity => selection.IncludesEntity(plan.Name, entity.Key)))
        {
            var planned = new EntityPlanning(plan, name, entity, selection.DepthOf(options), options.FrozenAt, limits, projectKey);
            planned.Plan(source, target);
            notChecked.AddRange(planned.NotChecked);
            notConfigured.AddRange(planned.NotConfigured);
            if (planned.Result is { } entityPlan)
                entities.Add(entityPlan);
        }
        var queries = PlanQueries(plan, options, selection, source, target, notChecked);
        // A run of single entities of other comparisons asks nothing of this one.
        if (entities.Count == 0 && queries.Count == 0 && notChecked.Count == 0 && selection.IncludesAll)
            notChecked.Add(NotChecked(plan.Name, null, CheckNames.RecordCount, "The comparison names nothing to check. Add its tables under Entities, or run migrationguard init."));
        var coverage = Coverage.Of(plan.Name, options, source);
        if (string.Join(" ", Unseen(source, target)) is { Length: > 0 } unseen)
            notChecked.Add(NotChecked(plan.Name, null, CheckNames.RecordCount, unseen));
        return plan with
        {
            Entities = entities,
            Queries = queries,
            NotChecked = notChecked,
            NotConfigured = [.. notConfigured, .. coverage.Unknown],
            Uncovered = coverage.Uncovered,
            Excluded = coverage.Excluded,
            Notes = source.Server.Identity == target.Server.Identity ? ["The source and the target are one and the same database: this comparison proves nothing."] : [],
        };
    }

    // What a login is not shown of the catalogue, so that nothing else could speak of it.
    private static IEnumerable<string> Unseen(Catalogue source, Catalogue target)
    {
        if (!source.ShowsAllTables)
            yield return "The login may not see all tables of the source, so one that nobody thought of would stay unseen. Grant it VIEW DEFINITION on the database.";
        foreach (var (side, catalogue) in new[] { (Side.Source, source), (Side.Target, target) }.Where(side => !side.Item2.ShowsSecurity))
            yield return $"The {side.Spelt()}'s login may not see security policies and masks, which could keep rows and values from it unnoticed. Grant it VIEW DEFINITION on the database.";
    }

    private List<QueryPlan> PlanQueries(ComparisonPlan plan, ComparisonOptions options, Selection selection, Catalogue sourceCatalogue, Catalogue targetCatalogue, List<CheckResult> notChecked)
    {
        var plans = new List<QueryPlan>();
        foreach (var query in library.Find(options.Queries).Where(query => selection.IncludesQuery(plan.Name, query.Name)))
        {
            var (source, target) = (query.For(plan.Source.Dialect.Provider), query.For(plan.Target.Dialect.Provider));
            if ((query.Problem ?? MissingText(query, plan, source, target)
                ?? Unusable(source!, Side.Source, plan, sourceCatalogue) ?? Unusable(target!, Side.Target, plan, targetCatalogue)) is { } problem)
                notChecked.Add(NotChecked(plan.Name, null, CheckNames.Query(query.Name), problem));
            else
                plans.Add(new QueryPlan(query.Name, source!, target!));
        }
        return plans;
    }

    private static string? MissingText(NamedQuery query, ComparisonPlan plan, QueryFile? source, QueryFile? target) => (source, target) switch
    {
        (null, _) => $"The query {query.Name} has no text for {plan.Source.Dialect.Provider}, the source's engine. Add a file with -- engine: {QueryFile.Spelt(plan.Source.Dialect.Provider)}.",
        (_, null) => $"The query {query.Name} has no text for {plan.Target.Dialect.Provider}, the target's engine. Add a file with -- engine: {QueryFile.Spelt(plan.Target.Dialect.Provider)}.",
        _ => null,
    };

    private static string? Unusable(QueryFile query, Side side, ComparisonPlan plan, Catalogue catalogue)
    {
        if (SingleSelect.Problem(query.Sql, plan.On(side).Dialect.Provider) is { } problem)
            return $"The query file {query.Path} was not sent: {problem} Write one SELECT.";
        if (catalogue.Veiled is { } veiled)
            return $"The query {query.Name} was not sent: {Veil(veiled, side)}, and a query may read it by way of a view.";
        // A query of definitions that a login may not see finds nothing on either side, and nothing equals nothing.
        return query.NeedsDefinitions && !catalogue.ShowsAllDefinitions
            ? $"The query {query.Name} reads definitions, which the {side.Spelt()}'s login may not all see. Grant it VIEW DEFINITION on the database."
            : null;
    }

    private static string Veil(Table table, Side side) => table.RowPolicy is { } policy
        ? $"the security policy {policy} may hide rows of the {side.Spelt()}'s {table.Name} from the login"
        : $"the login lacks UNMASK, and {table.Columns.First(column => column.IsMasked).Name} of the {side.Spelt()}'s {table.Name} is masked";

    private static CheckResult NotChecked(string comparison, string? entity, string check, string reason) =>
        new() { Comparison = comparison, Entity = entity, Check = check, Outcome = new CheckOutcome.NotChecked(reason) };
}

using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification;

namespace MigrationGuard.Initialisation;

/// <summary>A pair of tables under the name it has in the configuration.</summary>
/// <param name="Rule">The rule by which an upgrade changes its rows; null when they must be the same.</param>
public sealed record DraftedEntity(string Name, EntityGuess Guess, UpgradeRule? Rule);

/// <summary>What is written about the comparison, before it is text.</summary>
/// <param name="Name">The comparison's name.</param>
/// <param name="IsDynamics">Whether a Dynamics organisation was recognised on either side.</param>
/// <param name="Pairing">What was paired and what was not.</param>
/// <param name="Entities">The entities, in the source's order.</param>
/// <param name="QueriesFolder">Where the shipped query pairs are.</param>
/// <param name="Queries">Folders of query pairs to run.</param>
/// <param name="ExpectedDifferences">Suggestions that wait for an approver.</param>
internal sealed record DraftedComparison(
    string Name,
    bool IsDynamics,
    CataloguePairing Pairing,
    IReadOnlyList<DraftedEntity> Entities,
    string QueriesFolder,
    IReadOnlyList<string> Queries,
    IReadOnlyList<ExpectedDifferenceOptions> ExpectedDifferences)
{
    public static DraftedComparison From(DraftSide source, DraftSide target, string queriesFolder)
    {
        var isDynamics = DynamicsOrganisation.IsOne(source.Catalogue) || DynamicsOrganisation.IsOne(target.Catalogue);
        var pairing = CataloguePairing.Pair(source.Catalogue, target.Catalogue);
        var layered = UpgradeRules.LayeredTables(source.Catalogue, target.Catalogue);
        var names = EntityNames.For([.. pairing.Tables.Select(pair => pair.Source)], source.Catalogue.DefaultSchema, isDynamics);
        var entities = pairing.Tables.Zip(names, (pair, name) => new DraftedEntity(
            name,
            EntityGuess.For(pair, source.Provider, target.Provider),
            isDynamics ? UpgradeRules.For(pair, layered) : null)).ToList();
        return new DraftedComparison(
            isDynamics ? "crm" : "migration",
            isDynamics,
            pairing,
            entities,
            queriesFolder,
            [.. ShippedQueries(source.Provider, target.Provider, isDynamics).Select(folder => queriesFolder + "/" + folder)],
            [.. entities.SelectMany(ExpectedOf)]);
    }

    private static IEnumerable<string> ShippedQueries(Provider source, Provider target, bool isDynamics)
    {
        if (source != Provider.SqlServer || target != Provider.SqlServer)
            yield break;
        if (isDynamics)
            yield return "dynamics-crm";
        yield return "sqlserver";
    }

    private static IEnumerable<ExpectedDifferenceOptions> ExpectedOf(DraftedEntity entity)
    {
        if (entity.Rule is not { } rule)
            yield break;
        var tables = entity.Guess.Tables;
        // Metadata counts may be far off; the approver sees the bound and can correct it.
        var atMost = Math.Max(1, Math.Max(tables.Source.ApproximateRows ?? 0, tables.Target.ApproximateRows ?? 0));
        if (rule.Rows != RowsMove.OnlyMore)
            yield return Expected(entity, rule, CheckNames.RecordCount, FindingKinds.MissingInTarget, atMost);
        if (rule.Rows != RowsMove.OnlyFewer)
            yield return Expected(entity, rule, CheckNames.RecordCount, FindingKinds.ExtraInTarget, atMost);
        if (entity.Guess.BreakdownBy.Count > 0)
        {
            var groups = Expected(entity, rule, CheckNames.EntityBreakdown, FindingKinds.GroupDiffers, atMost);
            groups.Groups = [["*"]];
            yield return groups;
        }
        var moments = new[] { entity.Guess.CreatedOn, entity.Guess.ModifiedOn }.OfType<string>().ToList();
        if (moments.Count > 0)
        {
            // Without a bound: it does not cover rows written after the freeze, which are counted.
            var newest = Expected(entity, rule, CheckNames.LastTimestamp, FindingKinds.TimestampDiffers, atMost: null);
            newest.Columns = moments;
            yield return newest;
        }
    }

    private static ExpectedDifferenceOptions Expected(DraftedEntity entity, UpgradeRule rule, string check, string kind, long? atMost) =>
        new() { Entity = entity.Name, Check = check, Kind = kind, AtMost = atMost, Reason = rule.Reason };
}

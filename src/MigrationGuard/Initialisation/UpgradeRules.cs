using System.Text.RegularExpressions;
using MigrationGuard.Databases.Catalogues;

namespace MigrationGuard.Initialisation;

/// <summary>Which way an upgrade moves the number of rows.</summary>
public enum RowsMove
{
    /// <summary>Rows are added and removed.</summary>
    BothWays,

    /// <summary>Rows are only added; one that is missing is not explained.</summary>
    OnlyMore,

    /// <summary>Rows are only removed; one that is added is not explained.</summary>
    OnlyFewer,
}

/// <summary>A table that an upgrade legitimately changes, and why.</summary>
/// <param name="Name">The rule in a few words, for a heading.</param>
/// <param name="Rows">Which way the number of rows moves.</param>
/// <param name="Reason">The reason as it stands in the expected difference.</param>
public sealed record UpgradeRule(string Name, RowsMove Rows, string Reason);

/// <summary>Where row counts differ after a Dynamics CRM organisation was upgraded, though nothing was lost.</summary>
/// <remarks>
/// The source of every rule is Dynamics 365 on-premises upgrade behaviour, as it shows in organisation databases of
/// versions 6.1, 8.2 and 9.1 and in the clean-up that administrators do before an upgrade. A rule makes a suggestion that a
/// person has to approve; it never accepts a difference by itself. The tables that hold what people entered come first:
/// no rule reaches them.
/// </remarks>
public static partial class UpgradeRules
{
    private const string Source = "Dynamics 365 on-premises upgrade behaviour";

    private static readonly UpgradeRule SolutionLayers = Rule(
        "Solution layers", RowsMove.BothWays, "holds components of solutions in layers, which the upgrade's own solutions rewrite.");

    private static readonly UpgradeRule LayerIds = Rule(
        "Solution layers", RowsMove.BothWays, "lists the ids of a solution-layered table, which the upgrade's own solutions rewrite.");

    private static readonly UpgradeRule Metadata = Rule(
        "Metadata", RowsMove.BothWays, "describes tables, columns and relations, which the upgrade rewrites for the new version.");

    private static readonly UpgradeRule RandomNames = Rule(
        "Random names", RowsMove.BothWays, "is bookkeeping of duplicate detection or rollups that each organisation rebuilds under a random name.");

    private static readonly UpgradeRule UpgradeRecords = Rule(
        "Bookkeeping of the upgrade", RowsMove.OnlyMore, "records what the upgrade itself did.");

    private static readonly UpgradeRule ProductGrowth = Rule(
        "Growth of the product", RowsMove.OnlyMore, "lists what the product offers, which grows with its version.");

    private static readonly UpgradeRule Queues = Rule(
        "Queues, logs and caches", RowsMove.BothWays, "is a queue, log or cache that is cleaned before an upgrade and filled again by running jobs.");

    private static readonly UpgradeRule AccessOrphans = Rule(
        "Orphaned shares", RowsMove.OnlyFewer, "loses shares of records that are gone, which are cleaned up before an upgrade; a share that is added is not explained by it.");

    // The first that applies decides.
    private static readonly IReadOnlyList<(Regex Table, UpgradeRule Rule)> ByName =
    [
        (RandomName(), RandomNames),
        (UpgradeRecordName(), UpgradeRecords),
        (ProductName(), ProductGrowth),
        (AccessName(), AccessOrphans),
        (QueueName(), Queues),
    ];

    /// <summary>The rule that says the rows of this table change in an upgrade; null when they must not.</summary>
    public static UpgradeRule? For(TablePair pair, IReadOnlySet<string> layeredTables)
    {
        var name = pair.Source.Name;
        if (MustNotChange(name.Name))
            return null;
        if (string.Equals(name.Schema, "MetadataSchema", StringComparison.OrdinalIgnoreCase))
            return Metadata;
        if (layeredTables.Contains(name.Name))
            return SolutionLayers;
        if (IsTwin(name.Name, layeredTables))
            return LayerIds;
        return ByName.FirstOrDefault(row => row.Table.IsMatch(name.Name)).Rule;
    }

    /// <summary>Names of the tables whose rows are layers of solutions, told by their columns; names ignore case.</summary>
    public static IReadOnlySet<string> LayeredTables(Catalogue source, Catalogue target) => source.BaseTables.Concat(target.BaseTables)
        .Where(table => table.Find("SolutionId") is not null && table.Find("ComponentState") is not null && table.Find("OverwriteTime") is not null)
        .Select(table => table.Name.Name)
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Why a table of the source is not on the target, where upgrades explain it; null where they do not.</summary>
    public static string? WhyGone(TableName table)
    {
        if (RandomName().IsMatch(table.Name))
            return RandomNames.Reason;
        if (ExtensionName().IsMatch(table.Name))
            return $"{Source}: was merged into its entity's Base table (CRM 2011 to 2013); the rows stay and are compared there.";
        return RecommendationName().IsMatch(table.Name) ? $"{Source}: belongs to product recommendations, which 9.1 no longer has." : null;
    }

    /// <summary>Whether the table holds what people entered, or was made by a customiser: these must be the same on both sides.</summary>
    public static bool MustNotChange(string table) => RecordName().IsMatch(table) || CustomName().IsMatch(table);

    private static UpgradeRule Rule(string name, RowsMove rows, string reason) => new(name, rows, $"{Source}: {reason}");

    // XBase has XBaseIds; the table of ids may also drop the Base.
    private static bool IsTwin(string table, IReadOnlySet<string> layeredTables) =>
        table.EndsWith("Ids", StringComparison.OrdinalIgnoreCase)
        && (layeredTables.Contains(table[..^3]) || layeredTables.Contains(table[..^3] + "Base"));

    [GeneratedRegex("^(Account|Contact|Lead|Opportunity|Incident|ActivityPointer|ActivityParty|Email|Annotation|ActivityMimeAttachment|Attachment|QueueItem|CustomerAddress|SystemUser|Team|BusinessUnit)(Base|ExtensionBase)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RecordName();

    // A publisher's prefix has two to eight letters and digits.
    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{1,7}_.*Base$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex CustomName();

    [GeneratedRegex("^(MatchCode|Rollup_Bootstrap_Markers_)[0-9a-f]{32}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RandomName();

    [GeneratedRegex("^(UpgradeActionTracker|SolutionAwareEntitiesForUpgrade|DatabaseUpdateTransition|FunctionMitigationsToPersistThroughUpgrade|SolutionHistoryData)(Base)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UpgradeRecordName();

    [GeneratedRegex("^(SdkMessage.*|Privilege.*|RolePrivileges(Base)?|StringMap(Base)?|LocalizedLabel.*|Ribbon.*|Dependency(Node)?(Base)?|Solution(Component)?(Base)?|TimeZone.*|ImportJob(Base)?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ProductName();

    [GeneratedRegex("^PrincipalObjectAccess(Base)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AccessName();

    [GeneratedRegex("^(AsyncOperation(Base)?|WorkflowLog(Base)?|WorkflowWaitSubscription(Base)?|BulkDelete(Operation|Failure)(Base)?|DuplicateRecord(Base)?|MatchCode.*|EmailHash(Base)?|Subscription.*|TraceLog(Base)?|PluginTraceLog(Base)?|Audit(Base)?|.*Cleanup)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex QueueName();

    [GeneratedRegex("^.+ExtensionBase$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ExtensionName();

    [GeneratedRegex("^Recommendation(Cache|Model|ModelMapping|ModelVersion|ModelVersionHistory)Base(Ids)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RecommendationName();
}

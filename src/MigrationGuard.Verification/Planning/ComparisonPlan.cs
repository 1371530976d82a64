using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Verification.ExpectedDifferences;
using MigrationGuard.Verification.QueryPairs;
using MigrationGuard.Verification.Scans;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Verification.Planning;

/// <summary>What a run is to do for one comparison, decided before anything is scanned.</summary>
public sealed record ComparisonPlan(string Name, Database Source, Database Target)
{
    /// <summary>Entities with at least one check.</summary>
    public IReadOnlyList<EntityPlan> Entities { get; init; } = [];

    public IReadOnlyList<QueryPlan> Queries { get; init; } = [];

    /// <summary>What is known not to be checkable before the run begins: a table that is not there, a side that does not answer.</summary>
    public IReadOnlyList<CheckResult> NotChecked { get; init; } = [];

    public IReadOnlyList<TableRemark> Uncovered { get; init; } = [];

    public IReadOnlyList<TableRemark> Excluded { get; init; } = [];

    /// <summary>Checks that entities have no columns for, a sentence each.</summary>
    public IReadOnlyList<string> NotConfigured { get; init; } = [];

    public IReadOnlyList<ServerRecord> Servers { get; init; } = [];

    /// <summary>What the source and the target are known by when a run is taken up again; empty when a side did not answer.</summary>
    public IReadOnlyList<string> LastingIdentities { get; init; } = [];

    /// <summary>Remarks that every result of the comparison carries.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public IReadOnlyList<ExpectedDifference> ExpectedDifferences { get; init; } = [];

    public Database On(Side side) => side == Side.Source ? Source : Target;
}

/// <summary>One entity and the checks that one scan a side serves.</summary>
/// <param name="Name">The entity's name in the configuration.</param>
/// <param name="Checks">In the order of their results; never empty.</param>
/// <param name="FrozenAt">When the source stopped being written to.</param>
public sealed record EntityPlan(string Name, Table Source, Table Target, IReadOnlyList<EntityCheck> Checks, DateTimeOffset? FrozenAt)
{
    /// <summary>How its rows are compared one by one; null when they are only counted.</summary>
    public RowPlan? Rows { get; init; }

    /// <summary>The condition that the source's rows have to meet; all rows when null.</summary>
    public string? SourceFilter { get; init; }

    /// <summary>The condition that the target's rows have to meet; all rows when null.</summary>
    public string? TargetFilter { get; init; }

    /// <summary>Remarks that every result of the entity carries.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Rows on the larger side by metadata, for planning only.</summary>
    public long ApproximateRows => Math.Max(Source.ApproximateRows ?? 0, Target.ApproximateRows ?? 0);

    public Table On(Side side) => side == Side.Source ? Source : Target;

    /// <summary>The condition that a side's rows have to meet; all rows when null.</summary>
    public string? FilterOn(Side side) => side == Side.Source ? SourceFilter : TargetFilter;
}

/// <summary>How the rows of an entity are compared.</summary>
/// <param name="Key">The key that its rows are digested under.</param>
/// <param name="FrozenFrom">From when the source stands still, so that a difference counts when it is first seen; null for never.</param>
public sealed record RowPlan(RowComparison Rows, byte[] Key, DateTimeOffset? FrozenFrom)
{
    /// <summary>Whether the source stands still. One that is only going to be frozen is written to until then.</summary>
    public bool IsFrozen(DateTimeOffset now) => FrozenFrom <= now;
}

/// <summary>One query pair with the text for each side.</summary>
public sealed record QueryPlan(string Name, QueryFile Source, QueryFile Target)
{
    public QueryFile On(Side side) => side == Side.Source ? Source : Target;
}

/// <summary>What to limit a run to; everything when both are empty.</summary>
public sealed record Selection(IReadOnlyList<string> Comparisons, IReadOnlyList<string> Entities)
{
    public static readonly Selection Everything = new([], []);

    /// <summary>What an earlier run left open, to be looked at again, and nothing else; null for everything.</summary>
    public LeftOpen? Again { get; init; }

    /// <summary>How deep to look; as deep as each comparison is configured when null.</summary>
    public Depth? Depth { get; init; }

    /// <summary>As a run's document keeps it; null when there are no limits.</summary>
    public RunSelection? Kept => Comparisons.Count == 0 && Entities.Count == 0 && Again is null && Depth is null
        ? null
        : new RunSelection(Comparisons, Entities, Again) { Depth = Depth?.ToString() };

    /// <summary>The selection that a run's document has kept.</summary>
    public static Selection Of(RunSelection? kept) => kept is null
        ? Everything
        : new Selection(kept.Comparisons, kept.Entities) { Again = kept.Again, Depth = kept.Depth is null ? null : Enum.Parse<Depth>(kept.Depth) };

    /// <summary>Whether the comparisons of a configuration are looked at whole, or what is left out of them.</summary>
    public Scope ScopeOf(IEnumerable<ComparisonOptions> comparisons) =>
        Comparisons.Count == 0 && Entities.Count == 0 && Again is null && !IsShallow(comparisons) ? Scope.Full : Scope.Partial;

    /// <summary>How deep to look in a comparison.</summary>
    public Depth DepthOf(ComparisonOptions comparison) => Depth ?? comparison.Depth;

    /// <summary>The limits as a sentence; null when there are none.</summary>
    public string? DescriptionFor(IEnumerable<ComparisonOptions> comparisons)
    {
        var parts = new List<string>();
        if (Comparisons.Count > 0)
            parts.Add("comparison " + string.Join(", ", Comparisons));
        if (Entities.Count > 0)
            parts.Add("entity " + string.Join(", ", Entities));
        if (Again is not null)
            parts.Add($"what was neither a match nor accepted in run {Again.Run}: {string.Join(", ", Again.Items.Select(item => $"{item.Comparison} / {item.Entity ?? CheckNames.Query(item.Query!)}"))}");
        if (IsShallow(comparisons))
            parts.Add("depth counts");
        return parts.Count == 0 ? null : string.Join("; ", parts);
    }

    public bool Includes(string comparison) =>
        (Comparisons.Count == 0 || Comparisons.Contains(comparison, StringComparer.OrdinalIgnoreCase)) && (Again is null || Again.Items.Any(item => item.IsOf(comparison)));

    /// <summary>Whether an included comparison is included with everything it names.</summary>
    public bool IncludesAll => Entities.Count == 0 && Again is null;

    public bool IncludesEntity(string comparison, string entity) =>
        (Entities.Count == 0 || Entities.Contains(entity, StringComparer.OrdinalIgnoreCase)) && (Again is null || Again.Items.Any(item => item.IsEntity(comparison, entity)));

    public bool IncludesQuery(string comparison, string query) =>
        Entities.Count == 0 && (Again is null || Again.Items.Any(item => item.IsQuery(comparison, query)));

    private bool IsShallow(IEnumerable<ComparisonOptions> comparisons) => comparisons.Any(comparison => DepthOf(comparison) < comparison.Depth);
}

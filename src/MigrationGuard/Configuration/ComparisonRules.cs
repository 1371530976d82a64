using System.Globalization;
using MigrationGuard.Databases;
using MigrationGuard.Ledger;
using MigrationGuard.Verification;

namespace MigrationGuard.Configuration;

/// <summary>The rules of one comparison.</summary>
internal static class ComparisonRules
{
    public static IEnumerable<ConfigurationProblem> Check(string name, ComparisonOptions comparison, IReadOnlyDictionary<string, DatabaseOptions> databases)
    {
        var place = ConfigurationPlace.Below("", "Comparisons", name);
        return
        [
            .. Side(ConfigurationPlace.Below(place, "Source"), comparison.Source, databases),
            .. Side(ConfigurationPlace.Below(place, "Target"), comparison.Target, databases),
            .. SameDatabase(place, comparison, databases),
            .. comparison.Entities.SelectMany(entity => Entity(ConfigurationPlace.Below(place, "Entities", entity.Key), entity.Value, comparison, databases)),
            .. comparison.Excluded.SelectMany((table, index) => Excluded(ConfigurationPlace.Below(place, "Excluded"), table, index)),
            .. comparison.ExpectedDifferences.SelectMany((difference, index) =>
                ExpectedDifferenceRules.Check(ConfigurationPlace.Below(place, "ExpectedDifferences", Index(index)), difference, comparison.Entities.Keys)),
        ];
    }

    private static IEnumerable<ConfigurationProblem> Side(string place, string database, IReadOnlyDictionary<string, DatabaseOptions> databases)
    {
        if (database.Length == 0)
            yield return new(place, "is missing.", "Name a database that is under Databases.");
        else if (!databases.ContainsKey(database))
            yield return new(place, "names no database.", "Add it under Databases." + (NearestName.Of(database, databases.Keys) is { } nearest ? $" Did you mean {ConfigurationPlace.Shown(nearest)}?" : ""));
    }

    private static IEnumerable<ConfigurationProblem> SameDatabase(string place, ComparisonOptions comparison, IReadOnlyDictionary<string, DatabaseOptions> databases)
    {
        if (comparison.Source == comparison.Target && !comparison.AllowSameDatabase && databases.ContainsKey(comparison.Source))
            yield return new(ConfigurationPlace.Below(place, "Target"), "is the source itself: such a comparison proves nothing.", "Name the database that is migrated to, or set AllowSameDatabase to try things out.");
    }

    private static IEnumerable<ConfigurationProblem> Entity(
        string place, EntityOptions entity, ComparisonOptions comparison, IReadOnlyDictionary<string, DatabaseOptions> databases)
    {
        if (string.IsNullOrWhiteSpace(entity.Source))
            yield return new(ConfigurationPlace.Below(place, nameof(entity.Source)), "is missing.", "Name the table or view on the source.");
        for (var index = 0; index < entity.BreakdownBy.Count; index++)
        {
            if (entity.BreakdownBy[index].Columns.Count == 0)
                yield return new(ConfigurationPlace.Below(place, nameof(entity.BreakdownBy), Index(index)), "is an empty combination.", "Name its columns, or remove it.");
        }
        var grouped = entity.BreakdownBy.SelectMany(breakdown => breakdown.Columns).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var column in entity.CodeColumns.Where(column => !grouped.Contains(column)))
        {
            var hint = NearestName.Of(column, grouped) is { } nearest ? $" Did you mean {ConfigurationPlace.Shown(nearest)}?" : "";
            yield return new(ConfigurationPlace.Below(place, nameof(entity.CodeColumns)), $"lists {ConfigurationPlace.Shown(column)}, which BreakdownBy does not.", "List it there too, or take it out: groups of nothing else are shown." + hint);
        }
        foreach (var column in entity.Columns.Intersect(entity.IgnoreColumns, StringComparer.OrdinalIgnoreCase))
            yield return new(ConfigurationPlace.Below(place, nameof(entity.Columns)), $"lists {ConfigurationPlace.Shown(column)}, which IgnoreColumns leaves out.", "Take it out of one of them.");
        foreach (var problem in Filter(ConfigurationPlace.Below(place, nameof(entity.SourceFilter)), entity.SourceFilter, comparison.Source, databases))
            yield return problem;
        foreach (var problem in Filter(ConfigurationPlace.Below(place, nameof(entity.TargetFilter)), entity.TargetFilter, comparison.Target, databases))
            yield return problem;
    }

    private static IEnumerable<ConfigurationProblem> Filter(string place, string? filter, string database, IReadOnlyDictionary<string, DatabaseOptions> databases)
    {
        if (filter is not null && databases.TryGetValue(database, out var options) && SqlCondition.Problem(filter, options.Provider) is { } problem)
            yield return new(place, "is no condition on rows: " + problem, "Write what would follow WHERE, such as StateCode = 0.");
    }

    private static IEnumerable<ConfigurationProblem> Excluded(string place, ExcludedTable table, int index)
    {
        if (string.IsNullOrWhiteSpace(table.Table))
            yield return new(ConfigurationPlace.Below(place, Index(index)), "names no table.", "Write { \"Table\": …, \"Reason\": … }.");
        else if (string.IsNullOrWhiteSpace(table.Reason))
            yield return new(ConfigurationPlace.Below(place, table.Table), "has no reason.", "Say why the table is left out: every report will.");
    }

    private static string Index(int index) => index.ToString(CultureInfo.InvariantCulture);
}

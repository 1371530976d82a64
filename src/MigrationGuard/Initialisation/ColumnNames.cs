using MigrationGuard.Databases.Catalogues;

namespace MigrationGuard.Initialisation;

/// <summary>Finds which columns the configuration has to name twice, and which it cannot.</summary>
internal static class ColumnNames
{
    /// <summary>
    /// The target's names of columns it does not know by their source names: those that differ by more than case. Also the
    /// pairs whose source name would have to be a key there and cannot be one.
    /// </summary>
    /// <remarks>.NET's configuration splits keys at colons and takes keys that differ only by case for one.</remarks>
    public static (IReadOnlyDictionary<string, string> TargetColumns, IReadOnlyList<NamePair<Column>> Unnameable) Map(TablePair tables)
    {
        var differing = tables.Columns.Where(pair => !ReferenceEquals(tables.Target.Find(pair.Source.Name), pair.Target)).ToList();
        var nameable = differing
            .Where(pair => !pair.Source.Name.Contains(':', StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(pair.Source.Name))
            .GroupBy(pair => pair.Source.Name, StringComparer.OrdinalIgnoreCase)
            .Where(sameKey => sameKey.Count() == 1)
            .Select(sameKey => sameKey.Single())
            .ToList();
        return (
            new OrderedDictionary<string, string>(nameable.Select(pair => KeyValuePair.Create(pair.Source.Name, pair.Target.Name))),
            [.. differing.Except(nameable)]);
    }
}

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
        // Columns found by their own names count too: the key would speak for them as well.
        var sameKey = tables.Source.Columns.ToLookup(column => column.Name, StringComparer.OrdinalIgnoreCase);
        var nameable = differing
            .Where(pair => !pair.Source.Name.Contains(':', StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(pair.Source.Name))
            .Where(pair => sameKey[pair.Source.Name].Count() == 1)
            .ToList();
        return (
            new OrderedDictionary<string, string>(nameable.Select(pair => KeyValuePair.Create(pair.Source.Name, pair.Target.Name))),
            [.. differing.Except(nameable)]);
    }
}

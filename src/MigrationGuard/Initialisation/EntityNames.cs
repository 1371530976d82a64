using System.Globalization;
using MigrationGuard.Databases.Catalogues;

namespace MigrationGuard.Initialisation;

/// <summary>The names entities go by in the configuration, which are keys there.</summary>
/// <remarks>
/// .NET's configuration takes keys that differ only by case for one, and splits them at colons. A table's name can do both,
/// so it stands in the configuration as a value, and the key is made from it to be safe and unique.
/// </remarks>
internal static class EntityNames
{
    /// <summary>A name for each table, in their order.</summary>
    /// <param name="tables">Tables of one catalogue.</param>
    /// <param name="defaultSchema">The schema that is left out of names.</param>
    /// <param name="isDynamics">Whether <c>ContactBase</c> is called <c>contact</c>, as people who use Dynamics call it.</param>
    public static IReadOnlyList<string> For(IReadOnlyList<Table> tables, string defaultSchema, bool isDynamics)
    {
        var plain = tables.Select(table => Plain(table.Name, defaultSchema)).ToList();
        var all = plain.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. plain.Select(name => Unique(isDynamics ? WithoutBase(name, all) : name, taken))];
    }

    private static string Plain(TableName table, string defaultSchema)
    {
        var name = table.Schema is null || string.Equals(table.Schema, defaultSchema, StringComparison.Ordinal)
            ? table.Name
            : table.Schema + "." + table.Name;
        var safe = string.Concat(name.Select(c => c == ':' || char.IsControl(c) ? '-' : c)).Trim();
        return safe.Length == 0 ? "table" : safe;
    }

    private static string WithoutBase(string name, HashSet<string> all)
    {
        const string suffix = "Base";
        if (name.Length <= suffix.Length || !name.EndsWith(suffix, StringComparison.Ordinal))
            return name;
        var entity = name[..^suffix.Length];
        return all.Contains(entity) ? name : entity.ToLowerInvariant();
    }

    private static string Unique(string name, HashSet<string> taken)
    {
        var unique = name;
        for (var number = 2; !taken.Add(unique); number++)
            unique = name + "-" + number.ToString(CultureInfo.InvariantCulture);
        return unique;
    }
}

using System.Text.Json;
using MigrationGuard.Configuration;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Verification;

namespace MigrationGuard.Initialisation;

/// <summary>Reads a drafted configuration back and holds it against the catalogues it was made from.</summary>
/// <remarks>
/// Names may hold any characters, and what is written by hand can go wrong on any of them. A draft that would compare the
/// wrong table, or none, is never handed over.
/// </remarks>
internal static class DraftProof
{
    private static readonly JsonDocumentOptions Commented = new() { CommentHandling = JsonCommentHandling.Skip };

    /// <exception cref="InvalidOperationException">The text does not say what was meant: a defect of this program.</exception>
    public static void Check(string text, DraftedComparison comparison, Catalogue source, Catalogue target)
    {
        using var document = JsonDocument.Parse(text, Commented);
        var written = document.RootElement
            .GetProperty(ConfigurationFile.Section)
            .GetProperty(nameof(MigrationGuardOptions.Comparisons))
            .GetProperty(comparison.Name)
            .GetProperty(nameof(ComparisonOptions.Entities))
            .EnumerateObject().ToList();
        Hold(written.Count == comparison.Entities.Count, "all entities", "Entities");
        Hold(AreSafeKeys(written.Select(entity => entity.Name)), "safe and unique names", "Entities");
        foreach (var (entity, meant) in written.Zip(comparison.Entities))
        {
            Hold(ReferenceEquals(source.Find(Text(entity, nameof(EntityOptions.Source))), meant.Guess.Tables.Source), "the source's table", entity.Name);
            Hold(ReferenceEquals(target.Find(Text(entity, nameof(EntityOptions.Target))), meant.Guess.Tables.Target), "the target's table", entity.Name);
            if (entity.Value.TryGetProperty(nameof(EntityOptions.TargetColumns), out var columns))
                CheckColumns(entity.Name, [.. columns.EnumerateObject()], meant.Guess.Tables);
        }
    }

    private static void CheckColumns(string entity, List<JsonProperty> columns, TablePair tables)
    {
        Hold(AreSafeKeys(columns.Select(column => column.Name)), "safe and unique column names", entity);
        foreach (var column in columns)
            Hold(tables.Partner(column.Name)?.Name == column.Value.GetString(), "the target's column", entity);
    }

    private static bool AreSafeKeys(IEnumerable<string> keys)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return keys.All(key => seen.Add(key) && !key.Contains(':', StringComparison.Ordinal));
    }

    private static string Text(JsonProperty entity, string member) => entity.Value.GetProperty(member).GetString()!;

    private static void Hold(bool holds, string what, string place)
    {
        if (!holds)
            throw new InvalidOperationException($"The drafted configuration does not give {what} at {place}; nothing was written.");
    }
}

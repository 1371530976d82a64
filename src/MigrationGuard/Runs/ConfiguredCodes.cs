using MigrationGuard.Configuration;
using MigrationGuard.Evidence.Privacy;

namespace MigrationGuard.Runs;

/// <summary>What the configuration, and the program itself, declare to identify nobody.</summary>
internal static class ConfiguredCodes
{
    private const string ShippedQueries = "queries";

    /// <param name="programDirectory">Where the shipped queries lie beside the program.</param>
    /// <exception cref="IOException">A shipped query cannot be read.</exception>
    public static DeclaredCodes Of(MigrationGuardOptions options, string programDirectory)
    {
        var shipped = new DirectoryInfo(Path.Combine(programDirectory, ShippedQueries));
        return new DeclaredCodes(
            options.Comparisons.SelectMany(comparison => comparison.Value.Entities.SelectMany(entity =>
                entity.Value.CodeColumns.Select(column => (comparison.Key, entity.Key, column)))),
            shipped.Exists ? shipped.EnumerateFiles("*.sql", SearchOption.AllDirectories).Select(file => File.ReadAllText(file.FullName)) : []);
    }
}

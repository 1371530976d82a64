using MigrationGuard.Configuration;
using MigrationGuard.Evidence.Privacy;
using MigrationGuard.Records;
using MigrationGuard.Retention.Records;
using MigrationGuard.Verification;
using MigrationGuard.Verification.QueryPairs;

namespace MigrationGuard.Packing;

/// <summary>What of a run a pack may show as it is, by the configuration and by what the program ships with.</summary>
internal static class PackCodes
{
    public static DeclaredCodes Of(LoadedConfiguration configuration) => new(
        configuration.Options.Comparisons.SelectMany(comparison => comparison.Value.Entities.SelectMany(entity =>
            entity.Value.CodeColumns.Select(column => (comparison.Key, entity.Key, column)))),
        Shipped(),
        configuration.Options.Backups.Databases.Values.SelectMany(database => database.Servers),
        [
            .. configuration.Options.Comparisons.SelectMany(comparison => comparison.Value.Entities.SelectMany(entity =>
                ColumnsOf(entity.Value).Select(column => (comparison.Key, entity.Key, column)))),
            .. RecordPresets.Of(configuration).Readable.Entities.SelectMany(entity =>
                ColumnsOf(entity.Value).Select(column => (RecordVerification.Comparison, entity.Key, column))),
        ]);

    private static IEnumerable<string> ColumnsOf(EntityOptions entity) =>
    [
        .. entity.Key, .. entity.BreakdownBy.SelectMany(by => by.Columns), .. entity.CodeColumns, .. entity.Columns, .. entity.IgnoreColumns,
        .. entity.TargetColumns.Keys, .. entity.TargetColumns.Values, .. new[] { entity.CreatedOn, entity.ModifiedOn }.OfType<string>(),
    ];

    private static IEnumerable<string> ColumnsOf(RetainedEntityOptions entity) => [.. entity.Key, entity.CountsFrom, .. entity.Where.Keys];

    // Looked for beside the program alone: what lies in a project's own folder under the same name is the project's.
    private static IEnumerable<string> Shipped() => new QueryLibrary(AppContext.BaseDirectory, AppContext.BaseDirectory)
        .Find(["queries"])
        .SelectMany(query => query.Texts)
        .Select(text => text.Sql);
}

using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Initialisation;

/// <summary>What a pair of tables is compared by, guessed from names and types; columns by their source names.</summary>
/// <param name="Tables">The pair.</param>
/// <param name="Key">The source's primary key; empty when it has none, or when a part of it has no partner.</param>
/// <param name="CreatedOn">The column that holds when a row was made; null when none was recognised.</param>
/// <param name="ModifiedOn">The column that holds when a row was last changed; null when none was recognised.</param>
/// <param name="BreakdownBy">Columns, or combinations of columns, to count rows by.</param>
/// <param name="IgnoreColumns">Columns that cannot be the same on both sides: <c>rowversion</c>.</param>
/// <param name="TargetColumns">Target names of columns that the target does not know by their source names.</param>
/// <param name="Remarks">What a reader has to know of the guess, a sentence each.</param>
public sealed record EntityGuess(
    TablePair Tables,
    IReadOnlyList<string> Key,
    string? CreatedOn,
    string? ModifiedOn,
    IReadOnlyList<IReadOnlyList<string>> BreakdownBy,
    IReadOnlyList<string> IgnoreColumns,
    IReadOnlyDictionary<string, string> TargetColumns,
    IReadOnlyList<string> Remarks)
{
    /// <summary>Guesses for one pair of tables.</summary>
    public static EntityGuess For(TablePair tables, Provider source, Provider target)
    {
        var (targetColumns, unnameable) = ColumnNames.Map(tables);
        // A pair that the configuration cannot name is as good as none.
        var usable = tables with { Columns = [.. tables.Columns.Except(unnameable)] };
        var remarks = new List<string>();
        var key = KeyOf(usable, remarks);
        var moments = MomentColumns.In(usable, Dialect.For(source), Dialect.For(target));
        var breakdowns = BreakdownGuess.For(usable, Dialect.For(source), Dialect.For(target));
        var ignored = usable.Columns.Where(IsRowVersion).Select(pair => pair.Source.Name).ToList();
        if (ignored.Count > 0)
            remarks.Add($"{string.Join(", ", ignored)}: a rowversion, which every update and restore rewrites, is never compared.");
        if (moments.CreatedOn is null && moments.ModifiedOn is null)
            remarks.Add("No created or modified column was recognised: the last-timestamp check is not configured.");
        if (breakdowns.Count == 0)
            remarks.Add("No column to count by was recognised: the entity-breakdown check is not configured.");
        foreach (var pair in unnameable)
            remarks.Add($"Column {pair.Source.Name} is {pair.Target.Name} on the target, but its name cannot be a key of TargetColumns. Compare it through a view that renames it.");
        AddUnpaired("the source", tables.SourceOnlyColumns, remarks);
        AddUnpaired("the target", tables.TargetOnlyColumns, remarks);
        return new EntityGuess(tables, key, moments.CreatedOn, moments.ModifiedOn, breakdowns, ignored, targetColumns, remarks);
    }

    private static IReadOnlyList<string> KeyOf(TablePair tables, List<string> remarks)
    {
        if (tables.Source.PrimaryKey.Count == 0)
        {
            remarks.Add("The source has no primary key: name the columns that identify a row under Key, if there are any.");
            return [];
        }
        var alone = tables.Source.PrimaryKey.Where(column => tables.Partner(column) is null).ToList();
        if (alone.Count == 0)
            return tables.Source.PrimaryKey;
        remarks.Add($"{string.Join(", ", alone)} of the source's primary key has no partner on the target: name the columns that identify a row under Key.");
        return [];
    }

    private static bool IsRowVersion(NamePair<Column> pair) =>
        pair.Source.Type.Kind == CanonicalKind.RowVersion || pair.Target.Type.Kind == CanonicalKind.RowVersion;

    private static void AddUnpaired(string side, IReadOnlyList<Unpaired<Column>> columns, List<string> remarks)
    {
        foreach (var sameReason in columns.GroupBy(column => column.Reason))
            remarks.Add($"Only on {side}: {string.Join(", ", sameReason.Select(column => column.Item.Name))} ({sameReason.Key}).");
    }
}

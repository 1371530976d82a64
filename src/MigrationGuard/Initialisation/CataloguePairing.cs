using System.Text;
using MigrationGuard.Databases.Catalogues;

namespace MigrationGuard.Initialisation;

/// <summary>A table of the source, the table of the target that goes by its name, and their columns.</summary>
public sealed record TablePair(
    Table Source,
    Table Target,
    IReadOnlyList<NamePair<Column>> Columns,
    IReadOnlyList<Unpaired<Column>> SourceOnlyColumns,
    IReadOnlyList<Unpaired<Column>> TargetOnlyColumns)
{
    /// <summary>The target's column for a source column of exactly this name; null without one.</summary>
    public Column? Partner(string sourceColumn) =>
        Columns.FirstOrDefault(pair => string.Equals(pair.Source.Name, sourceColumn, StringComparison.Ordinal))?.Target;
}

/// <summary>Which table of the source is which of the target, by their names alone.</summary>
/// <param name="Tables">Base tables found on both sides, in the source's order.</param>
/// <param name="SourceOnly">Base tables of the source without a partner.</param>
/// <param name="TargetOnly">Base tables of the target without a partner.</param>
/// <param name="Views">Views found on both sides. They show rows of tables, so comparing them too would do the work twice.</param>
public sealed record CataloguePairing(
    IReadOnlyList<TablePair> Tables,
    IReadOnlyList<Unpaired<Table>> SourceOnly,
    IReadOnlyList<Unpaired<Table>> TargetOnly,
    IReadOnlyList<NamePair<Table>> Views)
{
    /// <summary>
    /// Pairs by the exact schema and name; then with one side's default schema standing for the other's; then ignoring
    /// case; then ignoring underscores too (<c>InvoiceLine</c>, <c>invoice_line</c>). A closer spelling always wins.
    /// </summary>
    public static CataloguePairing Pair(Catalogue source, Catalogue target)
    {
        var tables = NamePairing.Pair(Names(source, views: false), Names(target, views: false));
        var views = NamePairing.Pair(Names(source, views: true), Names(target, views: true));
        return new CataloguePairing(
            [.. tables.Pairs.Select(pair => WithColumns(pair.Source, pair.Target))],
            [.. tables.SourceOnly, .. Unwritable(source)],
            [.. tables.TargetOnly, .. Unwritable(target)],
            views.Pairs);
    }

    private static TablePair WithColumns(Table source, Table target)
    {
        var columns = NamePairing.Pair(Names(source), Names(target));
        return new TablePair(source, target, columns.Pairs, columns.SourceOnly, columns.TargetOnly);
    }

    private static List<Named<Table>> Names(Catalogue catalogue, bool views) =>
        [.. catalogue.Tables.Where(table => table.IsView == views && IsWritable(table)).Select(table => Name(table, catalogue.DefaultSchema))];

    private static Named<Table> Name(Table table, string defaultSchema)
    {
        var isDefault = string.Equals(table.Name.Schema ?? defaultSchema, defaultSchema, StringComparison.Ordinal);
        var resolved = table.Name with { Schema = isDefault ? null : table.Name.Schema };
        return new Named<Table>(table, table.Name.ToString(), [table.Name, resolved, Map(resolved, IgnoreCase), Map(resolved, IgnoreUnderscores)]);
    }

    private static List<Named<Column>> Names(Table table) =>
        [.. table.Columns.Where(column => IsUnicode(column.Name)).Select(column =>
        {
            var name = new TableName(null, column.Name);
            return new Named<Column>(column, column.Name, [name, Map(name, IgnoreCase), Map(name, IgnoreUnderscores)]);
        })];

    private static TableName Map(TableName name, Func<string, string> map) =>
        new(name.Schema is null ? null : map(name.Schema), map(name.Name));

    private static string IgnoreCase(string name) => name.ToUpperInvariant();

    private static string IgnoreUnderscores(string name)
    {
        var folded = name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
        // A name of nothing but underscores would fit every other such name.
        return folded.Length == 0 ? name : folded;
    }

    private static IEnumerable<Unpaired<Table>> Unwritable(Catalogue catalogue) =>
        catalogue.BaseTables.Where(table => !IsWritable(table))
            .Select(table => new Unpaired<Table>(table, "its name is not valid Unicode, so no configuration can hold it; compare it through a view"));

    private static bool IsWritable(Table table) => IsUnicode(table.Name.Name) && IsUnicode(table.Name.Schema ?? "");

    // SQL Server's nvarchar can hold half of a surrogate pair, which neither UTF-8 nor JSON can.
    private static bool IsUnicode(string name)
    {
        for (var i = 0; i < name.Length;)
        {
            if (!Rune.TryGetRuneAt(name, i, out var rune))
                return false;
            i += rune.Utf16SequenceLength;
        }
        return true;
    }
}

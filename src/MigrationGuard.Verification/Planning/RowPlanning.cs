using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.Scans;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Verification.Planning;

/// <summary>Plans how the rows of one entity are compared: the rules of its column pairs, its key, and what it is cut by.</summary>
/// <remarks>Everything that is given up, left out or cannot be compared is known, and recorded, before the first row is read.</remarks>
internal sealed class RowPlanning(ComparisonPlan comparison, string place, EntityColumns columns, Table source, Table target)
{
    private readonly List<string> _problems = [];
    private readonly List<string> _notes = [];

    /// <summary>The plan; null when rows cannot be compared.</summary>
    public RowComparison? Result { get; private set; }

    /// <summary>Why rows cannot be compared; null when they can.</summary>
    public string? Problem => _problems.Count == 0 ? null : string.Join(" ", _problems);

    public void Plan()
    {
        _notes.AddRange(columns.Notes());
        var key = Key();
        IReadOnlyList<ColumnPair> pairs = [.. key, .. columns.Compared.Except(key)];
        if (key.Count == 0)
            _notes.Add($"Without a key, rows are compared as a whole: a changed row counts as one that is missing and one that is extra. Name one under {place}:Key.");
        var nearest = Rules(pairs, Rounding.Nearest);
        if (nearest.Count == 0 && _problems.Count == 0)
            _problems.Add($"No column is left to compare. Correct {place}.");
        if (_problems.Count > 0)
            return;
        var rows = Comparison(nearest, key.Count, pairs);
        // One copy rounds throughout or cuts throughout: what differs under the one is tried under the other, as a whole.
        Result = nearest.Any(column => column.Rule.DependsOnRounding)
            ? rows with { Otherwise = Comparison(Rules(pairs, Rounding.Cut), key.Count, pairs) }
            : rows;
    }

    private RowComparison Comparison(IReadOnlyList<ComparedColumn> compared, int keyColumns, IReadOnlyList<ColumnPair> pairs) => new(compared, keyColumns, CutBy(pairs))
    {
        Narrowed = [.. compared.Select(column => column.Rule.Narrowing).OfType<string>()],
        Notes = [.. _notes.Distinct()],
        SourceOnly = columns.SourceOnly,
    };

    // The configured key, else the source's primary key where both sides have all of it.
    private IReadOnlyList<ColumnPair> Key()
    {
        if (columns.Key.Count > 0)
            return columns.Key;
        var key = source.PrimaryKey.Select(name => columns.Compared.FirstOrDefault(pair => pair.Source.Name == name)).OfType<ColumnPair>().ToList();
        return key.Count == source.PrimaryKey.Count ? key : [];
    }

    private List<ComparedColumn> Rules(IEnumerable<ColumnPair> pairs, Rounding rounding)
    {
        var context = new RuleContext(comparison.Source.Dialect.Provider, comparison.Source.Zone, comparison.Target.Dialect.Provider, comparison.Target.Zone)
        {
            Rounding = rounding,
        };
        var compared = new List<ComparedColumn>();
        foreach (var pair in pairs)
        {
            switch (ColumnRule.For(pair, context))
            {
                case not ColumnRule.LeftOut when pair.Masked is { } masked:
                    _problems.Add($"{masked}, or list the column in IgnoreColumns.");
                    break;
                case ColumnRule.Comparable rule:
                    compared.Add(new ComparedColumn(rule));
                    break;
                case ColumnRule.LeftOut(var note):
                    _notes.Add(note);
                    break;
                case ColumnRule.Incomparable(var reason):
                    _problems.Add(reason);
                    break;
                default:
                    throw new InvalidOperationException("A rule of a kind that does not exist.");
            }
        }
        return compared;
    }

    // Whole numbers first: they are more often in the order in which the rows lie than UUIDs are.
    private CutColumn? CutBy(IEnumerable<ColumnPair> pairs) => pairs
        .Select(pair => new CutColumn(pair, OrderOf(pair)))
        .Where(cut => cut.Order != KeyOrder.None && Leads(source, cut.Pair.Source) && Leads(target, cut.Pair.Target))
        .OrderBy(cut => cut.Order == KeyOrder.Integer ? 0 : 1)
        .FirstOrDefault();

    private KeyOrder OrderOf(ColumnPair pair)
    {
        var (sourceOrder, targetOrder) = (comparison.Source.Dialect.OrderOf(source, pair.Source), comparison.Target.Dialect.OrderOf(target, pair.Target));
        return sourceOrder == targetOrder && !pair.Source.IsNullable && !pair.Target.IsNullable ? sourceOrder : KeyOrder.None;
    }

    private static bool Leads(Table table, Column column) =>
        !table.IsView
        && ((table.PrimaryKey.Count > 0 && table.PrimaryKey[0] == column.Name)
            || table.Indexes.Any(index => !index.IsPartial && index.Columns.Count > 0 && index.Columns[0] == column.Name));
}

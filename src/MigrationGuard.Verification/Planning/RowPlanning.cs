using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;
using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.Scans;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Verification.Planning;

/// <summary>Plans how the rows of one entity are compared: its column pairs and their rules, its key, and what it is cut by.</summary>
/// <remarks>Everything that is given up, left out or cannot be compared is known, and recorded, before the first row is read.</remarks>
internal sealed class RowPlanning
{
    private readonly ComparisonPlan _comparison;
    private readonly EntityOptions _options;
    private readonly Table _source;
    private readonly Table _target;
    private readonly string _place;
    private readonly List<string> _problems = [];
    private readonly List<string> _notes = [];

    private RowPlanning(ComparisonPlan comparison, string entity, EntityOptions options, Table source, Table target) =>
        (_comparison, _options, _source, _target, _place) = (comparison, options, source, target, $"Comparisons:{comparison.Name}:Entities:{entity}");

    /// <summary>The plan, or why rows cannot be compared.</summary>
    public static (RowComparison? Rows, string? Problem) Of(ComparisonPlan comparison, string entity, EntityOptions options, Table source, Table target)
    {
        var planning = new RowPlanning(comparison, entity, options, source, target);
        var rows = planning.Plan();
        return planning._problems.Count > 0 ? (null, string.Join(" ", planning._problems)) : (rows, null);
    }

    private RowComparison? Plan()
    {
        var pairs = Pairs();
        var key = Key(pairs);
        pairs = [.. key, .. pairs.Except(key)];
        var nearest = Rules(pairs, Rounding.Nearest);
        if (_problems.Count > 0)
            return null;
        if (nearest.Count == 0)
        {
            _problems.Add($"No column is left to compare. Correct {_place}.");
            return null;
        }
        var rows = Comparison(nearest, key.Count, pairs);
        // One copy rounds throughout or cuts throughout: what differs under the one is tried under the other, as a whole.
        return nearest.Any(column => column.Rule.DependsOnRounding)
            ? rows with { Otherwise = Comparison(Rules(pairs, Rounding.Cut), key.Count, pairs) }
            : rows;
    }

    private RowComparison Comparison(IReadOnlyList<ComparedColumn> columns, int key, IReadOnlyList<ColumnPair> pairs) => new(columns, key, CutBy(pairs))
    {
        SourceFilter = _options.SourceFilter,
        TargetFilter = _options.TargetFilter,
        Narrowed = [.. columns.Select(column => column.Rule.Narrowing).OfType<string>()],
        Notes = [.. _notes.Distinct()],
    };

    private List<ColumnPair> Pairs()
    {
        var ignored = _options.IgnoreColumns.Select(Source).OfType<Column>().ToHashSet();
        if (ignored.Count > 0)
            _notes.Add($"Not compared, as configured: {string.Join(", ", ignored.Select(column => column.Name))}.");
        var wanted = _options.Columns.Count == 0 ? _source.Columns : [.. _options.Columns.Select(Source).OfType<Column>()];
        if (_options.Columns.Count > 0)
            _notes.Add($"Only these columns are compared, as configured: {string.Join(", ", wanted.Select(column => column.Name))}.");
        var pairs = new List<ColumnPair>();
        foreach (var column in wanted.Where(column => !ignored.Contains(column)))
        {
            // What only one side has is the schema check's to judge.
            if (TargetOf(column) is { } target)
                pairs.Add(new ColumnPair(column.Name, column, target));
        }
        return pairs;
    }

    private Column? Source(string name) => _source.Find(name);

    private Column? TargetOf(Column source)
    {
        var renamed = _options.TargetColumns.GetValueOrDefault(source.Name)
            ?? _options.TargetColumns.FirstOrDefault(pair => string.Equals(pair.Key, source.Name, StringComparison.OrdinalIgnoreCase)).Value;
        return _target.Find(renamed ?? source.Name);
    }

    // The configured key, else the source's primary key where the target has its columns.
    private List<ColumnPair> Key(IReadOnlyList<ColumnPair> pairs)
    {
        var names = _options.Key.Count > 0 ? _options.Key : _source.PrimaryKey;
        var key = new List<ColumnPair>();
        foreach (var name in names)
        {
            if (Source(name) is { } column && pairs.FirstOrDefault(pair => pair.Source == column) is { } pair)
                key.Add(pair);
            else if (_options.Key.Count > 0)
                _problems.Add($"{name} is named as a key, but is no column that both sides have and that is compared. Correct {_place}:Key.");
        }
        if (key.Count == names.Count && key.Count > 0)
            return key;
        if (_problems.Count == 0)
            _notes.Add($"Without a key, rows are compared as a whole: a changed row counts as one that is missing and one that is extra. Name one under {_place}:Key.");
        return [];
    }

    private List<ComparedColumn> Rules(IReadOnlyList<ColumnPair> pairs, Rounding rounding)
    {
        var context = new RuleContext(
            _comparison.Source.Dialect.Provider, _comparison.Source.Zone, _comparison.Target.Dialect.Provider, _comparison.Target.Zone) { Rounding = rounding };
        var columns = new List<ComparedColumn>();
        foreach (var pair in pairs)
        {
            switch (ColumnRule.For(pair, context))
            {
                case ColumnRule.Comparable rule:
                    columns.Add(new ComparedColumn(rule));
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
        return columns;
    }

    // Whole numbers first: they are more often in the order in which the rows lie than UUIDs are.
    private CutColumn? CutBy(IReadOnlyList<ColumnPair> pairs) => pairs
        .Select(pair => new CutColumn(pair, OrderOf(pair)))
        .Where(cut => cut.Order != KeyOrder.None && Leads(_source, cut.Pair.Source) && Leads(_target, cut.Pair.Target))
        .OrderBy(cut => cut.Order == KeyOrder.Integer ? 0 : 1)
        .FirstOrDefault();

    private KeyOrder OrderOf(ColumnPair pair)
    {
        var (source, target) = (_comparison.Source.Dialect.OrderOf(_source, pair.Source), _comparison.Target.Dialect.OrderOf(_target, pair.Target));
        return source == target && !pair.Source.IsNullable && !pair.Target.IsNullable ? source : KeyOrder.None;
    }

    private static bool Leads(Table table, Column column) =>
        !table.IsView
        && ((table.PrimaryKey.Count > 0 && table.PrimaryKey[0] == column.Name)
            || table.Indexes.Any(index => !index.IsPartial && index.Columns.Count > 0 && index.Columns[0] == column.Name));
}

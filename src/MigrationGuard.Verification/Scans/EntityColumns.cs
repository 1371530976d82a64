using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Values;
using MigrationGuard.Ledger;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Verification.Scans;

/// <summary>Which columns of an entity are compared with which, as its options and both tables have it.</summary>
public sealed class EntityColumns
{
    private readonly Table _source;
    private readonly Table _target;
    private readonly List<ColumnPair> _key = [];
    private readonly List<ColumnPair> _compared = [];
    private readonly List<Column> _sourceOnly = [];
    private readonly List<Column> _targetOnly = [];
    private readonly List<string> _ignored = [];
    private readonly List<string> _rowVersions = [];
    private readonly List<string> _notSelected = [];
    private readonly List<string> _problems = [];

    /// <param name="place">The entity's place in the configuration, for what is wrong with its options.</param>
    public EntityColumns(string place, EntityOptions options, Table source, Table target)
    {
        (_source, _target) = (source, target);
        var renamed = Renamed(place, options);
        var ignored = Ignored(place, options);
        var selected = Selected(place, options);
        var claimed = new HashSet<Column>(renamed.Values, ReferenceEqualityComparer.Instance);
        var taken = new HashSet<Column>(ReferenceEqualityComparer.Instance);
        foreach (var column in source.Columns)
        {
            var partner = renamed.GetValueOrDefault(column) ?? (target.Find(column.Name) is { } same && !claimed.Contains(same) ? same : null);
            if (partner is not null && !taken.Add(partner))
            {
                _problems.Add($"{place}: {column.Name} and another column of the source both stand for {partner.Name} of the target. Tell them apart under TargetColumns.");
                continue;
            }
            Sort(column, partner, ignored, selected);
        }
        foreach (var column in target.Columns.Where(column => !taken.Contains(column)))
        {
            if (ignored.Contains(column))
                _ignored.Add(column.Name);
            else if (selected is null)
                _targetOnly.Add(column);
        }
        FindKey(place, options, renamed, claimed);
    }

    /// <summary>The columns that identify a row; empty without any. Each is on both sides, whether it is compared or not.</summary>
    public IReadOnlyList<ColumnPair> Key => _key;

    /// <summary>Columns that both sides have and that are compared, in the source's order.</summary>
    public IReadOnlyList<ColumnPair> Compared => _compared;

    /// <summary>Columns to compare that the target does not have.</summary>
    public IReadOnlyList<Column> SourceOnly => _sourceOnly;

    /// <summary>What is wrong with the options, each with its place and remedy; rows cannot be compared until it is put right.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>What is not compared, a sentence each; of columns that only the source has, see <see cref="SourceOnly"/>: what they hold is not known yet.</summary>
    public IEnumerable<string> Notes()
    {
        if (_ignored.Count > 0)
            yield return LeftOutNotes.OfColumnsAs("IgnoreColumns says", _ignored);
        if (_notSelected.Count > 0)
            yield return LeftOutNotes.OfColumnsAs("Columns does not list them", _notSelected);
        if (_rowVersions.Count > 0)
            yield return LeftOutNotes.OfColumnsAs("every update and restore rewrites a rowversion", _rowVersions);
        if (_targetOnly.Count > 0)
            yield return LeftOutNotes.OfColumns(LeftOutNotes.OnlyOnTarget, _targetOnly.Select(column => column.Name));
    }

    private void Sort(Column column, Column? partner, HashSet<Column> ignored, HashSet<Column>? selected)
    {
        if (ignored.Contains(column) || (partner is not null && ignored.Contains(partner)))
            _ignored.Add(column.Name);
        else if (selected is not null && !selected.Contains(column))
            _notSelected.Add(column.Name);
        else if (column.Type.Kind == CanonicalKind.RowVersion || partner?.Type.Kind == CanonicalKind.RowVersion)
            _rowVersions.Add(column.Name);
        else if (partner is null)
            _sourceOnly.Add(column);
        else
            _compared.Add(new ColumnPair(column.Name, column, partner));
    }

    private Dictionary<Column, Column> Renamed(string place, EntityOptions options)
    {
        // By reference: a source's and a target's column may be alike in everything.
        var renamed = new Dictionary<Column, Column>(ReferenceEqualityComparer.Instance);
        foreach (var (from, to) in options.TargetColumns)
        {
            var column = Known(place, nameof(options.TargetColumns), from, "source", _source);
            var partner = Known(place, nameof(options.TargetColumns), to, "target", _target);
            if (column is not null && partner is not null)
                renamed[column] = partner;
        }
        return renamed;
    }

    // By their source names; a column that only the target has goes by its own.
    private HashSet<Column> Ignored(string place, EntityOptions options)
    {
        var ignored = new HashSet<Column>(ReferenceEqualityComparer.Instance);
        foreach (var name in options.IgnoreColumns)
        {
            if (_source.Find(name) is { } column)
                ignored.Add(column);
            else if (_target.Find(name) is { } targetColumn)
                ignored.Add(targetColumn);
            else
                Known(place, nameof(options.IgnoreColumns), name, "source", _source);
        }
        return ignored;
    }

    private HashSet<Column>? Selected(string place, EntityOptions options) => options.Columns.Count == 0
        ? null
        : new HashSet<Column>(options.Columns.Select(name => Known(place, nameof(options.Columns), name, "source", _source)).OfType<Column>(), ReferenceEqualityComparer.Instance);

    private void FindKey(string place, EntityOptions options, Dictionary<Column, Column> renamed, HashSet<Column> claimed)
    {
        foreach (var name in options.Key)
        {
            if (Known(place, nameof(options.Key), name, "source", _source) is not { } column)
                continue;
            var partner = renamed.GetValueOrDefault(column) ?? (_target.Find(column.Name) is { } same && !claimed.Contains(same) ? same : null);
            if (partner is null)
                _problems.Add($"The target's {_target.Name} has no column {column.Name}, which is part of the key. Name it under {place}:{nameof(options.TargetColumns)}, or another key.");
            else if (_ignored.Contains(column.Name, StringComparer.Ordinal) || _rowVersions.Contains(column.Name, StringComparer.Ordinal))
                _problems.Add($"{place}:{nameof(options.Key)} names {column.Name}, which is not compared. Take it out of IgnoreColumns, or name another key.");
            else if (_key.All(pair => pair.Source != column))
                _key.Add(new ColumnPair(column.Name, column, partner));
        }
    }

    private Column? Known(string place, string option, string name, string side, Table table)
    {
        var column = table.Find(name);
        if (column is null)
        {
            var hint = NearestName.Of(name, table.Columns.Select(c => c.Name)) is { } nearest ? $" Did you mean {nearest}?" : "";
            _problems.Add($"The {side}'s {table.Name} has no column {name}. Correct {place}:{option}.{hint}");
        }
        return column;
    }
}

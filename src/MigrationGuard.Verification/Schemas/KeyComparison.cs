using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Schemas;

/// <summary>Whether the target keeps out the duplicates that the source does: primary key, unique constraints and unique indexes.</summary>
/// <remarks>
/// What counts is what is kept unique, not by which means: a unique index may stand for a primary key, and what is unique by
/// some columns is unique by more. Conditions of partial indexes are no common language and are not compared.
/// </remarks>
internal sealed class KeyComparison
{
    private readonly Table _source;
    private readonly Table _target;
    private readonly SchemaDifferences _differences;
    private readonly Dictionary<string, ColumnPair> _pairs;
    private readonly List<Unique> _targets;

    private KeyComparison(EntityColumns columns, Table source, Table target, SchemaDifferences differences)
    {
        (_source, _target, _differences) = (source, target, differences);
        _pairs = columns.Compared.Concat(columns.Key).DistinctBy(pair => pair.Source.Name).ToDictionary(pair => pair.Source.Name, StringComparer.Ordinal);
        _targets = UniquesOf(target);
    }

    /// <summary>Columns that are unique together, in a table's own names.</summary>
    private sealed record Unique(IReadOnlyList<string> Columns, bool IsPartial)
    {
        public bool IsOver(IEnumerable<string> columns) => Columns.ToHashSet(StringComparer.Ordinal).SetEquals(columns);

        /// <summary>Whether what is unique here is unique by these columns too.</summary>
        public bool Implies(IEnumerable<string> columns) => !IsPartial && Columns.ToHashSet(StringComparer.Ordinal).IsSubsetOf(columns);
    }

    /// <summary>Adds to <paramref name="differences"/> what the target does not keep unique, or keeps unique beyond the source.</summary>
    public static void Compare(EntityColumns columns, Table source, Table target, SchemaDifferences differences)
    {
        if (source.IsView || target.IsView)
        {
            differences.Note("Keys, unique constraints and NULL are not compared, as a view declares none of its own.");
            return;
        }
        var comparison = new KeyComparison(columns, source, target, differences);
        comparison.ComparePrimaryKeys();
        foreach (var unique in UniquesOf(source).Where(unique => !unique.IsOver(source.PrimaryKey)).DistinctBy(unique => (string.Join('\0', unique.Columns.Order(StringComparer.Ordinal)), unique.IsPartial)))
            comparison.CompareUnique(unique);
        comparison.NoteNewUniques();
    }

    private static List<Unique> UniquesOf(Table table) =>
        [.. table.Indexes.Where(index => index.IsUnique).Select(index => new Unique(index.Columns, index.IsPartial))];

    private void ComparePrimaryKeys()
    {
        if (_source.PrimaryKey.Count == 0)
        {
            if (_target.PrimaryKey.Count > 0)
                _differences.Note($"The target has the primary key ({string.Join(", ", _target.PrimaryKey)}), the source has none.");
            return;
        }
        if (Mapped(_source.PrimaryKey, "primary key") is not { } wanted)
            return;
        var declared = new Unique(_target.PrimaryKey, IsPartial: false);
        if (declared.IsOver(wanted))
        {
            if (!_target.PrimaryKey.SequenceEqual(wanted, StringComparer.Ordinal))
                _differences.Note($"The target's primary key has the same columns in another order: {string.Join(", ", _target.PrimaryKey)}.");
            return;
        }
        var mayBeNull = _target.Columns.Any(column => column.IsNullable && wanted.Contains(column.Name, StringComparer.Ordinal));
        if (!mayBeNull && _targets.Any(unique => !unique.IsPartial && unique.IsOver(wanted)))
            _differences.Note($"({string.Join(", ", wanted)}) is unique on the target, but not its primary key.");
        else
            Missing("PRIMARY KEY", _source.PrimaryKey, _target.PrimaryKey.Count == 0 ? null : Spelt("PRIMARY KEY", _target.PrimaryKey));
    }

    private void CompareUnique(Unique unique)
    {
        if (Mapped(unique.Columns, "unique constraint") is not { } wanted)
            return;
        if (_targets.Any(other => other.Implies(wanted)) || (_target.PrimaryKey.Count > 0 && new Unique(_target.PrimaryKey, IsPartial: false).Implies(wanted)))
            return;
        // SQL Server takes two NULLs for duplicates and others do not: a condition is how the one says what the others mean.
        var mayBeNull = unique.Columns.Any(name => _source.Find(name) is { IsNullable: true });
        if (_targets.Any(other => other.IsPartial && other.IsOver(wanted)) && (unique.IsPartial || mayBeNull))
            _differences.Note($"({string.Join(", ", unique.Columns)}) is unique on the target only under a condition, which is not compared.");
        else
            Missing(unique.IsPartial ? "UNIQUE under a condition" : "UNIQUE", unique.Columns, null);
    }

    private void NoteNewUniques()
    {
        var names = _pairs.Values.ToDictionary(pair => pair.Target.Name, pair => pair.Source.Name, StringComparer.Ordinal);
        var sources = UniquesOf(_source);
        if (_source.PrimaryKey.Count > 0)
            sources.Add(new Unique(_source.PrimaryKey, IsPartial: false));
        foreach (var unique in _targets.Where(unique => !unique.IsOver(_target.PrimaryKey)))
        {
            var columns = unique.Columns.Select(name => names.GetValueOrDefault(name, name)).ToList();
            if (!sources.Exists(other => other.Implies(columns) || (other.IsPartial && other.IsOver(columns))))
                _differences.Note($"({string.Join(", ", columns)}) is unique on the target, but not on the source.");
        }
    }

    // The target's names; null, with a note, when a column is not compared.
    private List<string>? Mapped(IReadOnlyList<string> columns, string what)
    {
        var alone = columns.Where(name => !_pairs.ContainsKey(name)).ToList();
        if (alone.Count == 0)
            return [.. columns.Select(name => _pairs[name].Target.Name)];
        _differences.Note($"The {what} ({string.Join(", ", columns)}) of the source is not compared, as {string.Join(", ", alone)} {(alone.Count == 1 ? "is" : "are")} not.");
        return null;
    }

    private void Missing(string what, IReadOnlyList<string> columns, string? instead)
    {
        var named = columns.Select(name => _pairs[name].Name).ToList();
        var unique = named.Count == 1 ? "this column unique" : "these columns unique together";
        var sentence = instead is null ? $"The target does not keep {unique}." : "The target's primary key is on other columns.";
        _differences.Error(named, Spelt(what, columns), instead, sentence);
    }

    private static string Spelt(string what, IReadOnlyList<string> columns) => $"{what} ({string.Join(", ", columns)})";
}

using System.Collections.Frozen;

namespace MigrationGuard.Evidence.Privacy;

/// <summary>What somebody has declared to identify nobody: columns that hold codes, texts of queries that hold no literal of anybody's data, names of servers.</summary>
/// <param name="columns">Columns of entities whose values are codes; names count in any case, as in configurations.</param>
/// <param name="publishedQueries">Texts of the queries that the program ships with, the same on every machine.</param>
/// <param name="servers">Names of servers. One with the name of an instance, <c>SQL01\CRM</c>, is written as an account is.</param>
/// <param name="named">Columns that the configuration names of entities, whatever their values are: that there is such a column is no secret.</param>
public sealed class DeclaredCodes(
    IEnumerable<(string Comparison, string Entity, string Column)> columns,
    IEnumerable<string> publishedQueries,
    IEnumerable<string> servers,
    IEnumerable<(string Comparison, string Entity, string Column)>? named = null)
{
    private static readonly FrozenSet<string> NoNames = FrozenSet<string>.Empty;


    private readonly HashSet<(string, string, string)> _columns =
        [.. columns.Select(column => (column.Comparison.ToUpperInvariant(), column.Entity.ToUpperInvariant(), column.Column.ToUpperInvariant()))];

    private readonly Dictionary<(string, string), HashSet<string>> _named = (named ?? [])
        .GroupBy(column => (column.Comparison.ToUpperInvariant(), column.Entity.ToUpperInvariant()), column => column.Column)
        .ToDictionary(entity => entity.Key, entity => entity.ToHashSet(StringComparer.OrdinalIgnoreCase));

    private readonly HashSet<string> _published = publishedQueries.ToHashSet(StringComparer.Ordinal);

    /// <summary>Nothing declared.</summary>
    public static readonly DeclaredCodes None = new([], [], []);

    /// <summary>Names of servers, in any case.</summary>
    public IReadOnlySet<string> Servers { get; } = servers.ToHashSet(StringComparer.OrdinalIgnoreCase);

    public bool Has(string comparison, string? entity, string column) =>
        entity is not null && _columns.Contains((comparison.ToUpperInvariant(), entity.ToUpperInvariant(), column.ToUpperInvariant()));

    /// <summary>The columns that the configuration names of an entity, in any case; none of a query.</summary>
    public IReadOnlySet<string> NamesOf(string comparison, string? entity) =>
        entity is not null && _named.TryGetValue((comparison.ToUpperInvariant(), entity.ToUpperInvariant()), out var names) ? names : NoNames;

    /// <summary>Whether a query's text is, to the last character, one that the program ships with.</summary>
    public bool IsPublished(string sql) => _published.Contains(sql);
}

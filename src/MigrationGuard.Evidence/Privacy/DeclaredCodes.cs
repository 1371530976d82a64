namespace MigrationGuard.Evidence.Privacy;

/// <summary>What somebody has declared to identify nobody: columns that hold codes, texts of queries that hold no literal of anybody's data, names of servers.</summary>
/// <param name="columns">Columns of entities whose values are codes; names count in any case, as in configurations.</param>
/// <param name="publishedQueries">Texts of the queries that the program ships with, the same on every machine.</param>
/// <param name="servers">Names of servers. One with the name of an instance, <c>SQL01\CRM</c>, is written as an account is.</param>
public sealed class DeclaredCodes(IEnumerable<(string Comparison, string Entity, string Column)> columns, IEnumerable<string> publishedQueries, IEnumerable<string> servers)
{
    private readonly HashSet<(string, string, string)> _columns =
        [.. columns.Select(column => (column.Comparison.ToUpperInvariant(), column.Entity.ToUpperInvariant(), column.Column.ToUpperInvariant()))];

    private readonly HashSet<string> _published = publishedQueries.ToHashSet(StringComparer.Ordinal);

    /// <summary>Nothing declared.</summary>
    public static readonly DeclaredCodes None = new([], [], []);

    /// <summary>Names of servers, in any case.</summary>
    public IReadOnlySet<string> Servers { get; } = servers.ToHashSet(StringComparer.OrdinalIgnoreCase);

    public bool Has(string comparison, string? entity, string column) =>
        entity is not null && _columns.Contains((comparison.ToUpperInvariant(), entity.ToUpperInvariant(), column.ToUpperInvariant()));

    /// <summary>Whether a query's text is, to the last character, one that the program ships with.</summary>
    public bool IsPublished(string sql) => _published.Contains(sql);
}

using MigrationGuard.Databases.Values;

namespace MigrationGuard.Verification.QueryPairs;

/// <summary>One side's result of a query: its rows by key.</summary>
public sealed class QueryRows(IReadOnlyList<string> key, int maxRows)
{
    private readonly Dictionary<string, CanonicalValue[]> _rows = new(StringComparer.Ordinal);
    private int[] _keyOrdinals = [];

    /// <summary>Column names, as the result has them.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>Rows by their key's labels.</summary>
    public IReadOnlyDictionary<string, CanonicalValue[]> ByKey => _rows;

    /// <summary>What keeps the result from being compared; null for nothing.</summary>
    public string? Problem { get; private set; }

    public void SetColumns(IReadOnlyList<string> columns)
    {
        Columns = columns;
        var missing = key.Where(name => Ordinal(name) < 0).ToList();
        if (missing.Count > 0)
            Problem = $"has no column {string.Join(", ", missing)}, which the header names as key.";
        else if (columns.Distinct(StringComparer.OrdinalIgnoreCase).Count() < columns.Count)
            Problem = "has two columns of one name.";
        else
            _keyOrdinals = [.. key.Select(Ordinal)];
    }

    public void Add(CanonicalValue[] row)
    {
        if (Problem is not null)
            return;
        if (_rows.Count >= maxRows)
            Problem = FormattableString.Invariant($"has more than {maxRows} rows. Aggregate more, or raise Verification:MaxQueryRows.");
        else if (!_rows.TryAdd(LabelOf(row), row))
            Problem = $"has two rows with the key {string.Join(", ", KeyOf(row).Select(value => value.Display ?? "NULL"))}. Name the columns that identify a row.";
    }

    /// <summary>The values of a row's key.</summary>
    public IEnumerable<CanonicalValue> KeyOf(CanonicalValue[] row) => _keyOrdinals.Select(ordinal => row[ordinal]);

    /// <summary>Where a column is; -1 where it is not.</summary>
    public int Ordinal(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (string.Equals(Columns[i], column, StringComparison.OrdinalIgnoreCase))
                return i;
        }
        return -1;
    }

    // A length before each part keeps ('a', 'b,c') apart from ('a,b', 'c'); NULL is apart from every text.
    private string LabelOf(CanonicalValue[] row) =>
        string.Concat(KeyOf(row).Select(value => Label(value) is { } text ? FormattableString.Invariant($"{text.Length}:{text}") : "-"));

    private static string? Label(CanonicalValue value) => value switch
    {
        CanonicalValue.Boolean b => b.Value ? "1" : "0",
        _ => value.Display,
    };
}

using MigrationGuard.Databases.Values;

namespace MigrationGuard.Qualification;

/// <summary>The rows of a scratch table, and what they are made of.</summary>
internal sealed class ScratchRows
{
    /// <summary>The column that most corruptions are planted in.</summary>
    public const string Value = "Value";

    /// <summary>A column of the same type beside it.</summary>
    public const string Second = "Second";

    /// <summary>The column that rows are counted by.</summary>
    public const string Category = "Category";

    private const int Count = 24;

    private static readonly string[] Categories = ["open", "closed", "waiting"];
    private static readonly ScratchType CategoryType = ScratchType.Varchar;

    private ScratchRows(KeyShape key, IReadOnlyList<ScratchColumn> columns, List<object?[]> rows) => (Key, Columns, Rows) = (key, columns, rows);

    public KeyShape Key { get; }

    /// <summary>All columns, those of the key first.</summary>
    public IReadOnlyList<ScratchColumn> Columns { get; }

    /// <summary>The rows, each with a value for each column.</summary>
    public List<object?[]> Rows { get; }

    public object? this[int row, string column]
    {
        get => Rows[row][At(column)];
        set => Rows[row][At(column)] = value;
    }

    /// <summary>Ordinary rows, no key twice.</summary>
    public static ScratchRows Make(KeyShape key, ScratchType type, Draw draw)
    {
        ScratchColumn[] columns = [.. key.Columns, new(Category, CategoryType), new(Value, type), new(Second, type)];
        var rows = new ScratchRows(key, columns, []);
        while (rows.Rows.Count < Count)
            rows.Rows.Add(rows.NewRow(draw));
        return rows;
    }

    /// <summary>An ordinary row with a key that no other has.</summary>
    public object?[] NewRow(Draw draw)
    {
        for (var row = MakeRow(draw); ; row = MakeRow(draw))
        {
            if (Rows.TrueForAll(other => KeyOf(other) != KeyOf(row)))
                return row;
        }
    }

    /// <summary>An ordinary value of <see cref="Value"/> that is not this one.</summary>
    public object Other(object? than, Draw draw)
    {
        for (var value = Columns[^1].Type.Make(draw); ; value = Columns[^1].Type.Make(draw))
        {
            if (!Same(value, than))
                return value;
        }
    }

    /// <summary>The place of another row than <paramref name="row"/>.</summary>
    public int After(int row) => (row + 1) % Rows.Count;

    /// <summary>The same rows, to be changed without changing these.</summary>
    public ScratchRows Copy() => new(Key, Columns, [.. Rows.Select(row => (object?[])row.Clone())]);

    /// <summary>A row's key as text.</summary>
    public string KeyOf(object?[] row) => Spelt(row.Take(Key.Columns.Count));

    /// <summary>A row as text: the same for the same values, and for no others.</summary>
    public static string Spelt(IEnumerable<object?> values) =>
        string.Concat(values.Select(value => value is null ? "-" : FormattableString.Invariant($"{ValueSpelling.Of(value).Length}:{ValueSpelling.Of(value)}")));

    public static bool Same(object? one, object? other) => Spelt([one]) == Spelt([other]);

    private object?[] MakeRow(Draw draw) =>
    [
        .. Key.Columns.Select(column => column.Type.Make(draw)),
        Categories[draw.Below(Categories.Length)],
        Columns[^1].Type.Make(draw),
        // Some values are missing in every real table.
        draw.Below(5) == 0 ? null : Columns[^1].Type.Make(draw),
    ];

    private int At(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Name == column)
                return i;
        }
        throw new ArgumentException($"There is no column {column}.", nameof(column));
    }
}

namespace MigrationGuard.Qualification.Damages;

/// <summary>What happens to whole rows, to their keys, and between rows and columns.</summary>
internal static class RowDamages
{
    /// <summary>What can happen to a column of any type.</summary>
    public static IReadOnlyList<Damage> OfAnyType { get; } =
    [
        new("null-for-value", "A value becomes NULL.", (rows, row, _) => rows[row, ScratchRows.Value] = null),
        new("value-for-null", "NULL becomes a value.", (rows, row, draw) => rows[row, ScratchRows.Value] = rows.Other(null, draw))
        {
            Prepare = (rows, row, _) => rows[row, ScratchRows.Value] = null,
        },
        new("values-swapped", "Two rows change their values.", (rows, row, _) => Swap(rows, row, rows.After(row), ScratchRows.Value))
        {
            Prepare = (rows, row, draw) => rows[rows.After(row), ScratchRows.Value] = rows.Other(rows[row, ScratchRows.Value], draw),
        },
        new("columns-swapped", "In one row two columns change their values.", (rows, row, _) => SwapColumns(rows, row)) { Prepare = MakeColumnsDiffer },
        new("columns-swapped-everywhere", "In every row two columns change their values.", (rows, _, _) => ForEachRow(rows, row => SwapColumns(rows, row))) { Prepare = MakeColumnsDiffer },
        new("shifted", "Every value stands one row lower.", (rows, _, _) => Shift(rows))
        {
            Prepare = (rows, row, draw) => rows[rows.After(row), ScratchRows.Value] = rows.Other(rows[row, ScratchRows.Value], draw),
        },
        new("all-null", "Every value becomes NULL.", (rows, _, _) => ForEachRow(rows, row => rows[row, ScratchRows.Value] = null)),
    ];

    /// <summary>What can happen to the rows of any table.</summary>
    public static IReadOnlyList<Damage> OfAnyTable { get; } =
    [
        new("row-missing", "A row is missing.", (rows, row, _) => rows.Rows.RemoveAt(row)),
        new("half-missing", "Every second row is missing.", (rows, _, _) =>
        {
            for (var row = rows.Rows.Count - 1; row > 0; row -= 2)
                rows.Rows.RemoveAt(row);
        }),
        new("all-missing", "All rows are missing.", (rows, _, _) => rows.Rows.Clear()),
        new("row-extra", "A row was added.", (rows, _, draw) => rows.Rows.Add(rows.NewRow(draw))),
        new("row-replaced", "A row became another, so that the count is the same.", (rows, row, draw) => rows.Rows[row] = rows.NewRow(draw)),
        new("group-changed", "A row moved to another group.", (rows, row, _) => rows[row, ScratchRows.Category] = "closed")
        {
            Prepare = (rows, row, _) => rows[row, ScratchRows.Category] = "open",
        },
        new("groups-swapped", "Two rows changed groups, so that the groups' counts are the same.", (rows, row, _) => Swap(rows, row, rows.After(row), ScratchRows.Category))
        {
            Prepare = (rows, row, _) => (rows[row, ScratchRows.Category], rows[rows.After(row), ScratchRows.Category]) = ("open", "closed"),
        },
        new("balanced", "One row has one more, another one less, so that the sum is the same.", (rows, row, _) =>
        {
            rows[row, ScratchRows.Value] = (long)rows[row, ScratchRows.Value]! + 1;
            rows[rows.After(row), ScratchRows.Value] = (long)rows[rows.After(row), ScratchRows.Value]! - 1;
        }),
        new("two-columns", "Two columns of a row differ.", (rows, row, draw) =>
        {
            rows[row, ScratchRows.Value] = rows.Other(rows[row, ScratchRows.Value], draw);
            rows[row, ScratchRows.Second] = rows.Other(rows[row, ScratchRows.Second], draw);
        }),
    ];

    /// <summary>What can happen where a key tells rows apart.</summary>
    public static IReadOnlyList<Damage> OfKeys { get; } =
    [
        new("key-changed", "A row has another key.", (rows, row, draw) => rows.Rows[row] = [.. rows.NewRow(draw)[..rows.Key.Columns.Count], .. rows.Rows[row][rows.Key.Columns.Count..]]),
        new("keys-swapped", "Two rows changed their keys.", (rows, row, _) =>
        {
            foreach (var column in rows.Key.Columns)
                Swap(rows, row, rows.After(row), column.Name);
        }),
    ];

    /// <summary>What can happen to text in a key.</summary>
    public static IReadOnlyList<Damage> OfTextKeys { get; } =
    [
        Key("key-case-changed", "A letter of a key becomes a capital.", text => char.ToUpperInvariant(text[0]) + text[1..]),
        Key("key-space-added", "A space is put after a key.", text => text + " "),
        Key("key-accented", "A letter of a key gets an accent.", text => text + "\u0301"),
    ];

    /// <summary>What can happen where nothing keeps a row from being there twice.</summary>
    public static IReadOnlyList<Damage> OfRepeatedRows { get; } =
    [
        new("row-duplicated", "A row is there twice.", (rows, row, _) => rows.Rows.Add(Copied(rows, row))),
        new("duplicate-for-missing", "A row is missing and another is there twice, so that the count is the same.", (rows, row, _) => rows.Rows[row] = Copied(rows, rows.After(row))),
        new("duplicate-lost", "One of two equal rows is missing.", (rows, row, _) => rows.Rows.RemoveAt(row)) { Prepare = (rows, row, _) => rows.Rows.Add(Copied(rows, row)) },
        new("third-duplicate", "Of two equal rows there are three.", (rows, row, _) => rows.Rows.Add(Copied(rows, row))) { Prepare = (rows, row, _) => rows.Rows.Add(Copied(rows, row)) },
        // Equal rows cancel under exclusive or: both sides would be nothing.
        new("pair-for-pair", "Two equal rows became two others that equal each other.", (rows, row, draw) =>
        {
            rows.Rows[row] = rows.NewRow(draw);
            rows.Rows[^1] = Copied(rows, row);
        })
        {
            Prepare = (rows, row, _) => rows.Rows.Add(Copied(rows, row)),
        },
    ];

    private static Damage Key(string kind, string what, Func<string, string> after) => new(kind, what, (rows, row, _) =>
    {
        var column = rows.Key.Columns[0].Name;
        rows[row, column] = after((string)rows[row, column]!);
    });

    private static object?[] Copied(ScratchRows rows, int row) => (object?[])rows.Rows[row].Clone();

    private static void ForEachRow(ScratchRows rows, Action<int> change)
    {
        for (var row = 0; row < rows.Rows.Count; row++)
            change(row);
    }

    private static void Swap(ScratchRows rows, int one, int other, string column) =>
        (rows[one, column], rows[other, column]) = (rows[other, column], rows[one, column]);

    private static void SwapColumns(ScratchRows rows, int row) =>
        (rows[row, ScratchRows.Value], rows[row, ScratchRows.Second]) = (rows[row, ScratchRows.Second], rows[row, ScratchRows.Value]);

    private static void MakeColumnsDiffer(ScratchRows rows, int row, Draw draw) => rows[row, ScratchRows.Second] = rows.Other(rows[row, ScratchRows.Value], draw);

    private static void Shift(ScratchRows rows)
    {
        var last = rows[rows.Rows.Count - 1, ScratchRows.Value];
        for (var row = rows.Rows.Count - 1; row > 0; row--)
            rows[row, ScratchRows.Value] = rows[row - 1, ScratchRows.Value];
        rows[0, ScratchRows.Value] = last;
    }
}

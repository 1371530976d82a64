using MigrationGuard.Databases;

namespace MigrationGuard.Qualification.Damages;

/// <summary>Something that goes wrong with data on its way, and how to do it on purpose.</summary>
/// <param name="Kind">Its name in the catalogue.</param>
/// <param name="What">What is done, a sentence.</param>
/// <param name="Apply">Does it to rows, at the row of this number.</param>
internal sealed record Damage(string Kind, string What, Action<ScratchRows, int, Draw> Apply)
{
    /// <summary>Makes ordinary rows such as can be damaged like this, on both sides, at the row of this number.</summary>
    public Action<ScratchRows, int, Draw> Prepare { get; init; } = (_, _, _) => { };

    /// <summary>Engines that cannot hold what it would leave.</summary>
    public IReadOnlyList<Provider> NotOn { get; init; } = [];

    /// <summary>One value becomes another.</summary>
    /// <param name="before">Makes the value that is damaged; an ordinary one when null.</param>
    /// <param name="after">Makes of it what stands in the target.</param>
    public static Damage Of<T>(string kind, string what, Func<Draw, T>? before, Func<T, Draw, object?> after) =>
        new(kind, what, (rows, row, draw) => rows[row, ScratchRows.Value] = after((T)rows[row, ScratchRows.Value]!, draw))
        {
            Prepare = (rows, row, draw) =>
            {
                if (before is not null)
                    rows[row, ScratchRows.Value] = before(draw);
            },
        };

    /// <summary>One value becomes another, the same in every case.</summary>
    public static Damage Fixed(string kind, string what, object? before, object? after) =>
        new(kind, what, (rows, row, _) => rows[row, ScratchRows.Value] = after) { Prepare = (rows, row, _) => rows[row, ScratchRows.Value] = before };

    /// <summary>Every value becomes another.</summary>
    public static Damage Everywhere<T>(string kind, string what, Func<T, object?> after) => new(kind, what, (rows, _, _) =>
    {
        for (var row = 0; row < rows.Rows.Count; row++)
            rows[row, ScratchRows.Value] = after((T)rows[row, ScratchRows.Value]!);
    });
}

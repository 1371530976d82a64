using MigrationGuard.Databases;
using MigrationGuard.Qualification.Damages;

namespace MigrationGuard.Qualification;

/// <summary>One damage to one type of column in a table of one shape.</summary>
internal sealed record Corruption(Damage Damage, ScratchType Type, KeyShape Key)
{
    /// <summary>Its name: what a result is told apart by, and what its rows follow from.</summary>
    public string Id => $"{Type.Name}: {Damage.Kind}, {Key.Name}";

    /// <summary>Whether an engine can hold it.</summary>
    public bool IsOn(Dialect dialect) => !Damage.NotOn.Contains(dialect.Provider) && dialect.Declare(Type.Canonical) is not null;

    /// <summary>The rows of both sides as they should be, and those that stand in the target instead.</summary>
    public (ScratchRows Before, ScratchRows After) Plant(long seed)
    {
        var draw = new Draw(seed, Id);
        var before = ScratchRows.Make(Key, Type, draw);
        var row = draw.Below(before.Rows.Count);
        Damage.Prepare(before, row, draw);
        var after = before.Copy();
        Damage.Apply(after, row, draw);
        return (before, after);
    }
}

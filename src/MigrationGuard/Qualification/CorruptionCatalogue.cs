using MigrationGuard.Qualification.Damages;

namespace MigrationGuard.Qualification;

/// <summary>Every corruption that is planted. <c>CATALOGUE.md</c> lists them for a reader.</summary>
internal static class CorruptionCatalogue
{
    /// <summary>All of them; each by a name of its own.</summary>
    public static IReadOnlyList<Corruption> All { get; } = [.. OfValues(), .. OfColumns(), .. OfRows()];

    /// <summary>What can happen to values of a type, and to no others.</summary>
    public static IReadOnlyList<Damage> Of(ScratchType type) => type switch
    {
        _ when type == ScratchType.Smallint => NumberDamages.Smallint,
        _ when type == ScratchType.Whole => NumberDamages.Integer,
        _ when type == ScratchType.Bigint => NumberDamages.Bigint,
        _ when type == ScratchType.Amount => NumberDamages.Decimal,
        _ when type == ScratchType.LongDecimal => NumberDamages.LongDecimal,
        _ when type == ScratchType.Double => NumberDamages.Double,
        _ when type == ScratchType.Single => NumberDamages.Single,
        _ when type == ScratchType.Boolean => NumberDamages.Boolean,
        _ when type == ScratchType.Text || type == ScratchType.Varchar => TextDamages.All,
        _ when type == ScratchType.Padded => TextDamages.Padded,
        _ when type == ScratchType.Uuid => ByteDamages.Uuid,
        _ when type == ScratchType.Date => MomentDamages.Date,
        _ when type == ScratchType.Time => MomentDamages.Time,
        _ when type == ScratchType.Timestamp => MomentDamages.Timestamp,
        _ when type == ScratchType.TimestampWithZone => MomentDamages.TimestampWithZone,
        _ when type == ScratchType.Binary => ByteDamages.Binary,
        _ when type == ScratchType.Json => TextDamages.Json,
        _ when type == ScratchType.Xml => TextDamages.Xml,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type.Name, "No damages are known to it."),
    };

    // The shapes take turns: each type meets each of them, and each damage at least one.
    private static IEnumerable<Corruption> OfValues()
    {
        var turn = 0;
        foreach (var type in ScratchType.All)
        {
            foreach (var damage in Of(type))
                yield return new Corruption(damage, type, KeyShape.All[turn++ % KeyShape.All.Count]);
        }
    }

    private static IEnumerable<Corruption> OfColumns()
    {
        var turn = 0;
        foreach (var type in ScratchType.All)
        {
            foreach (var damage in RowDamages.OfAnyType)
                yield return new Corruption(damage, type, KeyShape.All[turn++ % KeyShape.All.Count]);
        }
    }

    private static IEnumerable<Corruption> OfRows()
    {
        foreach (var key in KeyShape.All)
        {
            foreach (var damage in RowDamages.OfAnyTable)
                yield return new Corruption(damage, ScratchType.Whole, key);
            if (key.IsConfigured)
            {
                foreach (var damage in RowDamages.OfKeys)
                    yield return new Corruption(damage, ScratchType.Whole, key);
            }
            if (key.Columns[0].Type.Canonical.IsText)
            {
                foreach (var damage in RowDamages.OfTextKeys)
                    yield return new Corruption(damage, ScratchType.Whole, key);
            }
            if (!key.IsEnforced)
            {
                foreach (var damage in RowDamages.OfRepeatedRows)
                    yield return new Corruption(damage, ScratchType.Whole, key);
            }
        }
    }
}

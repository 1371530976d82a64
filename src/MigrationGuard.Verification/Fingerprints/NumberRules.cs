using MigrationGuard.Databases;
using MigrationGuard.Databases.Values;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>Rules for pairs of numbers, truth values among them where the other side counts.</summary>
/// <remarks>
/// Only what the target cannot hold is narrowed. Where it holds more than the source, a value is the same only when it is exactly
/// the source's: 1.4 in a column that was filled from whole numbers is a difference.
/// </remarks>
internal static class NumberRules
{
    /// <summary>The rule for two columns of numbers, or of a number and a truth value.</summary>
    /// <returns>Null for any other pair, two truth values among them.</returns>
    public static ColumnRule? For(TypedPair pair)
    {
        if (!pair.Both(IsNumber) || pair.Both(kind => kind == CanonicalKind.Boolean))
            return null;
        if (pair.Both(kind => kind == CanonicalKind.Float))
            return ForFloats(pair);
        if (Floats(pair, Side.Target))
            return ForFloatingTarget(pair);
        return ForExactTarget(pair);
    }

    private static bool IsNumber(CanonicalKind kind) =>
        kind is CanonicalKind.Integer or CanonicalKind.Decimal or CanonicalKind.Float or CanonicalKind.Boolean;

    // SQLite keeps decimals as whole numbers where they are whole, and otherwise as doubles; under a type of text, as they were spelt.
    private static bool Floats(TypedPair pair, Side side) =>
        pair.On(side).Kind == CanonicalKind.Float
        || (pair.On(side).Kind == CanonicalKind.Decimal && pair.Context.IsSqlite(side) && !pair.Columns.On(side).Type.IsText);

    // Of 24 bits, whatever a type or domain is called; SQLite has none, whatever its columns declare.
    private static bool IsSingle(TypedPair pair, Side side) => pair.On(side) is { Kind: CanonicalKind.Float, Bits: 24 };

    // PostgreSQL's numbers alone may be NaN, exact ones too.
    private static bool LosesNaN(TypedPair pair) =>
        pair.Context.Target == Provider.Sqlite && pair.Context.Source == Provider.PostgreSql && pair.Source.Kind is CanonicalKind.Decimal or CanonicalKind.Float;

    private static ColumnRule.Comparable ForFloats(TypedPair pair)
    {
        var toSingle = IsSingle(pair, Side.Target) && !IsSingle(pair, Side.Source);
        var forSqlite = pair.Context.Target == Provider.Sqlite && pair.Context.Source != Provider.Sqlite;
        var narrowing = toSingle ? "rounded to single precision, which is all that the target holds"
            : forSqlite ? "negative zero is compared as zero and NaN as NULL, as SQLite holds neither"
            : null;
        return pair.Compared((_, row) => new FloatEncoder(row, toSingle, forSqlite), narrowing);
    }

    private static ColumnRule.Comparable ForFloatingTarget(TypedPair pair)
    {
        var single = IsSingle(pair, Side.Target);
        // Whole numbers of 64 bits are exact in a SQLite column of numeric affinity, which REAL is not.
        var wholeExact = pair.Target.Kind == CanonicalKind.Decimal;
        var nanIsNull = LosesNaN(pair);
        var floats = single ? "single-precision" : "double-precision";
        return pair.Compared(
            (_, row) => new FloatingNumberEncoder(row, single, wholeExact, nanIsNull),
            $"compared as the {floats} numbers that the target holds{(wholeExact ? " for all but whole numbers" : "")}, each at its shortest decimal spelling; zero has no sign"
            + (nanIsNull ? ", and NaN is compared as NULL, as SQLite holds none" : ""));
    }

    private static ColumnRule.Comparable ForExactTarget(TypedPair pair)
    {
        var floats = Floats(pair, Side.Source);
        var (held, kept) = (Scale(pair, Side.Source), pair.Context.IsSqlite(Side.Target) ? null : Scale(pair, Side.Target));
        var roundTo = kept is not null && (held is null || held > kept) ? kept : null;
        var given = new List<string>();
        if (floats)
            given.Add("the source's floating-point numbers are taken at their shortest decimal spelling; zero has no sign");
        if (roundTo is not null)
            given.Add($"rounded to {Spelt(roundTo.Value)}, halves away from zero, as the target keeps no more");
        var spelt = Sides.Both.Where(side => pair.Columns.On(side).Type.IsText).ToList();
        if (spelt.Count > 0)
            given.Add($"the {spelt[0].Spelt()}'s text is compared as the number it spells");
        return pair.Compared(
            (side, row) => new NumberEncoder(row, roundTo, readsText: spelt.Contains(side)), given.Count == 0 ? null : string.Join("; ", given));
    }

    // A negative scale is PostgreSQL's way to keep hundreds or thousands.
    private static string Spelt(int decimals) => decimals switch
    {
        1 => "1 decimal",
        >= 0 => FormattableString.Invariant($"{decimals} decimals"),
        _ => FormattableString.Invariant($"multiples of 10^{-decimals}"),
    };

    private static int? Scale(TypedPair pair, Side side) => pair.On(side) switch
    {
        { Kind: CanonicalKind.Integer or CanonicalKind.Boolean } => 0,
        { Kind: CanonicalKind.Decimal, Scale: { } scale } => scale,
        // DECIMAL(9) has no decimals in SQL; in SQLite no declaration binds, so it is only heeded where it names them.
        _ => null,
    };
}

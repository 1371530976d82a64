using MigrationGuard.Databases.Values;
using static System.FormattableString;

namespace MigrationGuard.Verification.Schemas;

/// <summary>Whether a number type holds the numbers of another.</summary>
internal static class NumberFits
{
    // SQLite's own whole numbers have 64 bits.
    private const int MostBits = 64;

    /// <summary>The fit of a pair of number types.</summary>
    public static TypeFit Of(CanonicalType source, CanonicalType target) => (source.Kind, target.Kind) switch
    {
        (CanonicalKind.Integer, CanonicalKind.Integer) or (CanonicalKind.Float, CanonicalKind.Float) => Bits(source.Bits, target.Bits),
        (CanonicalKind.Decimal, CanonicalKind.Decimal) => Decimals(source, target),
        (CanonicalKind.Integer, CanonicalKind.Decimal) => WholeDigits(target) is not { } room || Digits(source) <= room
            ? new(Fit.Wider, "decimals stand for whole numbers")
            : Narrower(Invariant($"it holds {room} digits before the point, the source {Digits(source)}")),
        (CanonicalKind.Decimal, CanonicalKind.Integer) => DecimalInInteger(source, target),
        (CanonicalKind.Integer, CanonicalKind.Float) => (source.Bits ?? MostBits) - 1 <= target.Bits
            ? new(Fit.Wider, "floating point stands for whole numbers")
            : Narrower(Invariant($"it holds whole numbers of {target.Bits} bits exactly, the source {(source.Bits ?? MostBits) - 1}")),
        (CanonicalKind.Decimal, CanonicalKind.Float) => source.Precision is { } digits && digits <= FloatDigits(target)
            ? new(Fit.Wider, "floating point stands for decimals; each still reads as it did")
            : Narrower(Invariant($"it holds {FloatDigits(target)} digits exactly")),
        (CanonicalKind.Float, CanonicalKind.Decimal) when target.Precision is null => new(Fit.Wider, "decimals stand for floating point"),
        _ => Narrower("floating point has more digits and larger numbers"),
    };

    private static TypeFit Bits(int? source, int? target) => (source, target) switch
    {
        _ when source == target => new(Fit.Same),
        (_, null) => new(Fit.Wider),
        _ => source is null || source > target ? Narrower(Invariant($"it holds numbers of {target} bits, the source of {source ?? MostBits}")) : new(Fit.Wider),
    };

    private static TypeFit Decimals(CanonicalType source, CanonicalType target)
    {
        if (target.Precision is null)
            return new(source.Precision is null ? Fit.Same : Fit.Wider);
        if (source.Precision is null)
            return Narrower(Invariant($"it holds {target.Precision} digits, the source any number"));
        var (whole, room) = (WholeDigits(source)!.Value, WholeDigits(target)!.Value);
        var (scale, roomAfter) = (source.Scale ?? 0, target.Scale ?? 0);
        if (roomAfter < scale)
            return Narrower(Invariant($"it holds {roomAfter} digits after the point, the source {scale}"));
        return room < whole
            ? Narrower(Invariant($"it holds {room} digits before the point, the source {whole}"))
            : new(room == whole && roomAfter == scale ? Fit.Same : Fit.Wider);
    }

    private static TypeFit DecimalInInteger(CanonicalType source, CanonicalType target)
    {
        if (WholeDigits(source) is not { } precision || source.Scale is > 0)
            return Narrower("it holds no digits after the point");
        var room = (int)(((target.Bits ?? MostBits) - 1) * double.Log10(2));
        return precision <= room ? new(Fit.Wider, "whole numbers stand for decimals without a fraction") : Narrower(Invariant($"it holds any number of {room} digits, the source of {precision}"));
    }

    private static int? WholeDigits(CanonicalType type) => type.Precision - (type.Scale ?? 0);

    // The digits of the largest number: 10 for 32 bits, 19 for 64.
    private static int Digits(CanonicalType type) => (int)(((type.Bits ?? MostBits) - 1) * double.Log10(2)) + 1;

    // The decimal digits that come back unchanged: 15 for IEEE's double, 6 for its single.
    private static int FloatDigits(CanonicalType type) => (int)(((type.Bits ?? 53) - 1) * double.Log10(2));

    private static TypeFit Narrower(string because) => new(Fit.Narrower, because);
}

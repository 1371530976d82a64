using MigrationGuard.Databases.Values;
using static System.FormattableString;

namespace MigrationGuard.Verification.Schemas;

/// <summary>Whether a number type holds the numbers of another.</summary>
internal static class NumberFits
{
    // SQLite's own whole numbers have 64 bits.
    private const int MostBits = 64;

    /// <summary>The fit of a pair of number types.</summary>
    public static TypeFit Of(CanonicalType a, CanonicalType b) => (a.Kind, b.Kind) switch
    {
        (CanonicalKind.Integer, CanonicalKind.Integer) or (CanonicalKind.Float, CanonicalKind.Float) => Bits(a.Bits, b.Bits),
        (CanonicalKind.Decimal, CanonicalKind.Decimal) => Decimals(a, b),
        (CanonicalKind.Integer, CanonicalKind.Decimal) => WholeDigits(b) is not { } room || Digits(a) <= room
            ? new(Fit.Wider, "decimals stand for whole numbers")
            : Narrower(Invariant($"it holds {room} digits before the point, the source {Digits(a)}")),
        (CanonicalKind.Decimal, CanonicalKind.Integer) => DecimalInInteger(a, b),
        (CanonicalKind.Integer, CanonicalKind.Float) => (a.Bits ?? MostBits) - 1 <= b.Bits
            ? new(Fit.Wider, "floating point stands for whole numbers")
            : Narrower(Invariant($"it holds whole numbers of {b.Bits} bits exactly, the source {(a.Bits ?? MostBits) - 1}")),
        (CanonicalKind.Decimal, CanonicalKind.Float) => a.Precision is { } digits && digits <= FloatDigits(b)
            ? new(Fit.Wider, "floating point stands for decimals; each still reads as it did")
            : Narrower(Invariant($"it holds {FloatDigits(b)} digits exactly")),
        (CanonicalKind.Float, CanonicalKind.Decimal) when b.Precision is null => new(Fit.Wider, "decimals stand for floating point"),
        _ => Narrower("floating point has more digits and larger numbers"),
    };

    private static TypeFit Bits(int? a, int? b) => (a, b) switch
    {
        _ when a == b => new(Fit.Same),
        (_, null) => new(Fit.Wider),
        _ => a is null || a > b ? Narrower(Invariant($"it holds numbers of {b} bits, the source of {a ?? MostBits}")) : new(Fit.Wider),
    };

    private static TypeFit Decimals(CanonicalType a, CanonicalType b)
    {
        if (b.Precision is null)
            return new(a.Precision is null ? Fit.Same : Fit.Wider);
        if (a.Precision is null)
            return Narrower(Invariant($"it holds {b.Precision} digits, the source any number"));
        var (whole, room) = (WholeDigits(a)!.Value, WholeDigits(b)!.Value);
        var (scale, roomAfter) = (a.Scale ?? 0, b.Scale ?? 0);
        if (roomAfter < scale)
            return Narrower(Invariant($"it holds {roomAfter} digits after the point, the source {scale}"));
        return room < whole
            ? Narrower(Invariant($"it holds {room} digits before the point, the source {whole}"))
            : new(room == whole && roomAfter == scale ? Fit.Same : Fit.Wider);
    }

    private static TypeFit DecimalInInteger(CanonicalType a, CanonicalType b)
    {
        if (WholeDigits(a) is not { } precision || a.Scale is > 0)
            return Narrower("it holds no digits after the point");
        var room = (int)(((b.Bits ?? MostBits) - 1) * double.Log10(2));
        return precision <= room ? new(Fit.Wider, "whole numbers stand for decimals without a fraction") : Narrower(Invariant($"it holds any number of {room} digits, the source of {precision}"));
    }

    private static int? WholeDigits(CanonicalType type) => type.Precision - (type.Scale ?? 0);

    // The digits of the largest number: 10 for 32 bits, 19 for 64.
    private static int Digits(CanonicalType type) => (int)(((type.Bits ?? MostBits) - 1) * double.Log10(2)) + 1;

    // The decimal digits that come back unchanged: 15 for IEEE's double, 6 for its single.
    private static int FloatDigits(CanonicalType type) => (int)(((type.Bits ?? 53) - 1) * double.Log10(2));

    private static TypeFit Narrower(string because) => new(Fit.Narrower, because);
}

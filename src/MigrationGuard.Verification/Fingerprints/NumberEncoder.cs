using System.Numerics;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>Writes numbers exactly, or rounded to so many decimals; floating-point ones at their shortest decimal spelling.</summary>
/// <param name="roundTo">Decimals to round to, halves away from zero, or when negative zeros before the point; null for all.</param>
/// <param name="readsText">Whether text that spells a number is that number, with PostgreSQL's names for what is none.</param>
internal sealed class NumberEncoder(RowBuffer row, int? roundTo, bool readsText) : ValueEncoder(row)
{
    private readonly int _roundTo = roundTo ?? int.MaxValue;

    public override void Integer(long value)
    {
        if (_roundTo < 0)
            Decimal(value, 0);
        else
            base.Integer(value);
    }

    public override void Decimal(Int128 mantissa, int scale)
    {
        if (_roundTo < 0)
        {
            BigDecimal(mantissa, scale);
            return;
        }
        if (scale > _roundTo)
            (mantissa, scale) = (Decimals.Round(mantissa, scale - _roundTo), _roundTo);
        CanonicalBytes.Number(Row, mantissa, scale);
    }

    public override void BigDecimal(BigInteger mantissa, int scale)
    {
        if (scale > _roundTo)
            (mantissa, scale) = (Decimals.Round(mantissa, scale - _roundTo) * BigInteger.Pow(10, Math.Max(0, -_roundTo)), Math.Max(0, _roundTo));
        CanonicalBytes.Number(Row, mantissa, scale);
    }

    public override void Float(double value)
    {
        if (double.IsFinite(value))
            Write(Decimals.Shortest(value));
        else
            base.Float(value);
    }

    public override void Single(float value)
    {
        if (float.IsFinite(value))
            Write(Decimals.Shortest(value));
        else
            base.Float(value);
    }

    public override void Boolean(bool value) => Integer(value ? 1 : 0);

    public override void Text(ReadOnlySpan<byte> utf8)
    {
        if (readsText && Decimals.TryRead(utf8, out var mantissa, out var scale))
            Decimal(mantissa, scale);
        else if (readsText && Decimals.TryReadLong(utf8, out var large, out scale))
            BigDecimal(large, scale);
        else if (readsText && NotFinite(utf8) is { } value)
            base.Float(value);
        else
            base.Text(utf8);
    }

    private static double? NotFinite(ReadOnlySpan<byte> utf8) =>
        utf8.SequenceEqual("NaN"u8) ? double.NaN
        : utf8.SequenceEqual("Infinity"u8) ? double.PositiveInfinity
        : utf8.SequenceEqual("-Infinity"u8) ? double.NegativeInfinity
        : null;

    private void Write((long Mantissa, int Exponent) number)
    {
        var (mantissa, exponent) = number;
        if (exponent <= 0)
            Decimal(mantissa, -exponent);
        else if (exponent <= 18)
            CanonicalBytes.Number(Row, mantissa * Decimals.PowerOfTen(exponent), 0);
        else
            CanonicalBytes.Number(Row, mantissa * BigInteger.Pow(10, exponent), 0);
    }
}

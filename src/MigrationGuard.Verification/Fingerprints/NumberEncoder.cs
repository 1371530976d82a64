using System.Numerics;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>Writes numbers exactly, or rounded to so many decimals; floating-point ones at their shortest decimal spelling.</summary>
/// <param name="roundTo">Decimals to round to, halves away from zero; null for all.</param>
/// <param name="readsText">Whether text that spells a number is that number.</param>
internal sealed class NumberEncoder(RowBuffer row, int? roundTo, bool readsText) : ValueEncoder(row)
{
    private readonly int _roundTo = roundTo ?? int.MaxValue;

    public override void Decimal(Int128 mantissa, int scale)
    {
        if (scale > _roundTo)
            (mantissa, scale) = (Decimals.Round(mantissa, scale - _roundTo), _roundTo);
        CanonicalBytes.Number(Row, mantissa, scale);
    }

    public override void BigDecimal(BigInteger mantissa, int scale)
    {
        if (scale > _roundTo)
            (mantissa, scale) = (Decimals.Round(mantissa, scale - _roundTo), _roundTo);
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
        else
            base.Text(utf8);
    }

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

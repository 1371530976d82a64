using System.Numerics;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>Writes exact numbers as the floating-point numbers nearest to them, and all at their shortest decimal spelling.</summary>
/// <param name="single">Whether those are of single precision, else double.</param>
/// <param name="wholeExact">Whether whole numbers of 64 bits stay as they are.</param>
/// <param name="nanIsNull">Whether NaN becomes what SQLite makes of it: NULL.</param>
internal sealed class FloatingNumberEncoder(RowBuffer row, bool single, bool wholeExact, bool nanIsNull) : ValueEncoder(row)
{
    // As many digits as every number of the precision keeps, so that the shortest spelling gives the number back.
    private static readonly Int128 SafeDouble = 999_999_999_999_999;
    private static readonly Int128 SafeSingle = 999_999;

    private readonly NumberEncoder _exact = new(row, roundTo: null, readsText: false);

    public override void Integer(long value)
    {
        if (wholeExact)
            base.Integer(value);
        else
            Decimal(value, 0);
    }

    public override void Decimal(Int128 mantissa, int scale)
    {
        var safe = single ? SafeSingle : SafeDouble;
        if (mantissa <= safe && mantissa >= -safe && scale <= 20)
            _exact.Decimal(mantissa, scale);
        else
            Nearest(mantissa, scale);
    }

    public override void BigDecimal(BigInteger mantissa, int scale) => Nearest(mantissa, scale);

    public override void Float(double value)
    {
        if (nanIsNull && double.IsNaN(value))
            Null();
        else if (single)
            _exact.Single((float)value);
        else
            _exact.Float(value);
    }

    public override void Single(float value)
    {
        if (single)
            _exact.Single(value);
        else
            Float(value);
    }

    public override void Boolean(bool value) => base.Integer(value ? 1 : 0);

    private void Nearest(BigInteger mantissa, int scale)
    {
        if (wholeExact && Decimals.IsWhole(ref mantissa, ref scale) && mantissa >= long.MinValue && mantissa <= long.MaxValue)
            base.Integer((long)mantissa);
        else if (single)
            _exact.Single(Decimals.NearestSingle(mantissa, scale));
        else
            _exact.Float(Decimals.NearestDouble(mantissa, scale));
    }
}

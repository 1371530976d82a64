using System.Buffers.Binary;
using System.Numerics;
using MigrationGuard.Databases.Rows;

namespace MigrationGuard.Databases.PostgreSql;

/// <summary>
/// Reads <c>numeric</c> as it is sent: how many digits of base 10,000 follow, the power of the first, the sign, how many decimals
/// are shown, and the digits, all 16 bits (<c>numeric_send</c>).
/// </summary>
internal static class PostgreSqlNumeric
{
    private const int Base = 10_000;
    private const int DecimalsPerDigit = 4;
    private const int Header = 8;
    private const int MostDecimals = 38;

    private const ushort Negative = 0x4000;
    private const ushort NaN = 0xC000;
    private const ushort Infinity = 0xD000;
    private const ushort NegativeInfinity = 0xF000;

    private static readonly Int128[] Powers = PowersOfTen();

    private static ReadOnlySpan<int> SmallPowers => [1, 10, 100, 1000];

    public static void Give(ReadOnlySpan<byte> bytes, ValueSink sink)
    {
        var count = BinaryPrimitives.ReadInt16BigEndian(bytes);
        var weight = BinaryPrimitives.ReadInt16BigEndian(bytes[2..]);
        var sign = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        int scale = BinaryPrimitives.ReadInt16BigEndian(bytes[6..]);
        var digits = bytes[Header..];
        if (sign > Negative)
            sink.Float(sign switch { NaN => double.NaN, Infinity => double.PositiveInfinity, NegativeInfinity => double.NegativeInfinity, _ => throw new FormatException("no such sign") });
        else if (count == 0)
            sink.Decimal(0, Math.Min(scale, MostDecimals));
        else if (scale <= MostDecimals && ((weight + 1) * DecimalsPerDigit) + scale <= MostDecimals)
            sink.Decimal(Short(digits, count, weight, scale, sign == Negative), scale);
        else
            GiveBig(digits, count, weight, scale, sign == Negative, sink);
    }

    // Digits of base 10,000 end at a multiple of four decimals, which may be before or after the scale.
    private static int DecimalsSent(int count, int weight) => (count - 1 - weight) * DecimalsPerDigit;

    private static Int128 Short(ReadOnlySpan<byte> digits, int count, int weight, int scale, bool isNegative)
    {
        // Up to four digits fit 64 bits, whose arithmetic is many times faster.
        long small = 0;
        var i = 0;
        for (; i < count && i < 4; i++)
            small = (small * Base) + BinaryPrimitives.ReadUInt16BigEndian(digits[(2 * i)..]);
        var shift = scale - DecimalsSent(count, weight);
        if (i == count && shift is > -DecimalsPerDigit and < DecimalsPerDigit - 1)
        {
            small = shift < 0 ? small / SmallPowers[-shift] : small * SmallPowers[shift];
            return isNegative ? -small : small;
        }
        Int128 mantissa = small;
        for (; i < count; i++)
        {
            // The last digit may reach beyond the scale, with zeros: cut before they overflow.
            if (i == count - 1 && shift < 0)
            {
                mantissa = (mantissa * Powers[DecimalsPerDigit + shift]) + (BinaryPrimitives.ReadUInt16BigEndian(digits[(2 * i)..]) / SmallPowers[-shift]);
                return isNegative ? -mantissa : mantissa;
            }
            mantissa = (mantissa * Base) + BinaryPrimitives.ReadUInt16BigEndian(digits[(2 * i)..]);
        }
        mantissa = shift < 0 ? mantissa / Powers[-shift] : mantissa * Powers[shift];
        return isNegative ? -mantissa : mantissa;
    }

    // Beyond 38 digits, or so it seems: 38 digits may begin within a digit of base 10,000, and zeros may end them.
    private static void GiveBig(ReadOnlySpan<byte> digits, int count, int weight, int scale, bool isNegative, ValueSink sink)
    {
        var mantissa = BigInteger.Zero;
        for (var i = 0; i < count; i++)
            mantissa = (mantissa * Base) + BinaryPrimitives.ReadUInt16BigEndian(digits[(2 * i)..]);
        var decimals = DecimalsSent(count, weight);
        if (decimals < 0)
        {
            mantissa *= BigInteger.Pow(10, -decimals);
            decimals = 0;
        }
        while (decimals > 0 && BigInteger.DivRem(mantissa, 10, out var rest) is var shorter && rest.IsZero)
        {
            mantissa = shorter;
            decimals--;
        }
        if (isNegative)
            mantissa = -mantissa;
        if (decimals <= MostDecimals && BigInteger.Abs(mantissa) < (BigInteger)Powers[MostDecimals])
            sink.Decimal((Int128)mantissa, decimals);
        else
            sink.BigDecimal(mantissa, decimals);
    }

    private static Int128[] PowersOfTen()
    {
        var powers = new Int128[MostDecimals + 1];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++)
            powers[i] = powers[i - 1] * 10;
        return powers;
    }
}

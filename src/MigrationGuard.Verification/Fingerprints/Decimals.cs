using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>Arithmetic of decimal digits, exact.</summary>
internal static class Decimals
{
    // More digits than the shortest spelling of any double.
    private const int LongestSpelling = 32;

    /// <summary>10^<paramref name="exponent"/>, up to 38.</summary>
    public static Int128 PowerOfTen(int exponent)
    {
        var power = Int128.One;
        for (var i = 0; i < exponent; i++)
            power *= 10;
        return power;
    }

    /// <summary><paramref name="mantissa"/> / 10^<paramref name="digits"/>, halves away from zero.</summary>
    public static Int128 Round(Int128 mantissa, int digits)
    {
        if (digits > 38)
            return 0;
        var divisor = PowerOfTen(digits);
        var (quotient, remainder) = Int128.DivRem(mantissa, divisor);
        var rest = Int128.Abs(remainder);
        return rest >= divisor - rest ? quotient + Int128.Sign(mantissa) : quotient;
    }

    /// <inheritdoc cref="Round(Int128, int)"/>
    public static BigInteger Round(BigInteger mantissa, int digits)
    {
        var divisor = BigInteger.Pow(10, digits);
        var quotient = BigInteger.DivRem(mantissa, divisor, out var remainder);
        return BigInteger.Abs(remainder) * 2 >= divisor ? quotient + mantissa.Sign : quotient;
    }

    /// <summary>The fewest digits that only this number is nearest to: <c>Mantissa × 10^Exponent</c>.</summary>
    public static (long Mantissa, int Exponent) Shortest(double value)
    {
        Span<byte> spelling = stackalloc byte[LongestSpelling];
        value.TryFormat(spelling, out var written, "R", CultureInfo.InvariantCulture);
        return Parts(spelling[..written]);
    }

    /// <inheritdoc cref="Shortest(double)"/>
    public static (long Mantissa, int Exponent) Shortest(float value)
    {
        Span<byte> spelling = stackalloc byte[LongestSpelling];
        value.TryFormat(spelling, out var written, "R", CultureInfo.InvariantCulture);
        return Parts(spelling[..written]);
    }

    /// <summary>The double nearest to <paramref name="mantissa"/> / 10^<paramref name="scale"/>.</summary>
    public static double NearestDouble(BigInteger mantissa, int scale) =>
        double.Parse(Spelt(mantissa, scale), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>The single-precision number nearest to <paramref name="mantissa"/> / 10^<paramref name="scale"/>.</summary>
    public static float NearestSingle(BigInteger mantissa, int scale) =>
        float.Parse(Spelt(mantissa, scale), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>Whether there are only zeros after the point, which are then taken off.</summary>
    public static bool IsWhole(ref BigInteger mantissa, ref int scale)
    {
        var quotient = BigInteger.DivRem(mantissa, BigInteger.Pow(10, scale), out var remainder);
        if (!remainder.IsZero)
            return false;
        (mantissa, scale) = (quotient, 0);
        return true;
    }

    /// <summary>Reads <c>-12.50</c>: a sign, digits, at most one point; up to 38 digits.</summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out Int128 mantissa, out int scale)
    {
        (mantissa, scale) = (0, 0);
        var negative = utf8.StartsWith("-"u8);
        var (digits, point) = (0, -1);
        for (var i = negative || utf8.StartsWith("+"u8) ? 1 : 0; i < utf8.Length; i++)
        {
            var character = utf8[i];
            if (character == '.' && point < 0)
            {
                point = digits;
                continue;
            }
            if (character is < (byte)'0' or > (byte)'9' || ++digits > 38)
                return false;
            mantissa = (mantissa * 10) + (character - '0');
        }
        if (negative)
            mantissa = -mantissa;
        scale = point < 0 ? 0 : digits - point;
        return digits > 0;
    }

    /// <summary>As <see cref="TryRead"/>, for any number of digits.</summary>
    public static bool TryReadLong(ReadOnlySpan<byte> utf8, out BigInteger mantissa, out int scale)
    {
        (mantissa, scale) = (0, 0);
        var isSigned = utf8.StartsWith("-"u8) || utf8.StartsWith("+"u8);
        var point = utf8.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? utf8 : utf8[..point];
        ReadOnlySpan<byte> fraction = point < 0 ? [] : utf8[(point + 1)..];
        if (whole[(isSigned ? 1 : 0)..].ContainsAnyExceptInRange((byte)'0', (byte)'9') || fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        scale = fraction.Length;
        return utf8.ContainsAnyInRange((byte)'0', (byte)'9')
            && BigInteger.TryParse(Encoding.ASCII.GetString(whole) + Encoding.ASCII.GetString(fraction), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out mantissa);
    }

    // 1.5E-07, -12.25, 1E+22.
    private static (long Mantissa, int Exponent) Parts(ReadOnlySpan<byte> spelling)
    {
        var exponent = 0;
        var mark = spelling.IndexOf((byte)'E');
        if (mark >= 0)
        {
            Utf8Parser.TryParse(spelling[(mark + 1)..], out exponent, out _);
            spelling = spelling[..mark];
        }
        long mantissa = 0;
        var isFraction = false;
        foreach (var character in spelling)
        {
            if (character == '.')
                isFraction = true;
            if (character is < (byte)'0' or > (byte)'9')
                continue;
            mantissa = (mantissa * 10) + (character - '0');
            exponent -= isFraction ? 1 : 0;
        }
        return (spelling[0] == '-' ? -mantissa : mantissa, exponent);
    }

    private static byte[] Spelt(BigInteger mantissa, int scale) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{mantissa}E-{scale}"));
}

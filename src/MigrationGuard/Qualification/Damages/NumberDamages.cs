using System.Globalization;
using MigrationGuard.Databases;

namespace MigrationGuard.Qualification.Damages;

/// <summary>What happens to numbers and truth values.</summary>
internal static class NumberDamages
{
    public static IReadOnlyList<Damage> Smallint { get; } = Whole(short.MinValue, short.MaxValue);

    public static IReadOnlyList<Damage> Integer { get; } =
    [
        .. Whole(int.MinValue, int.MaxValue),
        Number("cut-to-16-bits", "Only the lower 16 bits are left.", draw => draw.Between(100_000, 2_000_000_000) | 0x1_0000, number => (short)number),
        Number("through-single", "The number went through a single-precision float.", draw => draw.Between(1 << 25, 1 << 26) | 1, number => (long)(float)number),
    ];

    public static IReadOnlyList<Damage> Bigint { get; } =
    [
        .. Whole(long.MinValue, long.MaxValue),
        Number("cut-to-32-bits", "Only the lower 32 bits are left.", draw => draw.Between(1L << 54, 1L << 62), number => (int)number),
        Number("through-double", "The number went through a double-precision float.", draw => (1L << 60) + 1 + (2 * draw.Between(0, 50)), number => (long)(double)number),
    ];

    public static IReadOnlyList<Damage> Decimal { get; } =
    [
        Damage.Of<string>("last-digit", "The last digit becomes another.", null, (digits, _) => digits[..^1] + (char)('0' + ((digits[^1] - '0' + 1) % 10))),
        Damage.Of<string>("sign-lost", "The sign is lost.", draw => "-" + draw.Digits(6) + "." + draw.Digits(4), (digits, _) => digits[1..]),
        Damage.Of<string>("point-moved", "The point moves by one place.", draw => draw.Digits(6) + "." + draw.Digits(4), (digits, _) => PointMoved(digits)),
        Damage.Of<string>("fraction-lost", "The fraction is lost.", draw => draw.Digits(6) + "." + draw.Digits(4), (digits, _) => digits[..digits.IndexOf('.', StringComparison.Ordinal)] + ".0000"),
        Damage.Of<string>("rounded", "The number is rounded to two decimals.", draw => draw.Digits(6) + ".1234", (digits, _) => digits[..^2] + "00"),
        Damage.Fixed("null-for-zero", "Zero becomes NULL.", "0.0000", null),
        Damage.Fixed("zero-for-null", "NULL becomes zero.", null, "0.0000"),
    ];

    public static IReadOnlyList<Damage> LongDecimal { get; } =
    [
        .. Decimal,
        Damage.Of<string>("through-double", "The number went through a double-precision float.", null, (digits, _) =>
            ((decimal)double.Parse(digits, CultureInfo.InvariantCulture)).ToString("F10", CultureInfo.InvariantCulture)),
    ];

    public static IReadOnlyList<Damage> Double { get; } =
    [
        Damage.Of<double>("one-ulp", "The number becomes the next one that the type holds.", null, (number, _) => double.BitIncrement(number)),
        Damage.Of<double>("through-single", "The number went through single precision.", null, (number, _) => (double)(float)number),
        Damage.Of<double>("fifteen-digits", "Only fifteen digits are left.", _ => 0.1 + 0.2, (number, _) => double.Parse(number.ToString("G15", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
        Damage.Of<double>("sign-changed", "The sign changes.", null, (number, _) => -number),
        Damage.Of<double>("smallest-lost", "The smallest number becomes zero.", _ => double.Epsilon, (_, _) => 0.0) with { NotOn = [Provider.SqlServer] },
        Damage.Fixed("null-for-zero", "Zero becomes NULL.", 0.0, null),
        Damage.Fixed("zero-for-null", "NULL becomes zero.", null, 0.0),
        Damage.Fixed("negative-zero", "Zero becomes negative zero.", 0.0, -0.0) with { NotOn = [Provider.Sqlite] },
        Damage.Fixed("zero-for-negative-zero", "Negative zero becomes zero.", -0.0, 0.0) with { NotOn = [Provider.Sqlite] },
        Damage.Of<double>("not-a-number", "The number becomes NaN.", null, (_, _) => double.NaN) with { NotOn = [Provider.Sqlite, Provider.SqlServer] },
        Damage.Fixed("null-for-not-a-number", "NaN becomes NULL.", double.NaN, null) with { NotOn = [Provider.Sqlite, Provider.SqlServer] },
        Damage.Fixed("largest-for-infinity", "Infinity becomes the largest number.", double.PositiveInfinity, double.MaxValue) with { NotOn = [Provider.SqlServer] },
    ];

    public static IReadOnlyList<Damage> Single { get; } =
    [
        Damage.Of<float>("one-ulp", "The number becomes the next one that the type holds.", null, (number, _) => float.BitIncrement(number)),
        Damage.Of<float>("six-digits", "Only six digits are left.", _ => 16777215f, (number, _) => float.Parse(number.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
        Damage.Of<float>("sign-changed", "The sign changes.", null, (number, _) => -number),
        Damage.Fixed("null-for-zero", "Zero becomes NULL.", 0f, null),
        Damage.Fixed("negative-zero", "Zero becomes negative zero.", 0f, -0f),
        Damage.Of<float>("not-a-number", "The number becomes NaN.", null, (_, _) => float.NaN) with { NotOn = [Provider.SqlServer] },
    ];

    public static IReadOnlyList<Damage> Boolean { get; } =
    [
        Damage.Of<bool>("flipped", "True becomes false, or false true.", null, (truth, _) => !truth),
        Damage.Fixed("null-for-false", "False becomes NULL.", false, null),
        Damage.Fixed("false-for-null", "NULL becomes false.", null, false),
    ];

    private static IReadOnlyList<Damage> Whole(long smallest, long largest) =>
    [
        Number("plus-one", "The number becomes one more.", null, number => number + 1),
        Number("minus-one", "The smallest number of the type becomes the one after.", _ => smallest, number => number + 1),
        Number("one-below-the-largest", "The largest number of the type becomes one less.", _ => largest, number => number - 1),
        Number("sign-changed", "The sign changes.", null, number => -number),
        Number("lowest-bit", "The lowest bit changes.", null, number => number ^ 1),
        Number("digits-swapped", "The last two digits change places.", draw => (draw.Between(10, 300) * 100) + 47, number => number - 47 + 74),
        Damage.Fixed("null-for-zero", "Zero becomes NULL.", 0L, null),
        Damage.Fixed("zero-for-null", "NULL becomes zero.", null, 0L),
    ];

    private static Damage Number(string kind, string what, Func<Draw, long>? before, Func<long, long> after) => Damage.Of<long>(kind, what, before, (number, _) => after(number));

    private static string PointMoved(string digits)
    {
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        return digits[..(point - 1)] + "." + digits[point - 1] + digits[(point + 1)..^1];
    }
}

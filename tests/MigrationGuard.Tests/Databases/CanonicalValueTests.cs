using System.Globalization;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Tests.Databases;

public sealed class CanonicalValueTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("+1", "1")]
    [InlineData("1.00", "1")]
    [InlineData("01.50", "1.5")]
    [InlineData("-12.50", "-12.5")]
    [InlineData("0", "0")]
    [InlineData("-0.00", "0")]
    [InlineData(".5", "0.5")]
    [InlineData("99999999999999999999999999999999999999", "99999999999999999999999999999999999999")]
    [InlineData("-99999999999999999999999999999999999.999", "-99999999999999999999999999999999999.999")]
    [InlineData("0.00000000000000000000000000000000000001", "0.00000000000000000000000000000000000001")]
    public void Digits_keep_their_value_and_lose_their_idle_zeros(string digits, string display) =>
        CanonicalValue.FromDigits(digits).Display.ShouldBe(display);

    [Fact]
    public void Thirty_eight_digits_that_differ_in_the_last_are_different()
    {
        var nines = new string('9', 37);
        CanonicalValue.FromDigits(nines + "8").ShouldNotBe(CanonicalValue.FromDigits(nines + "9"));
        CanonicalValue.FromDigits("0." + nines + "8").ShouldNotBe(CanonicalValue.FromDigits("0." + nines + "9"));
    }

    [Fact]
    public void Two_spellings_are_one_value_exactly_when_their_numbers_are_equal()
    {
        var number = Gen.Choose(0, int.MaxValue).Three()
            .SelectMany(_ => Gen.Choose(0, 38), (parts, places) => new BigInteger(parts.Item1) * parts.Item2 * (parts.Item3 % 1000) * BigInteger.Pow(10, places / 3))
            .SelectMany(_ => Gen.Choose(0, 20), (whole, scale) => (Whole: whole, Scale: scale));
        Prop.ForAll(number.Two().ToArbitrary(), pair =>
        {
            var ((a, scaleA), (b, scaleB)) = pair;
            var equal = a * BigInteger.Pow(10, scaleB) == b * BigInteger.Pow(10, scaleA);
            (CanonicalValue.FromDigits(Spell(a, scaleA)) == CanonicalValue.FromDigits(Spell(b, scaleB))).ShouldBe(equal);
            CanonicalValue.FromDigits(Spell(a, scaleA)).ShouldBe(CanonicalValue.FromDigits("00" + Spell(a * 100, scaleA + 2)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Drivers_types_of_one_value_are_one_value()
    {
        object[] ones = [1, 1L, (short)1, (byte)1, (sbyte)1, 1u, 1ul, 1m, 1.00m, BigInteger.One];
        ones.Select(CanonicalValue.From).Distinct().ShouldHaveSingleItem().ShouldBe(new CanonicalValue.Number(1));
    }

    [Fact]
    public void Values_that_only_look_alike_are_different()
    {
        object?[] values = [null, "", " ", "NULL", "1", 1, true, 1.5, "a", "A", "a ", new byte[] { 1 }, Guid.Empty, Guid.Empty.ToString()];
        values.Select(CanonicalValue.From).Distinct().Count().ShouldBe(values.Length);
    }

    [Fact]
    public void A_type_without_a_canonical_form_is_an_error_that_names_it() =>
        Should.Throw<DatabaseException>(() => CanonicalValue.From(new Version(1, 0))).Message.ShouldContain("Version");

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(-2.5, "-2.5")]
    public void A_float_is_the_decimal_it_is_spelt_like(double value, string spelt) =>
        CanonicalValue.FromFloat(value)!.Value.ToString(CultureInfo.InvariantCulture).ShouldBe(spelt);

    [Theory]
    [InlineData(1e300)]
    [InlineData(1e-40)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_float_beyond_decimals_is_none(double value) => CanonicalValue.FromFloat(value).ShouldBeNull();

    [Fact]
    public void A_value_is_shown_the_same_on_every_machine()
    {
        CanonicalValue.From(1234.50m).Display.ShouldBe("1234.5");
        CanonicalValue.From(1.5).Display.ShouldBe("1.5");
        CanonicalValue.From(true).Display.ShouldBe("true");
        CanonicalValue.From(new byte[] { 0xAB, 1 }).Display.ShouldBe("0xAB01");
        CanonicalValue.From(new DateOnly(2025, 1, 2)).Display.ShouldBe("2025-01-02");
        CanonicalValue.From(TimeSpan.FromMinutes(61)).Display.ShouldBe("01:01:00");
        CanonicalValue.From(DBNull.Value).Display.ShouldBeNull();
    }

    private static string Spell(BigInteger whole, int scale)
    {
        var digits = whole.ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return scale == 0 ? digits : digits[..^scale] + "." + digits[^scale..];
    }
}

using MigrationGuard.Databases;
using MigrationGuard.Databases.Values;
using MigrationGuard.Verification.Scans;
using static MigrationGuard.Tests.Verification.Fingerprints.Columns;

namespace MigrationGuard.Tests.Verification.Fingerprints;

public sealed class NumberRuleTests
{
    [Fact]
    public void Exact_numbers_are_compared_exactly_where_the_target_holds_them()
    {
        var rule = Compared(Numeric(2), Numeric(4));
        rule.Narrowing.ShouldBeNull();
        rule.ShouldTakeAsSame(Cell.Exact("12.50"), Cell.Exact("12.5000"));
        rule.ShouldTellApart(Cell.Exact("12.50"), Cell.Exact("12.5001"));
        Compared(Bigint, Numeric(2)).ShouldTellApart(Cell.Number(1), Cell.Exact("1.40"));
        Compared(Bigint, Numeric(2)).ShouldTakeAsSame(Cell.Number(long.MinValue), Cell.Exact("-9223372036854775808.00"));
    }

    [Theory]
    [InlineData("12.345", "12.35")]
    [InlineData("-12.345", "-12.35")]
    [InlineData("12.3449", "12.34")]
    [InlineData("0.0049", "0.00")]
    [InlineData("-0.005", "-0.01")]
    [InlineData("99999999999999999999999999999999999.995", "100000000000000000000000000000000000.00")]
    [InlineData("123456789012345678901234567890123456789012.345", "123456789012345678901234567890123456789012.35")]
    public void A_coarser_target_rounds_halves_away_from_zero(string source, string target)
    {
        var rule = Compared(Numeric(null), Numeric(2));
        rule.Narrowing.ShouldBe("Col: rounded to 2 decimals, halves away from zero, as the target keeps no more");
        rule.ShouldTakeAsSame(Cell.Exact(source), Cell.Exact(target));
        rule.ShouldTellApart(Cell.Exact(source), Cell.Exact(target[..^1] + (target[^1] == '9' ? '8' : (char)(target[^1] + 1))));
    }

    [Fact]
    public void A_target_value_with_more_decimals_than_it_may_have_is_a_difference_after_rounding_too() =>
        Compared(Numeric(4), Numeric(2)).ShouldTellApart(Cell.Exact("12.3400"), Cell.Exact("12.35"));

    [Fact]
    public void Not_a_number_is_itself_among_exact_numbers()
    {
        var rule = Compared(Numeric(null), Numeric(2));
        rule.ShouldTakeAsSame(Cell.Float(double.NaN), Cell.Float(double.NaN));
        rule.ShouldTellApart(Cell.Float(double.NaN), Cell.Null);
        rule.ShouldTellApart(Cell.Float(double.PositiveInfinity), Cell.Float(double.NegativeInfinity));
    }

    [Fact]
    public void Doubles_are_compared_by_their_bits()
    {
        var rule = Compared(DoublePrecision, DoublePrecision with { Provider = Provider.SqlServer, StoreType = "float" });
        rule.Narrowing.ShouldBeNull();
        foreach (var value in new[] { 0, 1, 0.1, 1d / 3, double.Epsilon, double.MaxValue, double.MinValue, double.NaN, double.PositiveInfinity })
        {
            rule.ShouldTakeAsSame(Cell.Float(value), Cell.Float(value));
            if (double.IsFinite(value))
                rule.ShouldTellApart(Cell.Float(value), Cell.Float(Math.BitIncrement(value)));
        }
        rule.ShouldTellApart(Cell.Float(-0d), Cell.Float(0d));
    }

    [Fact]
    public void A_single_is_the_double_it_is_and_not_that_of_its_spelling()
    {
        var rule = Compared(Real, DoublePrecision);
        rule.Narrowing.ShouldBeNull();
        rule.ShouldTakeAsSame(Cell.Single(0.1f), Cell.Float(0.1f));
        rule.ShouldTellApart(Cell.Single(0.1f), Cell.Float(0.1));
    }

    [Fact]
    public void Doubles_in_a_single_precision_target_are_rounded_and_that_is_said()
    {
        var rule = Compared(DoublePrecision, Real);
        rule.Narrowing.ShouldBe("Col: rounded to single precision, which is all that the target holds");
        rule.ShouldTakeAsSame(Cell.Float(0.1), Cell.Single(0.1f));
        rule.ShouldTellApart(Cell.Float(0.1), Cell.Single(MathF.BitIncrement(0.1f)));
    }

    [Fact]
    public void What_SQLite_makes_of_negative_zero_and_NaN_is_said()
    {
        var rule = Compared(DoublePrecision, SqliteReal);
        rule.Narrowing.ShouldBe("Col: negative zero is compared as zero and NaN as NULL, as SQLite holds neither");
        rule.ShouldTakeAsSame(Cell.Float(-0d), Cell.Float(0));
        rule.ShouldTakeAsSame(Cell.Float(double.NaN), Cell.Null);
        rule.ShouldTellApart(Cell.Float(0.1), Cell.Float(Math.BitIncrement(0.1)));
        var back = Compared(SqliteReal, DoublePrecision);
        back.Narrowing.ShouldBeNull();
        back.ShouldTellApart(Cell.Null, Cell.Float(double.NaN));
    }

    [Fact]
    public void Decimals_that_SQLite_keeps_as_doubles_are_those_of_their_shortest_spelling()
    {
        var rule = Compared(SqliteNumeric, Numeric(2));
        rule.Narrowing.ShouldBe("Col: the source's floating-point numbers are taken at their shortest decimal spelling; zero has no sign");
        rule.ShouldTakeAsSame(Cell.Float(0.99), Cell.Exact("0.99"));
        rule.ShouldTakeAsSame(Cell.Number(5), Cell.Exact("5.00"));
        rule.ShouldTellApart(Cell.Float(0.1 + 0.2), Cell.Exact("0.30"));
        rule.ShouldTellApart(Cell.Utf8("0.99"), Cell.Exact("0.99"));
    }

    [Theory]
    [InlineData(1e22, "10000000000000000000000")]
    [InlineData(1e300, "1e300")]
    [InlineData(1.5e-7, "0.00000015")]
    [InlineData(-123456.789, "-123456.789")]
    [InlineData(5e-324, "5e-324")]
    public void A_float_s_shortest_spelling_is_an_exact_number(double value, string digits)
    {
        if (digits.Contains('e', StringComparison.Ordinal))
            digits = digits.EndsWith("300", StringComparison.Ordinal) ? "1" + new string('0', 300) : "0." + new string('0', 323) + "5";
        Compared(DoublePrecision, Numeric(null)).ShouldTakeAsSame(Cell.Float(value), Cell.Exact(digits));
    }

    [Theory]
    [InlineData("0.1", 0.1)]
    [InlineData("12345678901234567.89", 12345678901234567.89)]
    [InlineData("9007199254740993", 9007199254740992.0)]
    [InlineData("-99999999999999999999999999999999999999", -1e38)]
    [InlineData("0.30000000000000004", 0.1 + 0.2)]
    public void Exact_numbers_in_a_floating_target_are_the_floats_nearest_to_them(string source, double target)
    {
        foreach (var column in new[] { DoublePrecision, SqliteReal })
        {
            var rule = Compared(Numeric(null), column);
            rule.Narrowing!.ShouldStartWith("Col: compared as the double-precision numbers that the target holds");
            rule.ShouldTakeAsSame(Cell.Exact(source), Cell.Float(target));
            rule.ShouldTellApart(Cell.Exact(source), Cell.Float(Math.BitIncrement(target)));
        }
    }

    [Fact]
    public void Whole_numbers_in_a_numeric_column_of_SQLite_are_exact()
    {
        var rule = Compared(Numeric(2), SqliteNumeric);
        rule.ShouldTakeAsSame(Cell.Exact("9007199254740993.00"), Cell.Number(9007199254740993));
        rule.ShouldTellApart(Cell.Exact("9007199254740993.00"), Cell.Number(9007199254740992));
        rule.ShouldTakeAsSame(Cell.Exact("0.10"), Cell.Float(0.1));
    }

    [Fact]
    public void Exact_numbers_in_a_single_precision_target_are_the_singles_nearest_to_them()
    {
        var rule = Compared(Numeric(2), Real);
        rule.ShouldTakeAsSame(Cell.Exact("0.10"), Cell.Single(0.1f));
        rule.ShouldTakeAsSame(Cell.Exact("16777217.00"), Cell.Single(16777216f));
        rule.ShouldTellApart(Cell.Exact("0.10"), Cell.Single(MathF.BitIncrement(0.1f)));
    }

    [Fact]
    public void Truth_values_are_zero_and_one_where_the_other_side_counts()
    {
        var rule = Compared(Bit, Bigint);
        rule.Narrowing.ShouldBeNull();
        rule.ShouldTakeAsSame(Cell.Truth(true), Cell.Number(1));
        rule.ShouldTellApart(Cell.Truth(true), Cell.Number(2));
        Compared(Bit, Bool).ShouldTakeAsSame(Cell.Truth(false), Cell.Truth(false));
        Compared(Bit, SqliteBoolean).ShouldTakeAsSame(Cell.Truth(true), Cell.Number(1));
        Compared(Bit, SqliteBoolean).ShouldTellApart(Cell.Truth(true), Cell.Utf8("true"));
        Compared(Bit, SqliteBoolean).ShouldTellApart(Cell.Truth(true), Cell.Number(2));
    }

    [Fact]
    public void Decimals_that_SQLite_keeps_as_text_are_the_numbers_they_spell()
    {
        var rule = Compared(SqliteText, Numeric(2));
        rule.Narrowing!.ShouldContain("the source's text is compared as the number it spells");
        rule.ShouldTakeAsSame(Cell.Utf8("12.5"), Cell.Exact("12.50"));
        rule.ShouldTellApart(Cell.Utf8("1,000.00"), Cell.Exact("1000.00"));
        rule.ShouldTellApart(Cell.Utf8(""), Cell.Exact("0.00"));
    }

    [Theory]
    [InlineData("12.50", "12.50")]
    [InlineData("12.50", "12.5")]
    [InlineData("-0.01", "-0.01")]
    [InlineData("5.00", "5")]
    [InlineData("9007199254740993.07", "9007199254740993.07")]
    [InlineData("1234567890123456789012345678901234567890.12", "1234567890123456789012345678901234567890.12")]
    public void Decimals_that_were_copied_into_SQLite_as_text_are_the_numbers_they_spell(string source, string target)
    {
        foreach (var column in new[] { Numeric(2), Numeric(null), SqlServer("decimal(38,2)", CanonicalKind.Decimal, 2) })
        {
            var rule = Compared(column, SqliteText);
            rule.Narrowing.ShouldBe("Col: the target's text is compared as the number it spells");
            rule.ShouldTakeAsSame(Cell.Exact(source), Cell.Utf8(target));
            rule.ShouldTellApart(Cell.Exact(source), Cell.Utf8(target + "1"));
            rule.ShouldTellApart(Cell.Exact(source), Cell.Utf8(target + " "));
        }
        Compared(SqliteText, Numeric(2)).Narrowing.ShouldBe("Col: rounded to 2 decimals, halves away from zero, as the target keeps no more; the source's text is compared as the number it spells");
        Compared(SqliteText, Numeric(2)).ShouldTakeAsSame(Cell.Utf8(target), Cell.Exact(source));
        Compared(SqliteText, Numeric(2)).ShouldTellApart(Cell.Utf8(target + "1234"), Cell.Exact(source[..^1] + (source[^1] == '9' ? '8' : '9')));
    }

    [Theory]
    [InlineData("--1")]
    [InlineData("1.2.3")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("1e5")]
    [InlineData("12345678901234567890123456789012345678901234567890x")]
    [InlineData("nan")]
    public void Text_that_spells_no_number_stays_text(string text)
    {
        Compared(Numeric(null), SqliteText).Encoded(Side.Target, Cell.Utf8(text)).ShouldBe(Cell.Utf8(text).Encoded);
        Compared(Numeric(null), SqliteText).Encoded(Side.Target, Cell.Utf8("-1" + new string('0', 50) + ".5")).ShouldNotBe(Cell.Utf8("-1" + new string('0', 50) + ".5").Encoded);
    }

    [Fact]
    public void What_PostgreSQL_spells_for_no_number_is_that_in_text_and_NULL_among_SQLite_s_numbers()
    {
        var text = Compared(Numeric(null), SqliteText);
        text.ShouldTakeAsSame(Cell.Float(double.NaN), Cell.Utf8("NaN"));
        text.ShouldTakeAsSame(Cell.Float(double.NegativeInfinity), Cell.Utf8("-Infinity"));
        text.ShouldTellApart(Cell.Float(double.PositiveInfinity), Cell.Utf8("-Infinity"));
        text.ShouldTellApart(Cell.Float(double.NaN), Cell.Null);
        foreach (var column in new[] { SqliteReal, SqliteNumeric })
        {
            var rule = Compared(Numeric(null), column);
            rule.Narrowing!.ShouldEndWith("; zero has no sign, and NaN is compared as NULL, as SQLite holds none");
            rule.ShouldTakeAsSame(Cell.Float(double.NaN), Cell.Null);
            rule.ShouldTellApart(Cell.Float(double.NaN), Cell.Float(0));
            rule.ShouldTakeAsSame(Cell.Float(double.PositiveInfinity), Cell.Float(double.PositiveInfinity));
            rule.ShouldTellApart(Cell.Exact("0"), Cell.Null);
        }
        Compared(SqliteReal, Numeric(null)).ShouldTellApart(Cell.Null, Cell.Float(double.NaN));
        Compared(SqlServer("decimal(9,2)", CanonicalKind.Decimal, 2), SqliteNumeric).Narrowing!.ShouldEndWith("zero has no sign");
    }

    [Fact]
    public void A_domain_over_single_precision_is_of_single_precision()
    {
        var domain = Real with { StoreType = "weight" };
        Compared(DoublePrecision, domain).Narrowing.ShouldBe("Col: rounded to single precision, which is all that the target holds");
        Compared(DoublePrecision, domain).ShouldTakeAsSame(Cell.Float(0.1), Cell.Single(0.1f));
        Compared(DoublePrecision, domain).ShouldTellApart(Cell.Float(0.1), Cell.Single(MathF.BitIncrement(0.1f)));
        Compared(Numeric(2), domain).ShouldTakeAsSame(Cell.Exact("0.10"), Cell.Single(0.1f));
    }

    [Theory]
    [InlineData("1250", "1300")]
    [InlineData("-1250.5", "-1300")]
    [InlineData("1249.99", "1200")]
    [InlineData("49", "0")]
    [InlineData("99999999999999999999999999999999999950", "100000000000000000000000000000000000000")]
    public void A_target_of_hundreds_rounds_to_hundreds(string source, string target)
    {
        var rule = Compared(Numeric(null), Numeric(-2));
        rule.Narrowing.ShouldBe("Col: rounded to multiples of 10^2, halves away from zero, as the target keeps no more");
        rule.ShouldTakeAsSame(Cell.Exact(source), Cell.Exact(target));
        rule.ShouldTellApart(Cell.Exact(source), Cell.Exact(target == "0" ? "100" : target[..^3] + (target[^3] == '9' ? '8' : (char)(target[^3] + 1)) + "00"));
        Compared(Bigint, Numeric(-2)).ShouldTakeAsSame(Cell.Number(-1250), Cell.Exact("-1300"));
        Compared(Bigint, Numeric(-2)).ShouldTellApart(Cell.Number(-1250), Cell.Exact("-1200"));
        Compared(Numeric(-2), Bigint).Narrowing.ShouldBeNull();
    }

    [Fact]
    public void Decimals_that_a_copy_put_into_text_of_SQLite_are_the_numbers_they_spell()
    {
        var rule = Compared(Numeric(2), SqliteText);
        rule.Narrowing.ShouldBe("Col: the target's text is compared as the number it spells");
        rule.ShouldTakeAsSame(Cell.Exact("12.50"), Cell.Utf8("12.5"));
        rule.ShouldTakeAsSame(Cell.Exact("12345678901234567.89"), Cell.Utf8("12345678901234567.89"));
        rule.ShouldTellApart(Cell.Exact("12345678901234567.89"), Cell.Utf8("12345678901234567.88"));
        rule.ShouldTellApart(Cell.Exact("12.50"), Cell.Utf8("12.501"));
        rule.ShouldTellApart(Cell.Exact("12.50"), Cell.Utf8("12,50"));
    }

    [Fact]
    public void Numbers_and_text_have_no_values_in_common_on_other_engines() =>
        Rule(Text, Bigint).ShouldBeOfType<MigrationGuard.Verification.Fingerprints.ColumnRule.Incomparable>().Reason
            .ShouldBe("Col is text on the source and bigint on the target, which have no values in common. List it in IgnoreColumns, or compare views that cast it.");

    [Fact]
    public void Both_sides_encode_alike_whichever_is_asked()
    {
        var rule = Compared(Numeric(2), Numeric(2));
        rule.Encoded(Side.Source, Cell.Exact("1.00")).ShouldBe(rule.Encoded(Side.Target, Cell.Number(1)));
    }
}

using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using MigrationGuard.Databases.Values;
using MigrationGuard.Verification.Fingerprints;

namespace MigrationGuard.Tests.Verification.Fingerprints;

/// <summary>The bytes of CANONICAL.md, and that a value has one encoding however it comes.</summary>
public sealed class CanonicalBytesTests
{
    private static readonly string Long = string.Concat(Enumerable.Repeat("zażółć 📇 ", 10_000));

    [Fact]
    public void The_bytes_are_those_of_the_document()
    {
        Cell.Null.Encoded.ShouldBe("00");
        Cell.Number(0).Encoded.ShouldBe("01000100");
        Cell.Number(-1).Encoded.ShouldBe("010001FF");
        Cell.Number(128).Encoded.ShouldBe("0100020080");
        Cell.Number(long.MinValue).Encoded.ShouldBe("0100088000000000000000");
        Cell.Exact("12.50").Encoded.ShouldBe("0200030001" + "7D");
        Cell.Float(1).Encoded.ShouldBe("0300083FF0000000000000");
        Cell.Single(1).Encoded.ShouldBe("0400043F800000");
        Cell.Truth(true).Encoded.ShouldBe("05000101");
        Cell.Utf8("é").Encoded.ShouldBe("060002C3A9");
        Cell.Binary(0, 255).Encoded.ShouldBe("07000200FF");
        Cell.Uuid("00112233-4455-6677-8899-aabbccddeeff").Encoded.ShouldBe("08001000112233445566778899AABBCCDDEEFF");
        Cell.At("0001-01-01T00:00:01Z", TimeResolution.Second).Encoded.ShouldBe("0900040098" + "9680");
        Cell.At("0001-01-01T00:00:01", TimeResolution.Second).Encoded.ShouldBe("0C0004" + "00989680");
        Cell.At("0001-01-01T00:00:01", TimeResolution.SqlDateTime).Encoded.ShouldBe("0D0002" + "012C");
        Cell.At("0001-01-01T00:00:01Z", TimeResolution.SqlDateTime).Encoded.ShouldBe("0B0002" + "012C");
        Cell.Time("00:00:00.0000001").Encoded.ShouldBe("0E000101");
        MomentWithOffset(TimeSpan.TicksPerSecond, 60).ShouldBe("0A0006" + "003C" + "00989680");
        MomentWithOffset(TimeSpan.TicksPerSecond, -60).ShouldBe("0A0006" + "FFC4" + "00989680");
    }

    [Fact]
    public void The_bytes_of_long_values_are_those_of_the_document()
    {
        byte[] bytes = [.. Enumerable.Range(0, 65_536).Select(i => (byte)('a' + (i % 26)))];
        Cell.Utf8(bytes[1..]).Encoded.ShouldStartWith("06FFFF6263");
        Cell.Utf8(bytes).Encoded.ShouldBe("0F0028" + "0000000000010000" + Sha256(bytes));
        Cell.Utf16(Encoding.ASCII.GetString(bytes)).Encoded.ShouldBe(Cell.Utf8(bytes).Encoded);
        Cell.Binary(bytes).Encoded.ShouldBe("100028" + "0000000000010000" + Sha256(bytes));
        // A number is hashed with its scale before it, be that zero.
        var number = new BigInteger(bytes, isBigEndian: true);
        Big(number, 0).ShouldBe("110028" + "0000000000010002" + Sha256([0, 0, .. bytes]));
        Big(number, 7).ShouldBe("110028" + "0000000000010002" + Sha256([0, 7, .. bytes]));

        static string Sha256(byte[] of) => Convert.ToHexString(SHA256.HashData(of));

        static string Big(BigInteger mantissa, int scale) => new Cell("big", sink => sink.BigDecimal(mantissa, scale)).Encoded;
    }

    [Theory]
    [InlineData("1", "1.0", "1.00000000000000000000000000000000000000")]
    [InlineData("0", "-0.00", "0.000000000000000000000000000000000000000000000000")]
    [InlineData("-12.5", "-12.50", "-12.5000000000000000000000000000000000000000000000")]
    [InlineData("9223372036854775808", "9223372036854775808.0", "9223372036854775808.0000000000000000000000000000000")]
    [InlineData("-170141183460469231731687303715884105728", "-170141183460469231731687303715884105728.0", "-170141183460469231731687303715884105728.00")]
    public void A_number_has_one_encoding_whatever_its_scale(params string[] spellings) =>
        spellings.Select(spelling => Cell.Exact(spelling).Encoded).Distinct().Count().ShouldBe(1);

    [Fact]
    public void An_integer_is_the_decimal_of_its_value() => Cell.Exact("42.000").Encoded.ShouldBe(Cell.Number(42).Encoded);

    [Theory]
    [InlineData("99999999999999999999999999999999999999", "99999999999999999999999999999999999998")]
    [InlineData("0.00000000000000000000000000000000000001", "0.00000000000000000000000000000000000002")]
    [InlineData("12345678901234", "12345678901235")]
    [InlineData("1", "10")]
    [InlineData("0.1", "0.01")]
    [InlineData("255", "-1")]
    [InlineData("65535.5", "-0.5")]
    public void Different_numbers_have_different_encodings(string one, string other) =>
        Cell.Exact(one).Encoded.ShouldNotBe(Cell.Exact(other).Encoded);

    [Fact]
    public void Text_is_the_same_from_UTF_8_and_from_UTF_16()
    {
        foreach (var text in new[] { "", " ", "a", "é", "e\u0301", "\r\n", "\n", "📇", "a\0b", Long[..100], Long[..30_000], Long })
            Cell.Utf16(text).Encoded.ShouldBe(Cell.Utf8(text).Encoded, text.Length > 100 ? "long" : text);
    }

    [Fact]
    public void Line_ends_normal_forms_and_case_stay_as_they_are()
    {
        string[] texts = ["a\nb", "a\r\nb", "a\rb", "é", "e\u0301", "É", "ß", "ss", "ﬁ", "fi", "ı", "i", "a\u00A0", "a ", "a"];
        texts.Select(text => Cell.Utf8(text).Encoded).Distinct().Count().ShouldBe(texts.Length);
    }

    [Fact]
    public void Halves_of_surrogate_pairs_stay_apart()
    {
        string[] texts = ["\uD83D", "\uDCC7", "\uD83D\uDCC7", "\uDCC7\uD83D", "\uFFFD", "a\uD83D", "\uD83Da", "\uD83D\uD83D\uDCC7"];
        texts.Select(text => Cell.Utf16(text).Encoded).Distinct().Count().ShouldBe(texts.Length);
        Cell.Utf16("\uD83Da").Encoded.ShouldBe("060004EDA0BD61");
    }

    [Fact]
    public void A_pair_of_surrogates_is_never_cut()
    {
        var text = string.Concat(Enumerable.Repeat("📇", 40_000));
        Cell.Utf16(text).Encoded.ShouldBe(Cell.Utf8(text).Encoded);
        Cell.Utf16("a" + text).Encoded.ShouldBe(Cell.Utf8("a" + text).Encoded);
    }

    [Fact]
    public void A_long_value_has_one_encoding_however_it_is_cut()
    {
        var bytes = Encoding.UTF8.GetBytes(Long);
        foreach (var isText in new[] { true, false })
        {
            var whole = (isText ? Cell.Utf8(bytes) : Cell.Binary(bytes)).Encoded;
            whole.Length.ShouldBe(2 * (3 + 8 + 32));
            Cell.Long(isText, bytes).Encoded.ShouldBe(whole);
            Cell.Long(isText, bytes, 1, 7, 70_000).Encoded.ShouldBe(whole);
            Cell.Long(isText, bytes, 65_535, 65_536).Encoded.ShouldBe(whole);
            Cell.Long(isText, bytes[..65_535], 10).Encoded.ShouldBe((isText ? Cell.Utf8(bytes[..65_535]) : Cell.Binary(bytes[..65_535])).Encoded);
            Cell.Long(isText, bytes[..^1], 10).Encoded.ShouldNotBe(whole);
        }
        Cell.Utf8(bytes).Encoded.ShouldNotBe(Cell.Binary(bytes).Encoded);
        Cell.Long(isText: true, []).Encoded.ShouldBe(Cell.Utf8("").Encoded);
    }

    [Fact]
    public void A_long_value_that_broke_off_leaves_nothing_behind()
    {
        using var row = new RowBuffer();
        var encoder = new ValueEncoder(row);
        var bytes = Encoding.UTF8.GetBytes(Long);
        encoder.BeginLong(isText: true);
        encoder.Part(bytes);
        row.Clear();
        Cell.Long(isText: true, bytes, 5).Give(encoder);
        Convert.ToHexString(row.Row).ShouldBe(Cell.Utf8(bytes).Encoded);
    }

    [Fact]
    public void NULL_empty_text_empty_binary_and_the_word_are_four_values() =>
        new[] { Cell.Null, Cell.Utf8(""), Cell.Binary(), Cell.Utf8("NULL") }.Select(cell => cell.Encoded).Distinct().Count().ShouldBe(4);

    [Fact]
    public void Floats_are_their_bits_but_NaN_is_one()
    {
        Cell.Float(-0d).Encoded.ShouldNotBe(Cell.Float(0d).Encoded);
        Cell.Float(BitConverter.Int64BitsToDouble(0x7FF8000000000001)).Encoded.ShouldBe(Cell.Float(double.NaN).Encoded);
        Cell.Float(0.1).Encoded.ShouldNotBe(Cell.Float(Math.BitIncrement(0.1)).Encoded);
        Cell.Float(1d / 3).Encoded.ShouldNotBe(Cell.Float(0.3333333333333333d - 1e-16).Encoded);
    }

    [Fact]
    public void Years_beyond_the_calendar_are_encoded_too()
    {
        var last = new Timestamp(9_223_372_036_854_775_807, TimeResolution.Microsecond, IsUtc: false);
        Cell.Moment(last).Encoded.ShouldNotBe(Cell.Moment(last with { Units = last.Units - 1 }).Encoded);
        Cell.Moment(last with { Units = long.MinValue }).Encoded.ShouldNotBe(Cell.Moment(last).Encoded);
    }

    private static string MomentWithOffset(long utcTicks, int offsetMinutes)
    {
        using var row = new RowBuffer();
        CanonicalBytes.MomentWithOffset(row, utcTicks, offsetMinutes);
        return Convert.ToHexString(row.Row);
    }
}

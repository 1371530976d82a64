using System.Globalization;
using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Databases.Values;
using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.Scans;
using static MigrationGuard.Tests.Verification.Fingerprints.Columns;

namespace MigrationGuard.Tests.Verification.Fingerprints;

/// <summary>Rows share an encoding exactly when they share every value, and the two sides of a copy share theirs.</summary>
public sealed class RowPropertyTests
{
    // Text that encodings, delimiters, markers and careless comparisons take for something else.
    private static readonly string[] Words =
        ["", " ", "a", "A", "a ", " a", "ab", "b", "|", "a|b", "\0", "\0\0", "NULL", "<null>", "0", "1", "é", "e\u0301", "ß", "ss", "\r\n", "\n", "📇", "\u0001\0\u0001\u0001"];

    private static readonly Gen<BigInteger> AnyMantissa = Gen.OneOf(
        Gen.Choose(-300, 300).Select(value => (BigInteger)value),
        Gen.Choose(int.MinValue, int.MaxValue).Four().Select(p => ((((((BigInteger)p.Item1 << 32) + p.Item2) << 32) + p.Item3) << 32) % BigInteger.Pow(10, (int)(1 + (Math.Abs((long)p.Item4) % 37)))));

    // What a value is, and the value itself in one of its forms.
    private static readonly Gen<(string What, Cell Cell)> AnyValue = Gen.OneOf(
        Gen.Constant(("null", Cell.Null)),
        AnyMantissa.SelectMany(_ => Gen.Choose(0, 6), (mantissa, scale) => Number(mantissa, scale)),
        Gen.Elements(Words).Select(word => ("text " + word, Cell.Utf8(word))),
        Gen.Elements(Words).Select(word => ("text " + word, Cell.Utf16(word))),
        Gen.Elements(Words).Select(word => Bytes(Encoding.UTF8.GetBytes(word))),
        Gen.Choose(0, 255).ListOf().Select(bytes => Bytes([.. bytes.Select(b => (byte)b)])),
        Gen.Choose(int.MinValue, int.MaxValue).Two().Select(p => BitConverter.Int64BitsToDouble(((long)p.Item1 << 32) | (uint)p.Item2))
            .Select(value => ("float " + (double.IsNaN(value) ? "NaN" : BitConverter.DoubleToInt64Bits(value).ToString(CultureInfo.InvariantCulture)), Cell.Float(value))),
        Gen.Elements(true, false).Select(value => ("truth " + value, Cell.Truth(value))),
        Gen.Choose(0, 3).Select(value => ("uuid " + value, Cell.Uuid($"00000000-0000-0000-0000-00000000000{value}"))),
        Gen.Choose(0, 1000).Select(value => ("time " + value, Cell.Time(value))),
        Gen.Choose(0, 1000).SelectMany(_ => Gen.Elements(true, false), (units, utc) => ($"moment {units} {utc}", Cell.Moment(new Timestamp(units, TimeResolution.Second, utc)))));

    private static readonly Gen<(string What, Cell Cell)[]> AnyRow = AnyValue.ListOf(3).Select(values => values.ToArray());

    [Fact]
    public void Two_rows_share_their_bytes_exactly_when_they_share_their_values()
    {
        // Two rows that differ at most in some columns, so that equal ones occur too.
        var pairs = AnyRow.SelectMany(_ => AnyRow, (one, other) => (one, other))
            .SelectMany(_ => Gen.Choose(0, 7), (rows, kept) => (rows.one, Other: rows.one.Zip(rows.other).Select((pair, i) => (kept >> i & 1) == 1 ? pair.First : pair.Second).ToArray()));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(pairs.ToArbitrary(), pair =>
            (Encoded(pair.one) == Encoded(pair.Other)) == pair.one.Select(v => v.What).SequenceEqual(pair.Other.Select(v => v.What))));
    }

    [Fact]
    public void A_value_that_holds_the_bytes_of_a_row_is_no_such_row() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1_000), Prop.ForAll(AnyRow.ToArbitrary(), row =>
        {
            var bytes = Convert.FromHexString(Encoded(row));
            return new[] { Cell.Binary(bytes), Cell.Utf8(bytes) }.All(whole =>
                new[] { Encoded([("", whole), row[1], row[2]]), Encoded([row[0], ("", whole), row[2]]) }.All(other => other != Encoded(row)));
        }));

    public static TheoryData<string> Pairs => [.. Copies.All.Select(copy => copy.Name)];

    [Theory, MemberData(nameof(Pairs))]
    public void A_faithful_copy_is_the_same_and_any_other_value_differs(string name)
    {
        var copy = Copies.All.Single(candidate => candidate.Name == name);
        var rule = Compared(copy.Source, copy.Target);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(copy.Values.ToArbitrary(), pair =>
        {
            rule.ShouldTakeAsSame(pair.One.Source, pair.One.Target);
            (rule.Encoded(Side.Source, pair.One.Source) == rule.Encoded(Side.Target, pair.Other.Target)).ShouldBe(
                pair.One.What == pair.Other.What, $"{pair.One.What} and {pair.Other.What}");
            rule.ShouldTellApart(pair.One.Source, Cell.Null);
            rule.ShouldTellApart(Cell.Null, pair.One.Target);
            rule.ShouldTakeAsSame(Cell.Null, Cell.Null);
        }));
    }

    private static (string, Cell) Number(BigInteger mantissa, int scale)
    {
        var power = BigInteger.Pow(10, scale);
        var digits = scale == 0
            ? mantissa.ToString(CultureInfo.InvariantCulture)
            : (mantissa.Sign < 0 ? "-" : "") + (BigInteger.Abs(mantissa) / power).ToString(CultureInfo.InvariantCulture) + "." + (BigInteger.Abs(mantissa) % power).ToString(CultureInfo.InvariantCulture).PadLeft(scale, '0');
        return ("number " + CanonicalValue.FromDigits(digits).Display, Cell.Exact(digits));
    }

    private static (string, Cell) Bytes(byte[] bytes) => ("binary " + Convert.ToHexString(bytes), Cell.Binary(bytes));

    private static string Encoded(IReadOnlyList<(string What, Cell Cell)> values)
    {
        using var row = new RowBuffer();
        foreach (var (_, cell) in values)
            cell.Give(new ValueEncoder(row));
        return Convert.ToHexString(row.Row);
    }
}

using System.Security.Cryptography;
using MigrationGuard.Databases.Values;
using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.Scans;
using static MigrationGuard.Tests.Verification.Fingerprints.Columns;

namespace MigrationGuard.Tests.Verification.Fingerprints;

/// <summary>Each way in which fingerprints of other tools were seen to call different tables identical, by its name.</summary>
public sealed class NamedTrapTests
{
    private static readonly byte[] Key = SHA256.HashData("a key for tests"u8);

    [Fact]
    public void A_delimiter_within_a_value() =>
        Rows(["x|y", "z"], ["x", "y|z"]).ShouldAllDiffer();

    [Fact]
    public void No_delimiter_at_all() =>
        Rows(["ab", "c"], ["a", "bc"], ["abc", ""], ["", "abc"]).ShouldAllDiffer();

    [Fact]
    public void A_marker_for_NULL_that_is_a_value() =>
        Rows([null, "a"], ["<null>", "a"], ["NULL", "a"], ["\0", "a"], ["", "a"], [" ", "a"]).ShouldAllDiffer();

    [Fact]
    public void Columns_in_another_order() =>
        Rows(["a", "b"], ["b", "a"]).ShouldAllDiffer();

    [Fact]
    public void CONCAT_WS_skipping_NULL() =>
        Rows([null, "a"], ["a", null], ["a", ""], ["", "a"]).ShouldAllDiffer();

    [Fact]
    public void Pairs_that_cancel_under_exclusive_or()
    {
        var (one, other) = (Digest(Cell.Utf8("one")), Digest(Cell.Utf8("other")));
        (one ^ one).ShouldBe(other ^ other);
        default(Fold).Add(one).Add(one).ShouldNotBe(default(Fold).Add(other).Add(other));
        default(Fold).Add(one).Add(one).Add(other).ShouldNotBe(default(Fold).Add(other).Add(other).Add(other));
    }

    [Fact]
    public void Counts_that_are_no_part_of_the_fold() =>
        new Fold(1, 0).ShouldNotBe(new Fold(2, 0));

    [Fact]
    public void Keys_in_scientific_notation() =>
        Compared(Bigint, Numeric(0)).ShouldTellApart(Cell.Number(12_345_678_901_234), Cell.Exact("12345678901235"));

    [Fact]
    public void Timestamps_cut_to_whole_seconds() =>
        Compared(TimestampTz, TimestampTz).ShouldTellApart(
            Cell.At("2024-03-01T10:00:00.000001Z", TimeResolution.Microsecond), Cell.At("2024-03-01T10:00:00Z", TimeResolution.Microsecond));

    [Fact]
    public void Decimals_through_single_precision()
    {
        ((float)16_777_217m).ShouldBe((float)16_777_216m);
        Compared(Numeric(2), Numeric(2)).ShouldTellApart(Cell.Exact("16777217.00"), Cell.Exact("16777216.00"));
        Compared(Numeric(2), Numeric(2)).ShouldTellApart(Cell.Exact("123456.78"), Cell.Exact("123456.79"));
    }

    [Fact]
    public void NULL_and_empty_and_spaces()
    {
        Rows([null], [""], [" "], ["  "]).ShouldAllDiffer();
        Compared(Nchar, Bpchar).ShouldTellApart(Cell.Null, Cell.Utf8("          "));
    }

    [Fact]
    public void Letters_lost_in_a_code_page()
    {
        var rule = Compared(Nvarchar, Text);
        foreach (var (name, lost) in new[] { ("Łukasz", "?ukasz"), ("Łukasz", "Lukasz"), ("João", "Joao"), ("📇", "??"), ("é", "Ã©"), ("“", "\"") })
            rule.ShouldTellApart(Cell.Utf16(name), Cell.Utf8(lost));
    }

    [Fact]
    public void Thousands_separators()
    {
        Compared(Numeric(2), Numeric(2)).ShouldTakeAsSame(Cell.Exact("1234.50"), Cell.Exact("1234.5"));
        Compared(SqliteText, Numeric(2)).ShouldTellApart(Cell.Utf8("1,234.50"), Cell.Exact("1234.50"));
    }

    [Fact]
    public void The_case_of_GUIDs()
    {
        var (upper, lower) = ("6F9619FF-8B86-D011-B42D-00C04FC964FF", "6f9619ff-8b86-d011-b42d-00c04fc964ff");
        Compared(Uniqueidentifier, Uuid).ShouldTakeAsSame(Cell.Uuid(upper), Cell.Uuid(lower));
        Compared(Uniqueidentifier, SqliteText).ShouldTakeAsSame(Cell.Uuid(upper), Cell.Utf8(lower));
        Compared(Text, Text).ShouldTellApart(Cell.Utf8(upper), Cell.Utf8(lower));
    }

    [Fact]
    public void Trailing_spaces_trimmed_on_one_side_alone()
    {
        Compared(Nvarchar, Text).ShouldTellApart(Cell.Utf16("Utrecht "), Cell.Utf8("Utrecht"));
        var padded = Compared(Nchar, Text);
        padded.Encoded(Side.Source, Cell.Utf16("Utrecht   ")).ShouldBe(padded.Encoded(Side.Target, Cell.Utf8("Utrecht   ")));
    }

    [Fact]
    public void Repeated_letters_that_sum_to_nothing() =>
        Rows([new string('a', 32)], [new string('a', 64)], [new string('b', 32)], [""]).ShouldAllDiffer();

    [Fact]
    public void The_sign_of_a_number()
    {
        Cell.Exact("-5.5").Encoded.ShouldNotBe(Cell.Exact("5.5").Encoded);
        Cell.Float(-0d).Encoded.ShouldNotBe(Cell.Float(0d).Encoded);
    }

    [Fact]
    public void The_three_changes_of_the_soundness_table()
    {
        Row[] before = [new(["a20000", "b20000", "c20000"]), new(["a90000", "b90000", "c90000"]), new(["a150000", "b150000", "c150000"])];
        Row[] after = [new(["x|y", "z", "c20000"]), new(["a90000", "b90000", null]), new(["p|q|r", "s", "c150000"])];
        foreach (var (old, current) in before.Zip(after))
            Digest(old.Cells).ShouldNotBe(Digest(current.Cells));
        // What the first and the last were planted against: the same text between bars.
        Digest(Row.Of("x|y", "z")).ShouldNotBe(Digest(Row.Of("x", "y|z")));
        Digest(Row.Of("p|q|r", "s")).ShouldNotBe(Digest(Row.Of("p", "q|r|s")));
    }

    [Fact]
    public void Digests_depend_on_the_key()
    {
        using var keyed = new RowBuffer(Key);
        using var other = new RowBuffer(SHA256.HashData("another"u8));
        foreach (var row in new[] { keyed, other })
            Cell.Number(1).Give(new ValueEncoder(row));
        RowDigest.Of(keyed).ShouldNotBe(RowDigest.Of(other));
        Convert.ToHexString(keyed.Row).ShouldBe(Convert.ToHexString(other.Row));
        ComparisonKey.Of(Key, "crm", "contact").ShouldNotBe(ComparisonKey.Of(Key, "crm", "account"));
        ComparisonKey.Of(Key, "crm", "contact").ShouldBe(HMACSHA256.HashData(Key, "comparison\0crm\0contact"u8));
    }

    [Fact]
    public void A_digest_is_the_first_half_of_a_stock_SHA_256()
    {
        using var row = new RowBuffer(Key);
        Cell.Utf8("a").Give(new ValueEncoder(row));
        var hash = SHA256.HashData([.. Key, 6, 0, 1, (byte)'a']);
        RowDigest.Of(row).ToString("x32", System.Globalization.CultureInfo.InvariantCulture).ShouldBe(Convert.ToHexStringLower(hash.AsSpan(0, 16)));
    }

    private static RowsOfText Rows(params string?[][] rows) => new([.. rows.Select(row => Digest([.. row.Select(Row.Cell)]))]);

    private static UInt128 Digest(params IReadOnlyList<Cell> cells)
    {
        using var row = new RowBuffer(Key);
        foreach (var cell in cells)
            cell.Give(new ValueEncoder(row));
        return RowDigest.Of(row);
    }

    private sealed record RowsOfText(IReadOnlyList<UInt128> Digests)
    {
        public void ShouldAllDiffer() => Digests.Distinct().Count().ShouldBe(Digests.Count);
    }

    private sealed record Row(string?[] Values)
    {
        public IReadOnlyList<Cell> Cells => Of(Values);

        public static IReadOnlyList<Cell> Of(params string?[] values) => [.. values.Select(Cell)];

        public static Cell Cell(string? value) => value is null ? Fingerprints.Cell.Null : Fingerprints.Cell.Utf8(value);
    }
}

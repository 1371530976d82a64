using MigrationGuard.Databases.Values;
using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.Scans;
using static MigrationGuard.Tests.Verification.Fingerprints.Columns;

namespace MigrationGuard.Tests.Verification.Fingerprints;

public sealed class TextRuleTests
{
    private const string Spelt = "00112233-4455-6677-8899-aabbccddeeff";

    [Fact]
    public void Text_is_compared_to_the_last_space()
    {
        var rule = Compared(Nvarchar, Text);
        rule.Narrowing.ShouldBeNull();
        rule.ShouldTakeAsSame(Cell.Utf16("Łukasz 📇"), Cell.Utf8("Łukasz 📇"));
        rule.ShouldTellApart(Cell.Utf16("a "), Cell.Utf8("a"));
        rule.ShouldTellApart(Cell.Utf16(""), Cell.Null);
        rule.ShouldTellApart(Cell.Utf16("a"), Cell.Utf8("A"));
    }

    [Fact]
    public void Padding_is_left_out_on_both_sides_and_that_is_said()
    {
        Compared(Nchar, Bpchar).Narrowing.ShouldBe("Col: trailing spaces are left out, as both sides pad to a fixed length");
        Compared(Nchar, Text).Narrowing.ShouldBe("Col: trailing spaces are left out, as the source pads to a fixed length");
        var rule = Compared(Nvarchar, Bpchar);
        rule.Narrowing.ShouldBe("Col: trailing spaces are left out, as the target pads to a fixed length");
        rule.ShouldTakeAsSame(Cell.Utf16("a "), Cell.Utf8("a         "));
        rule.ShouldTakeAsSame(Cell.Utf16("  "), Cell.Utf8(""));
        rule.ShouldTellApart(Cell.Utf16(" a"), Cell.Utf8("a"));
        rule.ShouldTellApart(Cell.Utf16("a\u00A0"), Cell.Utf8("a"));
        rule.ShouldTellApart(Cell.Utf16("a\t"), Cell.Utf8("a"));
        rule.ShouldTellApart(Cell.Utf16(" "), Cell.Null);
    }

    [Fact]
    public void Padding_of_a_long_value_is_left_out_however_it_is_cut()
    {
        var rule = Compared(Bpchar, Text);
        var kept = new string('x', 40_000) + new string(' ', 30_000) + "x";
        var padded = System.Text.Encoding.UTF8.GetBytes(kept + new string(' ', 100_000));
        rule.ShouldTakeAsSame(Cell.Long(isText: true, padded, 39_999, 50_000, 70_001, 70_002, 90_000), Cell.Utf8(kept));
        rule.ShouldTakeAsSame(Cell.Long(isText: true, padded[..40_000], 5), Cell.Utf8(new string('x', 40_000)));
        rule.ShouldTellApart(Cell.Long(isText: true, padded[..70_000], 5), Cell.Utf8(kept));
    }

    [Fact]
    public void Uuids_are_the_same_sixteen_bytes()
    {
        var rule = Compared(Uniqueidentifier, Uuid);
        rule.Narrowing.ShouldBeNull();
        rule.ShouldTakeAsSame(Cell.Uuid(Spelt), Cell.Uuid(Spelt.ToUpperInvariant()));
        rule.ShouldTellApart(Cell.Uuid(Spelt), Cell.Uuid("33221100-5544-7766-8899-aabbccddeeff"));
    }

    [Theory]
    [InlineData(Spelt)]
    [InlineData("00112233-4455-6677-8899-AABBCCDDEEFF")]
    [InlineData("{00112233-4455-6677-8899-aabbccddeeff}")]
    [InlineData("00112233445566778899aabbccddeeff")]
    [InlineData("00112233-4455-6677-8899-aabbccddeeff    ")]
    public void Text_that_spells_a_uuid_is_that_uuid(string text)
    {
        var rule = Compared(Uniqueidentifier, Text);
        rule.Narrowing.ShouldBe("Col: the target's text is compared as the UUID it spells, without its case, hyphens, braces and trailing spaces");
        rule.ShouldTakeAsSame(Cell.Uuid(Spelt), Cell.Utf8(text));
        rule.ShouldTakeAsSame(Cell.Uuid(Spelt), Cell.Utf16(text));
    }

    [Theory]
    [InlineData("\t" + Spelt)]
    [InlineData(Spelt + "\n")]
    [InlineData(" " + Spelt)]
    [InlineData("(" + Spelt + ")")]
    [InlineData("{0x00112233,0x4455,0x6677,{0x88,0x99,0xaa,0xbb,0xcc,0xdd,0xee,0xff}}")]
    public void A_SQLite_column_declared_for_uuids_is_read_no_more_loosely_than_text(string text)
    {
        foreach (var rule in new[] { Compared(Uuid, SqliteUuid), Compared(Uuid, SqliteUntyped), Compared(Uniqueidentifier, SqliteText) })
        {
            rule.ShouldTellApart(Cell.Uuid(Spelt), Cell.Utf8(text));
            rule.ShouldTakeAsSame(Cell.Uuid(Spelt), Cell.Utf8(Spelt.ToUpperInvariant() + " "));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("00112233-4455-6677-8899-aabbccddeef0")]
    [InlineData("00112233-4455-6677-8899-aabbccddeefg")]
    [InlineData(" 00112233-4455-6677-8899-aabbccddeeff")]
    [InlineData("00112233-4455-6677-8899-aabbccddeeff0")]
    public void Other_text_is_not(string text)
    {
        Compared(Uniqueidentifier, Text).ShouldTellApart(Cell.Uuid(Spelt), Cell.Utf8(text));
        Compared(Uniqueidentifier, Text).ShouldTellApart(Cell.Uuid(Spelt), Cell.Utf16(text));
    }

    [Fact]
    public void Bytes_are_compared_as_they_are_and_with_nothing_else()
    {
        Compared(Varbinary, Bytea).ShouldTellApart(Cell.Binary(1, 0), Cell.Binary(1));
        Rule(Varbinary, Uuid).ShouldBeOfType<ColumnRule.Incomparable>();
        Rule(Varbinary, Text).ShouldBeOfType<ColumnRule.Incomparable>();
    }

    [Fact]
    public void JSON_is_compared_as_its_text_unless_one_side_spells_it_anew()
    {
        Compared(Nvarchar, Json).ShouldTellApart(Cell.Utf16("{\"a\": 1}"), Cell.Utf8("{\"a\":1}"));
        Compared(Jsonb, Jsonb).ShouldTakeAsSame(Cell.Utf8("{\"a\": 1}"), Cell.Utf8("{\"a\": 1}"));
        Rule(Json, Jsonb).ShouldBeOfType<ColumnRule.Incomparable>().Reason.ShouldBe(
            "Col is json on the source and jsonb on the target, and PostgreSQL's binary JSON spells every document anew. List it in IgnoreColumns, or compare views that cast it.");
        Rule(Nvarchar, Jsonb).ShouldBeOfType<ColumnRule.Incomparable>();
    }

    [Fact]
    public void XML_is_compared_as_its_text_unless_the_target_spells_it_anew()
    {
        Compared(SqlServerXml, Xml).ShouldTakeAsSame(Cell.Utf16("<a/>"), Cell.Utf8("<a/>"));
        Compared(SqlServerXml, Xml).ShouldTellApart(Cell.Utf16("<a/>"), Cell.Utf8("<a />"));
        Rule(Xml, SqlServerXml).ShouldBeOfType<ColumnRule.Incomparable>();
    }

    [Fact]
    public void Row_versions_are_left_out_with_a_note() =>
        Rule(RowVersion, Bytea).ShouldBeOfType<ColumnRule.LeftOut>().Note.ShouldBe("Col is not compared: a row version is given anew by every update and every restore.");

    [Fact]
    public void A_type_of_the_engine_s_own_is_compared_as_its_text_with_itself_alone()
    {
        var rule = Compared(Inet, Inet);
        rule.Narrowing.ShouldBe("Col: compared as the text in which both servers spell inet");
        rule.Read(Side.Source).AsText.ShouldBeTrue();
        Rule(Inet, Inet with { StoreType = "cidr" }).ShouldBeOfType<ColumnRule.Incomparable>();
        Rule(Inet, Text).ShouldBeOfType<ColumnRule.Incomparable>();
        var variant = SqlServer("sql_variant", CanonicalKind.Unknown);
        Rule(variant, variant).ShouldBeOfType<ColumnRule.Incomparable>();
    }

    [Fact]
    public void Two_SQLite_columns_of_one_type_are_compared_as_they_are_stored()
    {
        var rule = Compared(SqliteDatetime, SqliteDatetime);
        rule.Narrowing.ShouldBeNull();
        rule.Read(Side.Target).Column.Type.Kind.ShouldBe(CanonicalKind.Untyped);
        rule.ShouldTellApart(Cell.Utf8("2024-01-01 10:00"), Cell.Utf8("2024-01-01T10:00"));
        rule.ShouldTellApart(Cell.Number(1), Cell.Utf8("1"));
        Compared(SqliteUntyped, SqliteUntyped).ShouldTellApart(Cell.Utf8("a"), Cell.Binary((byte)'a'));
    }

    [Fact]
    public void A_SQLite_column_without_a_type_is_read_as_the_other_side_s()
    {
        Compared(SqliteUntyped, Uuid).Read(Side.Source).Column.Type.Kind.ShouldBe(CanonicalKind.Uuid);
        Compared(PgTimestamp, SqliteText).Read(Side.Target).Column.Type.Kind.ShouldBe(CanonicalKind.Timestamp);
        Compared(PgTimestamp, SqliteText).Read(Side.Source).Column.Type.ShouldBe(PgTimestamp.Type);
        Compared(SqliteText, Text).Read(Side.Source).Column.Type.Kind.ShouldBe(CanonicalKind.Text);
    }
}

using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Tests.Retention.BackupHeaders;

/// <summary>LZ77+Huffman: the examples of its specification, what our own compressor writes, and what nobody should have written.</summary>
public sealed class XpressHuffmanTests
{
    [Fact]
    public void The_specifications_example_without_matches_expands() =>
        Expand(Table((48, "5055555555555555555555454404"), (128, "04")), "D8523ED794115BE9195FF9D67CDF8D0400000000", 26)
            .ShouldBe("abcdefghijklmnopqrstuvwxyz");

    [Fact]
    public void The_specifications_example_with_a_long_match_expands() =>
        Expand(Table((48, "3023"), (128, "02"), (143, "20")), "A8DC0000FF2601", 300)
            .ShouldBe(string.Concat(Enumerable.Repeat("abc", 100)));

    [Fact]
    public void A_text_expands_in_part()
    {
        Expand(Table((48, "3023"), (128, "02"), (143, "20")), "A8DC0000FF2601", 100).ShouldBe(string.Concat(Enumerable.Repeat("abc", 34))[..100]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_compressed_expands_to_itself(bool matches)
    {
        var pieces = Gen.OneOf(
            Gen.Choose(0, 255).ArrayOf(40),
            Gen.Choose(0, 3).ArrayOf(200),
            from value in Gen.Choose(0, 255)
            from count in Gen.Elements(1, 17, 18, 19, 272, 273, 274, 5000, 20000)
            select Enumerable.Repeat(value, count).ToArray());
        Prop.ForAll(pieces.NonEmptyListOf().ToArbitrary(), texts =>
        {
            var text = texts.SelectMany(piece => piece).Select(value => (byte)value).Take(XpressHuffman.MostExpandedBytes).ToArray();
            var expanded = new byte[text.Length];
            return XpressHuffman.TryExpand(XpressCompressor.Compress(text, matches), expanded) && expanded.AsSpan().SequenceEqual(text);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_whole_block_of_one_byte_expands()
    {
        var expanded = new byte[XpressHuffman.MostExpandedBytes];
        XpressHuffman.TryExpand(XpressCompressor.Compress(Enumerable.Repeat((byte)7, expanded.Length).ToArray()), expanded).ShouldBeTrue();
        expanded.ShouldAllBe(value => value == 7);
        XpressHuffman.TryExpand(XpressCompressor.Compress(expanded), new byte[expanded.Length + 1]).ShouldBeFalse();
    }

    [Fact]
    public void A_stream_that_was_cut_off_does_not_expand()
    {
        var text = Encoding.ASCII.GetBytes("a text with hardly anything that recurs: 0123456789, ABCDEFGHIJKLMNOPQRSTUVWXYZ.");
        var stream = XpressCompressor.Compress(text);
        for (var length = 0; length < stream.Length - 4; length++)
            XpressHuffman.TryExpand(stream.AsSpan(0, length), new byte[text.Length]).ShouldBeFalse($"cut at {length}");
    }

    [Theory]
    [InlineData("no code at all", 48, "00")]
    [InlineData("bits that mean nothing", 48, "2002")]
    [InlineData("bits that mean two things", 48, "111111")]
    public void A_table_that_is_no_code_does_not_expand(string problem, int at, string lengths) =>
        XpressHuffman.TryExpand([.. Table((at, lengths)), .. new byte[16]], new byte[1]).ShouldBeFalse(problem);

    [Theory]
    // The code 1 is in each a match; codes that begin with 0 are the letter a.
    [InlineData("from before the text", 128, "10", "FFFF0000")]
    [InlineData("whose length is missing", 135, "10", "00400000")]
    public void A_match_that_cannot_be_does_not_expand(string problem, int at, string length, string stream) =>
        XpressHuffman.TryExpand([.. Table((48, "10"), (at, length)), .. Convert.FromHexString(stream)], new byte[100]).ShouldBeFalse(problem);

    private static byte[] Table(params (int At, string Lengths)[] parts)
    {
        var table = new byte[XpressHuffman.TableBytes];
        foreach (var (at, lengths) in parts)
            Convert.FromHexString(lengths).CopyTo(table, at);
        return table;
    }

    private static string Expand(byte[] table, string stream, int length)
    {
        var expanded = new byte[length];
        XpressHuffman.TryExpand([.. table, .. Convert.FromHexString(stream)], expanded).ShouldBeTrue();
        return Encoding.ASCII.GetString(expanded);
    }
}

using System.Text;
using MigrationGuard.Databases.Rows;
using MigrationGuard.Databases.Values;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Tests.Verification.Segments;

/// <summary>Values as whoever asks is shown them: two that differ never read the same.</summary>
public sealed class ShownValueSinkTests
{
    private static readonly Timestamp TenOClock = Timestamp.FromUtc(new DateTimeOffset(2025, 7, 1, 10, 0, 0, TimeSpan.Zero)).Round(TimeResolution.Second);

    [Theory]
    [InlineData(0, "2025-07-01T10:00:00+00:00")]
    [InlineData(120, "2025-07-01T12:00:00+02:00")]
    [InlineData(-210, "2025-07-01T06:30:00-03:30")]
    public void A_moment_with_an_offset_is_shown_with_it(int offsetMinutes, string expected) =>
        Shown(sink => sink.Moment(TenOClock, offsetMinutes)).ShouldBe(expected);

    [Fact]
    public void A_moment_without_an_offset_is_shown_as_it_was() => Shown(sink => sink.Moment(TenOClock)).ShouldBe("2025-07-01T10:00:00Z");

    [Fact]
    public void A_group_is_known_by_its_moment_whatever_the_offset()
    {
        var sink = new CanonicalValueSink();
        sink.Moment(TenOClock, 120);
        sink.Value.ShouldBe(new CanonicalValue.Moment(TenOClock));
    }

    [Theory]
    [InlineData("636166C3A9", "café")]
    [InlineData("636166E9", "caf[0xE9]")]
    [InlineData("E9E8636166E9", "[0xE9E8]caf[0xE9]")]
    [InlineData("EFBFBD", "\uFFFD")]
    [InlineData("", "")]
    public void Bytes_that_are_no_text_are_shown_as_bytes(string hex, string expected) =>
        Shown(sink => sink.Text(Convert.FromHexString(hex))).ShouldBe(expected);

    [Fact]
    public void A_surrogate_without_its_other_half_is_shown_as_bytes_and_a_pair_as_its_character()
    {
        Shown(sink => sink.Text("a\uD83Db")).ShouldBe("a[0xEDA0BD]b");
        Shown(sink => sink.Text("a\uD83D\uDE42b")).ShouldBe("a🙂b");
    }

    [Fact]
    public void Long_values_that_differ_only_at_their_ends_are_told_apart()
    {
        var (one, other) = (Long("é", 'x'), Long("é", 'y'));
        one.ShouldNotBe(other);
        one.ShouldStartWith(new string('é', 512) + "… (200001 bytes, SHA-256 ");
        Long("aé", 'x').ShouldStartWith(string.Concat(Enumerable.Repeat("aé", 341)) + "a… (300001 bytes", customMessage: "cut before a character of which only a half would be shown");
    }

    [Fact]
    public void A_long_value_leaves_nothing_to_the_next()
    {
        var sink = new ShownValueSink();
        GiveLong(sink, "é", 'x');
        sink.Integer(7);
        sink.Value.ShouldBe(new ShownValue("7", "number"));
        GiveLong(sink, "é", 'y');
        sink.Value.Text.ShouldBe(Long("é", 'y'));
    }

    [Fact]
    public void NULL_is_no_text() => Shown(sink => sink.Null()).ShouldBeNull();

    private static string Long(string piece, char last)
    {
        var sink = new ShownValueSink();
        GiveLong(sink, piece, last);
        return sink.Value.Text!;
    }

    private static void GiveLong(ShownValueSink sink, string piece, char last)
    {
        sink.BeginLong(isText: true);
        for (var i = 0; i < 1000; i++)
            sink.Part(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, 100))));
        sink.Part([(byte)last]);
        sink.EndLong();
    }

    private static string? Shown(Action<ValueSink> give)
    {
        var sink = new ShownValueSink();
        give(sink);
        return sink.Value.Text;
    }
}

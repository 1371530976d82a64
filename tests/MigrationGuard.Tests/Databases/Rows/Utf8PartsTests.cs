using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Databases.Rows;

namespace MigrationGuard.Tests.Databases.Rows;

/// <summary>Long text becomes the same UTF-8 however its UTF-16 was cut.</summary>
public sealed class Utf8PartsTests
{
    [Fact]
    public void However_text_is_cut_its_bytes_are_those_of_the_whole()
    {
        var characters = Gen.Elements('a', 'å', '水', '\uD83D', '\uDE00', '\0');
        Prop.ForAll(Gen.ListOf(characters).ToArbitrary(), ArbMap.Default.ArbFor<PositiveInt>(), (text, length) =>
            Read([.. text], length.Get) == Read([.. text], int.MaxValue)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_pair_that_is_cut_in_two_is_one_character_and_halves_by_themselves_stay_different()
    {
        const string text = "a😀b";
        Read(text.ToCharArray(), 2).ShouldBe(RecordingSink.LongValue(true, 6, RecordingSink.Hash(Encoding.UTF8.GetBytes(text))));
        Read(['\uD83D'], 1).ShouldBe(RecordingSink.LongValue(true, 3, RecordingSink.Hash([0xED, 0xA0, 0xBD])));
        Read(['\uDE00', '\uD83D'], 1).ShouldNotBe(Read(['\uD83D', '\uDE00'], 1));
        Read(['\uD83D'], 1).ShouldNotBe(Read(['\uD83C'], 1));
    }

    private static string Read(char[] text, int length)
    {
        var sink = new RecordingSink();
        sink.BeginLong(isText: true);
        var parts = new Utf8Parts(sink);
        for (var i = 0; i < text.Length; i += Math.Min(length, text.Length))
            parts.Add(text.AsSpan(i, Math.Min(length, text.Length - i)));
        parts.End();
        sink.EndLong();
        return sink.Last;
    }
}

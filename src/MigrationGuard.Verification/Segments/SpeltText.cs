using System.Buffers;
using System.Text;
using System.Text.Unicode;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Verification.Segments;

/// <summary>Stored text as it is shown: what is no character is spelt as its bytes, <c>caf[0xE9]</c>.</summary>
/// <remarks>The replacement character that decoders put there would make different texts read alike.</remarks>
internal static class SpeltText
{
    /// <param name="isText">Whether all of it is characters.</param>
    public static string Of(ReadOnlySpan<byte> utf8, out bool isText)
    {
        isText = Utf8.IsValid(utf8);
        return isText ? Encoding.UTF8.GetString(utf8) : Spelt(utf8);
    }

    /// <summary>Of UTF-16; a surrogate without its other half is spelt as the three bytes that its code point would have.</summary>
    /// <inheritdoc cref="Of(ReadOnlySpan{byte}, out bool)"/>
    public static string Of(ReadOnlySpan<char> utf16, out bool isText)
    {
        isText = true;
        if (utf16.IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
            return utf16.ToString();
        var utf8 = new byte[utf16.Length * GeneralisedUtf8.BytesPerUnit];
        return Of(utf8.AsSpan(0, GeneralisedUtf8.Write(utf16, utf8)), out isText);
    }

    /// <summary>The beginning of a text without the bytes of a character that it may have been cut within.</summary>
    public static ReadOnlySpan<byte> WholeCharacters(ReadOnlySpan<byte> beginning)
    {
        const int longest = 4;
        for (var back = 1; back < longest && back <= beginning.Length; back++)
        {
            var end = beginning[^back..];
            if (Rune.DecodeFromUtf8(end, out _, out _) == OperationStatus.NeedMoreData)
                return beginning[..^back];
        }
        return beginning;
    }

    private static string Spelt(ReadOnlySpan<byte> utf8)
    {
        var spelt = new StringBuilder(utf8.Length);
        var invalid = 0;
        for (var at = 0; at < utf8.Length;)
        {
            var status = Rune.DecodeFromUtf8(utf8[at..], out var character, out var length);
            if (status == OperationStatus.Done)
            {
                Append(spelt, utf8.Slice(at - invalid, invalid));
                spelt.Append(character.ToString());
                invalid = 0;
            }
            else
            {
                invalid += length;
            }
            at += length;
        }
        Append(spelt, utf8[^invalid..]);
        return spelt.ToString();
    }

    private static void Append(StringBuilder spelt, ReadOnlySpan<byte> invalid)
    {
        if (!invalid.IsEmpty)
            spelt.Append("[0x").Append(Convert.ToHexString(invalid)).Append(']');
    }
}

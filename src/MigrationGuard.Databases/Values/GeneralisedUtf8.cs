using System.Buffers;
using System.Text.Unicode;

namespace MigrationGuard.Databases.Values;

/// <summary>UTF-16 as UTF-8, where a surrogate without its other half becomes the three bytes its code point would have.</summary>
/// <remarks>
/// Columns of 16-bit units may hold such halves. Replacing them by U+FFFD, as encoders do, would make different values alike;
/// this keeps every two of them apart (the encoding known as WTF-8).
/// </remarks>
public static class GeneralisedUtf8
{
    /// <summary>The most bytes that one UTF-16 unit comes to.</summary>
    public const int BytesPerUnit = 3;

    /// <summary>Writes all of <paramref name="utf16"/>.</summary>
    /// <param name="utf8">Room for <see cref="BytesPerUnit"/> bytes a unit.</param>
    /// <returns>The bytes written.</returns>
    /// <remarks>Text that is given in pieces must not be cut within a pair of surrogates; <see cref="WholePairs"/> says where it may be.</remarks>
    public static int Write(ReadOnlySpan<char> utf16, Span<byte> utf8)
    {
        var total = 0;
        while (true)
        {
            var status = Utf8.FromUtf16(utf16, utf8[total..], out var read, out var written, replaceInvalidSequences: false, isFinalBlock: true);
            total += written;
            if (status == OperationStatus.Done)
                return total;
            if (status == OperationStatus.DestinationTooSmall)
                throw new ArgumentException("There is no room for three bytes a unit.", nameof(utf8));
            WriteUnpaired(utf16[read], utf8[total..]);
            total += BytesPerUnit;
            utf16 = utf16[(read + 1)..];
        }
    }

    /// <summary>Writes a surrogate without its other half, in <see cref="BytesPerUnit"/> bytes.</summary>
    public static void WriteUnpaired(char surrogate, Span<byte> utf8)
    {
        utf8[0] = (byte)(0xE0 | (surrogate >> 12));
        utf8[1] = (byte)(0x80 | ((surrogate >> 6) & 0x3F));
        utf8[2] = (byte)(0x80 | (surrogate & 0x3F));
    }

    /// <summary>How many of the first <paramref name="most"/> units can be written by themselves, more following.</summary>
    public static int WholePairs(ReadOnlySpan<char> utf16, int most) =>
        most >= utf16.Length ? utf16.Length
        : char.IsHighSurrogate(utf16[most - 1]) && char.IsLowSurrogate(utf16[most]) ? most - 1
        : most;
}

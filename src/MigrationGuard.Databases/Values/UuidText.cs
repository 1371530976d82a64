using System.Buffers.Text;

namespace MigrationGuard.Databases.Values;

/// <summary>Reads UUIDs written as text.</summary>
public static class UuidText
{
    private const int Longest = 38;

    /// <summary>
    /// Reads 32 hexadecimal digits of either case, plain, with the hyphens of RFC 9562, or with those and braces; spaces (U+0020)
    /// may follow, and nothing else may.
    /// </summary>
    /// <remarks>Stricter than <see cref="Guid"/>'s own reading, by which text that differs in more than that would be one value.</remarks>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out Guid uuid)
    {
        var text = utf8.TrimEnd((byte)' ');
        uuid = default;
        return FormatOf(text.Length) is { } format && Utf8Parser.TryParse(text, out uuid, out var consumed, format) && consumed == text.Length;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out Guid)"/>
    public static bool TryRead(ReadOnlySpan<char> utf16, out Guid uuid)
    {
        var text = utf16.TrimEnd(' ');
        Span<byte> ascii = stackalloc byte[Longest];
        uuid = default;
        return text.Length <= Longest
            && System.Text.Ascii.FromUtf16(text, ascii, out var written) == System.Buffers.OperationStatus.Done
            && TryRead(ascii[..written], out uuid);
    }

    private static char? FormatOf(int length) => length switch
    {
        32 => 'N',
        36 => 'D',
        38 => 'B',
        _ => null,
    };
}

using System.Buffers.Text;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>Writes uuids, and text that spells one as such: digits of either case, with or without hyphens or braces.</summary>
internal sealed class UuidTextEncoder(RowBuffer row) : ValueEncoder(row)
{
    // Longer than any spelling with the padding that is usual.
    private const int Longest = 64;

    public override void Text(ReadOnlySpan<byte> utf8)
    {
        if (!TryWrite(utf8.TrimEnd((byte)' ')))
            base.Text(utf8);
    }

    public override void Text(ReadOnlySpan<char> utf16)
    {
        var trimmed = utf16.TrimEnd(' ');
        Span<byte> utf8 = stackalloc byte[Longest * GeneralisedUtf8.BytesPerUnit];
        if (trimmed.Length > Longest || !TryWrite(utf8[..GeneralisedUtf8.Write(trimmed, utf8)]))
            base.Text(utf16);
    }

    private bool TryWrite(ReadOnlySpan<byte> text)
    {
        var format = text.Length switch
        {
            32 => 'N',
            36 => 'D',
            38 => 'B',
            _ => '\0',
        };
        if (format == '\0' || !Utf8Parser.TryParse(text, out Guid uuid, out var consumed, format) || consumed != text.Length)
            return false;
        Span<byte> bytes = stackalloc byte[16];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        Uuid(bytes);
        return true;
    }
}

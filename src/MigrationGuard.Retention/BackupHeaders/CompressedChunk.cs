using System.Buffers.Binary;

namespace MigrationGuard.Retention.BackupHeaders;

/// <summary>A part of a back-up that was compressed by itself: a header of 28 bytes, and a block of LZ77+Huffman.</summary>
/// <remarks>
/// The blocks of a compressed back-up are those of a plain one, in chunks; filemarks stand between the chunks in the clear. A
/// chunk expands to a number of sectors that its header says, which is not believed beyond what a block can hold.
/// </remarks>
internal static class CompressedChunk
{
    /// <summary>Where the first chunk lies, which holds the media header.</summary>
    public const int FirstAt = 480;

    private const byte Mark = 0x21;
    private const int SectorsAt = 1;
    private const int LengthAt = 2;
    private const int HeaderBytes = 28;
    private const int SectorBytes = 512;

    /// <summary>What the file has at the range's start, expanded into <paramref name="room"/> as far as that goes.</summary>
    /// <returns>False where that is no chunk, or no valid one.</returns>
    /// <exception cref="UnreadHeaderException">The file ends within the chunk.</exception>
    public static bool TryExpand(FileRange range, Span<byte> room, out MtfBlock block)
    {
        block = default;
        var bytes = range.Span;
        if (bytes.Length < HeaderBytes && range.EndsWithFile && (bytes.IsEmpty || bytes[0] == Mark))
            throw UnreadHeaderException.Truncated(range.FileLength, "within its header");
        if (bytes.Length < HeaderBytes || bytes[0] != Mark)
            return false;

        var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[LengthAt..]);
        var expandedBytes = bytes[SectorsAt] * SectorBytes;
        if (expandedBytes is 0 or > XpressHuffman.MostExpandedBytes || length <= XpressHuffman.TableBytes)
            return false;
        var stream = bytes[HeaderBytes..Math.Min(HeaderBytes + length, bytes.Length)];
        if (stream.Length < length && range.EndsWithFile)
            throw UnreadHeaderException.Truncated(range.FileLength, "within its header");

        var expanded = room[..Math.Min(expandedBytes, room.Length)];
        if (!XpressHuffman.TryExpand(stream, expanded))
            return false;
        block = new MtfBlock(expanded, new Place(range.At, 0), null);
        return true;
    }
}

using System.Buffers.Binary;

namespace MigrationGuard.Retention.BackupHeaders;

/// <summary>Expands one block of LZ77+Huffman, the Xpress compression algorithm.</summary>
/// <remarks>
/// Specified in [MS-XCA] 2.2. A block is a table of 512 code lengths of 4 bits, low half first, and a stream of bits in
/// little-endian words of 16, highest bit first. Symbols under 256 are bytes; the others are matches: 4 bits are the length less 3,
/// 4 are how many bits of distance follow. Longer lengths lie as bytes between the words, just behind those that are already taken.
/// </remarks>
internal ref struct XpressHuffman
{
    public const int TableBytes = 256;

    /// <summary>What one block expands to at most; a longer text is several blocks, each with its table.</summary>
    public const int MostExpandedBytes = 65536;

    private const int Symbols = 512;
    private const int LongestCode = 15;
    private const int ShortestMatch = 3;
    private const int WordBits = 16;

    /// <summary>Two words are taken before the first of them is needed, so that many may be taken past the end.</summary>
    private const int BytesPastEnd = 4;

    private readonly ReadOnlySpan<byte> _compressed;
    private int _position = TableBytes;

    // The next bits, from the highest on; of them, WordBits + _spare are there.
    private uint _bits;
    private int _spare;

    private XpressHuffman(ReadOnlySpan<byte> compressed)
    {
        _compressed = compressed;
        _bits = (uint)(NextWord() << WordBits | NextWord());
        _spare = WordBits;
    }

    /// <summary>Fills <paramref name="expanded"/>, and leaves what more the block holds.</summary>
    /// <returns>False where the block is no valid one, or holds less; what was written then is of no meaning.</returns>
    public static bool TryExpand(ReadOnlySpan<byte> compressed, Span<byte> expanded)
    {
        if (compressed.Length < TableBytes || expanded.Length > MostExpandedBytes)
            return false;
        Span<ushort> counts = stackalloc ushort[LongestCode + 1];
        Span<ushort> ordered = stackalloc ushort[Symbols];
        return TryOrder(compressed[..TableBytes], counts, ordered)
            && new XpressHuffman(compressed).TryFill(expanded, counts, ordered);
    }

    /// <summary>The symbols in the order of their codes, and how many have codes of each length.</summary>
    /// <returns>False where some sequences of bits would mean nothing, or two things.</returns>
    private static bool TryOrder(ReadOnlySpan<byte> table, Span<ushort> counts, Span<ushort> ordered)
    {
        counts.Clear();
        for (var symbol = 0; symbol < Symbols; symbol++)
            counts[LengthOf(table, symbol)]++;

        Span<int> next = stackalloc int[LongestCode + 1];
        var (used, place) = (0, 0);
        for (var length = 1; length <= LongestCode; length++)
        {
            used += counts[length] << LongestCode - length;
            next[length] = place;
            place += counts[length];
        }
        if (used != 1 << LongestCode)
            return false;

        for (var symbol = 0; symbol < Symbols; symbol++)
        {
            if (LengthOf(table, symbol) is var length and > 0)
                ordered[next[length]++] = (ushort)symbol;
        }
        return true;
    }

    private static int LengthOf(ReadOnlySpan<byte> table, int symbol) => table[symbol / 2] >> symbol % 2 * 4 & 15;

    private bool TryFill(scoped Span<byte> expanded, scoped ReadOnlySpan<ushort> counts, scoped ReadOnlySpan<ushort> ordered)
    {
        for (var filled = 0; filled < expanded.Length;)
        {
            var symbol = NextSymbol(counts, ordered);
            if (_position > _compressed.Length + BytesPastEnd)
                return false;
            if (symbol < TableBytes)
            {
                expanded[filled++] = (byte)symbol;
                continue;
            }

            if (!TryMatchLength(symbol & 15, out var length))
                return false;
            var distanceBits = symbol >> 4 & 15;
            var distance = 1 << distanceBits | NextBits(distanceBits);
            if (distance > filled)
                return false;
            // Byte by byte: a match may reach into what it is itself writing.
            for (var end = (int)Math.Min(filled + length, expanded.Length); filled < end; filled++)
                expanded[filled] = expanded[filled - distance];
        }
        return true;
    }

    /// <summary>Codes of one length are consecutive numbers, and follow on those of the length before.</summary>
    private int NextSymbol(scoped ReadOnlySpan<ushort> counts, scoped ReadOnlySpan<ushort> ordered)
    {
        var (code, first, place) = (0, 0, 0);
        for (var length = 1; length <= LongestCode; length++)
        {
            code |= (int)(_bits >> 32 - length & 1);
            if (code - first < counts[length])
            {
                Take(length);
                return ordered[place + code - first];
            }
            place += counts[length];
            first = first + counts[length] << 1;
            code <<= 1;
        }
        throw new InvalidOperationException("A complete code has a symbol for any bits.");
    }

    private bool TryMatchLength(int inSymbol, out long length)
    {
        length = inSymbol + ShortestMatch;
        if (inSymbol < 15)
            return true;
        if (_position >= _compressed.Length)
            return false;
        var more = _compressed[_position++];
        length += more;
        if (more < 255)
            return true;

        if (_position + sizeof(ushort) > _compressed.Length)
            return false;
        length = NextWord();
        if (length == 0)
        {
            if (_position + sizeof(uint) > _compressed.Length)
                return false;
            length = BinaryPrimitives.ReadUInt32LittleEndian(_compressed[_position..]);
            _position += sizeof(uint);
        }
        length += ShortestMatch;
        return length >= 15 + ShortestMatch;
    }

    private int NextBits(int count)
    {
        if (count == 0)
            return 0;
        var bits = (int)(_bits >> 32 - count);
        Take(count);
        return bits;
    }

    private void Take(int count)
    {
        _bits <<= count;
        _spare -= count;
        if (_spare >= 0)
            return;
        _bits |= (uint)NextWord() << -_spare;
        _spare += WordBits;
    }

    /// <summary>Zero where the stream has ended.</summary>
    private int NextWord()
    {
        var word = _position + sizeof(ushort) <= _compressed.Length ? BinaryPrimitives.ReadUInt16LittleEndian(_compressed[_position..]) : 0;
        _position += sizeof(ushort);
        return word;
    }
}

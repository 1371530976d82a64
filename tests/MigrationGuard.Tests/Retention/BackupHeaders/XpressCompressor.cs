using System.Buffers.Binary;

namespace MigrationGuard.Tests.Retention.BackupHeaders;

/// <summary>Compresses one block with LZ77+Huffman as [MS-XCA] 2.1 describes, with or without looking for matches.</summary>
internal sealed class XpressCompressor
{
    private readonly List<byte> _output = [];
    private readonly int[] _lengths;
    private readonly int[] _codes = new int[512];
    private int _first, _second, _word, _free = 16;

    /// <summary>A byte, or a match: how long, and how far back.</summary>
    private readonly record struct Token(byte Literal, int Length, int Distance)
    {
        public int DistanceBits => 31 - int.LeadingZeroCount(Distance);

        public int Symbol => Length == 0 ? Literal : 256 + (DistanceBits << 4) + Math.Min(15, Length - 3);
    }

    private XpressCompressor(int[] lengths)
    {
        _lengths = lengths;
        var code = 0;
        for (var length = 1; length <= 15; length++, code <<= 1)
        {
            for (var symbol = 0; symbol < 512; symbol++)
            {
                if (lengths[symbol] == length)
                    _codes[symbol] = code++;
            }
        }
        for (var i = 0; i < 256; i++)
            _output.Add((byte)(lengths[2 * i] | lengths[2 * i + 1] << 4));
        _first = Reserve();
        _second = Reserve();
    }

    public static byte[] Compress(byte[] text, bool matches = true)
    {
        var tokens = Tokens(text, matches);
        var writer = new XpressCompressor(CodeLengths(tokens));
        foreach (var token in tokens)
            writer.Write(token);
        writer.WriteBits(0, writer._free);
        return [.. writer._output];
    }

    private static List<Token> Tokens(byte[] text, bool matches)
    {
        var tokens = new List<Token>();
        for (var at = 0; at < text.Length;)
        {
            var (length, distance) = (0, 0);
            // The distances that headers have: runs of a byte or of a few, and the block before.
            foreach (var candidate in matches ? new[] { 1, 2, 3, 4, 16, 512, 1024, 2048 } : [])
            {
                if (candidate > at)
                    continue;
                var same = 0;
                while (at + same < text.Length && text[at + same] == text[at + same - candidate])
                    same++;
                if (same > length)
                    (length, distance) = (same, candidate);
            }
            tokens.Add(length >= 3 ? new Token(0, length, distance) : new Token(text[at], 0, 0));
            at += length >= 3 ? length : 1;
        }
        return tokens;
    }

    /// <summary>Huffman's code lengths of what occurs; frequencies are evened out until none is longer than 15 bits.</summary>
    private static int[] CodeLengths(List<Token> tokens)
    {
        var frequencies = new int[512];
        foreach (var token in tokens)
            frequencies[token.Symbol]++;
        // A code needs two symbols.
        frequencies[256]++;
        frequencies[257]++;
        while (true)
        {
            var lengths = new int[512];
            var queue = new PriorityQueue<int[], (int Weight, int Order)>();
            for (var symbol = 0; symbol < 512; symbol++)
            {
                if (frequencies[symbol] > 0)
                    queue.Enqueue([symbol], (frequencies[symbol], symbol));
            }
            for (var order = 512; queue.Count > 1; order++)
            {
                queue.TryDequeue(out var one, out var weight);
                queue.TryDequeue(out var other, out var otherWeight);
                int[] joined = [.. one!, .. other!];
                foreach (var symbol in joined)
                    lengths[symbol]++;
                queue.Enqueue(joined, (weight.Weight + otherWeight.Weight, order));
            }
            if (lengths.Max() <= 15)
                return lengths;
            frequencies = [.. frequencies.Select(frequency => (frequency + 1) / 2)];
        }
    }

    private void Write(Token token)
    {
        WriteBits(_codes[token.Symbol], _lengths[token.Symbol]);
        if (token.Length == 0)
            return;
        var more = token.Length - 3 - 15;
        if (more >= 0 && more < 255)
            _output.Add((byte)more);
        else if (more >= 255 && token.Length - 3 <= ushort.MaxValue)
            _output.AddRange([255, (byte)(token.Length - 3), (byte)(token.Length - 3 >> 8)]);
        else if (more >= 255)
            throw new ArgumentException("A block has no longer matches.");
        WriteBits(token.Distance - (1 << token.DistanceBits), token.DistanceBits);
    }

    private void WriteBits(int bits, int count)
    {
        if (count <= _free)
        {
            _word = _word << count | bits;
            _free -= count;
            if (count == 0 || _free > 0)
                return;
            PutWord(_first, _word);
            return;
        }
        var rest = count - _free;
        PutWord(_first, _word << _free | bits >> rest);
        (_first, _second) = (_second, Reserve());
        _word = bits & (1 << rest) - 1;
        _free = 16 - rest;
    }

    private int Reserve()
    {
        _output.AddRange([0, 0]);
        return _output.Count - 2;
    }

    private void PutWord(int at, int word)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)word);
        (_output[at], _output[at + 1]) = (bytes[0], bytes[1]);
    }
}

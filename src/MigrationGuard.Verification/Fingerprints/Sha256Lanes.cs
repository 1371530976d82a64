using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>SHA-256 (FIPS 180-4, section 6.2) of eight short messages at once, one in each 32-bit lane of a vector.</summary>
/// <remarks>
/// The platform's implementation is the better one for anything long. For a row of a few hundred bytes, what it does around each
/// message (a native call or three, each of which clears OpenSSL's queue of errors) costs twice what the digest does, and is a
/// third of what a whole comparison costs. That the digests are the platform's is held by tests, at every length.
/// </remarks>
internal sealed class Sha256Lanes
{
    /// <summary>Messages at once.</summary>
    public const int Count = 8;

    /// <summary>Bytes of the longest message that is taken.</summary>
    public const int Longest = (MostBlocks * BlockLength) - PaddingLength;

    private const int MostBlocks = 64;
    private const int BlockLength = 64;
    private const int WordsPerBlock = BlockLength / sizeof(uint);
    private const int Rounds = 64;

    // A bit that is one, and the length in bits as 64 bits (section 5.1.1).
    private const int PaddingLength = 1 + sizeof(ulong);

    // The words of all messages, first words first: word i of lane j is at 8 i + j, so that a vector of them lies together.
    private readonly uint[] _words = new uint[MostBlocks * WordsPerBlock * Count];
    private readonly uint[] _blocks = new uint[Count];
    private uint _mostBlocks;

    /// <summary>Whether this processor has lanes wide enough for it to be worth while.</summary>
    public static bool IsSupported => Vector256.IsHardwareAccelerated;

    // Section 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes.
    private static ReadOnlySpan<uint> Constants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    /// <summary>Puts a message into a lane.</summary>
    /// <param name="message">At most <see cref="Longest"/> bytes.</param>
    public void Put(int lane, ReadOnlySpan<byte> message)
    {
        var blocks = (uint)((message.Length + PaddingLength + BlockLength - 1) / BlockLength);
        var words = MemoryMarshal.Cast<byte, uint>(message);
        var at = lane;
        foreach (var word in words)
        {
            _words[at] = BinaryPrimitives.ReverseEndianness(word);
            at += Count;
        }
        Span<byte> last = stackalloc byte[sizeof(uint)];
        last.Clear();
        var rest = message[(words.Length * sizeof(uint))..];
        rest.CopyTo(last);
        last[rest.Length] = 0x80;
        _words[at] = BinaryPrimitives.ReadUInt32BigEndian(last);
        // The length takes two words, of which no message here needs the first.
        var end = lane + (((int)blocks * WordsPerBlock) - 1) * Count;
        for (at += Count; at < end; at += Count)
            _words[at] = 0;
        _words[end] = (uint)message.Length * 8;
        _blocks[lane] = blocks;
        _mostBlocks = Math.Max(_mostBlocks, blocks);
    }

    /// <summary>Digests what lies in the lanes, which are empty afterwards.</summary>
    /// <param name="digests">The first 16 bytes of each lane's digest, as one number; of no meaning for lanes nothing was put into.</param>
    // Compiled well from its first call: the simple code that others begin with would take a thousand times as long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Digest(Span<UInt128> digests)
    {
        // Section 5.3.3: the first 32 bits of the fractional parts of the square roots of the first eight primes.
        var h0 = Vector256.Create(0x6a09e667u);
        var h1 = Vector256.Create(0xbb67ae85u);
        var h2 = Vector256.Create(0x3c6ef372u);
        var h3 = Vector256.Create(0xa54ff53au);
        var h4 = Vector256.Create(0x510e527fu);
        var h5 = Vector256.Create(0x9b05688cu);
        var h6 = Vector256.Create(0x1f83d9abu);
        var h7 = Vector256.Create(0x5be0cd19u);
        var blocks = Vector256.Create(_blocks);
        Span<Vector256<uint>> schedule = stackalloc Vector256<uint>[Rounds];
        ref var w = ref MemoryMarshal.GetReference(schedule);
        ref var k = ref MemoryMarshal.GetReference(Constants);
        for (var block = 0u; block < _mostBlocks; block++)
        {
            Schedule(ref w, _words.AsSpan((int)block * WordsPerBlock * Count, WordsPerBlock * Count));
            var (a, b, c, d, e, f, g, h) = (h0, h1, h2, h3, h4, h5, h6, h7);
            for (var t = 0; t < Rounds; t += 8)
            {
                Round(a, b, c, ref d, e, f, g, ref h, Unsafe.Add(ref w, t) + Vector256.Create(Unsafe.Add(ref k, t)));
                Round(h, a, b, ref c, d, e, f, ref g, Unsafe.Add(ref w, t + 1) + Vector256.Create(Unsafe.Add(ref k, t + 1)));
                Round(g, h, a, ref b, c, d, e, ref f, Unsafe.Add(ref w, t + 2) + Vector256.Create(Unsafe.Add(ref k, t + 2)));
                Round(f, g, h, ref a, b, c, d, ref e, Unsafe.Add(ref w, t + 3) + Vector256.Create(Unsafe.Add(ref k, t + 3)));
                Round(e, f, g, ref h, a, b, c, ref d, Unsafe.Add(ref w, t + 4) + Vector256.Create(Unsafe.Add(ref k, t + 4)));
                Round(d, e, f, ref g, h, a, b, ref c, Unsafe.Add(ref w, t + 5) + Vector256.Create(Unsafe.Add(ref k, t + 5)));
                Round(c, d, e, ref f, g, h, a, ref b, Unsafe.Add(ref w, t + 6) + Vector256.Create(Unsafe.Add(ref k, t + 6)));
                Round(b, c, d, ref e, f, g, h, ref a, Unsafe.Add(ref w, t + 7) + Vector256.Create(Unsafe.Add(ref k, t + 7)));
            }
            // A lane whose message has ended keeps what it came to.
            var isIn = Vector256.GreaterThan(blocks, Vector256.Create(block));
            h0 += a & isIn;
            h1 += b & isIn;
            h2 += c & isIn;
            h3 += d & isIn;
            h4 += e & isIn;
            h5 += f & isIn;
            h6 += g & isIn;
            h7 += h & isIn;
        }
        for (var lane = 0; lane < Count; lane++)
            digests[lane] = new UInt128(((ulong)h0[lane] << 32) | h1[lane], ((ulong)h2[lane] << 32) | h3[lane]);
        _blocks.AsSpan().Clear();
        _mostBlocks = 0;
    }

    // Section 6.2.2, step 1, and each round's constant added to its word.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Schedule(ref Vector256<uint> w, ReadOnlySpan<uint> words)
    {
        ref var word = ref MemoryMarshal.GetReference(words);
        for (var t = 0; t < WordsPerBlock; t++)
            Unsafe.Add(ref w, t) = Vector256.LoadUnsafe(ref word, (nuint)(t * Count));
        for (var t = WordsPerBlock; t < Rounds; t++)
        {
            var two = Unsafe.Add(ref w, t - 2);
            var fifteen = Unsafe.Add(ref w, t - 15);
            Unsafe.Add(ref w, t) = Unsafe.Add(ref w, t - 16) + Unsafe.Add(ref w, t - 7)
                + (RotateRight(two, 17) ^ RotateRight(two, 19) ^ (two >>> 10))
                + (RotateRight(fifteen, 7) ^ RotateRight(fifteen, 18) ^ (fifteen >>> 3));
        }
    }

    // Section 6.2.2, step 3. The eight variables change places by being passed in another order.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        Vector256<uint> a, Vector256<uint> b, Vector256<uint> c, ref Vector256<uint> d, Vector256<uint> e, Vector256<uint> f, Vector256<uint> g, ref Vector256<uint> h, Vector256<uint> w)
    {
        var choice = g ^ (e & (f ^ g));
        var majority = (a & b) | (c & (a | b));
        var first = h + w + choice + (RotateRight(e, 6) ^ RotateRight(e, 11) ^ RotateRight(e, 25));
        d += first;
        h = first + majority + (RotateRight(a, 2) ^ RotateRight(a, 13) ^ RotateRight(a, 22));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> RotateRight(Vector256<uint> value, [ConstantExpected] byte bits) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateRight(value, bits) : (value >>> bits) | (value << (32 - bits));
}

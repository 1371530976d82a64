using System.Security.Cryptography;
using System.Buffers.Binary;
using System.Text;
using MigrationGuard.Demo;

namespace MigrationGuard.Qualification;

/// <summary>Values and choices that follow from the seed and the corruption's name alone.</summary>
/// <remarks>A generator for each corruption: one that is added to the catalogue changes none of the others.</remarks>
internal sealed class Draw
{
    private const int Chunk = 1 << 16;

    private static readonly string[] Syllables = ["mar", "lo", "ne", "vi", "tas", "ker", "ou", "sel", "dri", "pan", "hu", "wyn"];

    private readonly DemoRandom _random;

    public Draw(long seed, string name)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{seed}\0{name}")));
        _random = new DemoRandom(BinaryPrimitives.ReadUInt64BigEndian(digest));
    }

    /// <summary>A whole number in [<paramref name="from"/>, <paramref name="to"/>).</summary>
    public long Between(long from, long to) => from + (long)((((ulong)_random.Below(Chunk) << 47) ^ ((ulong)_random.Below(Chunk) << 32) ^ ((ulong)_random.Below(Chunk) << 16) ^ (ulong)_random.Below(Chunk)) % (ulong)(to - from));

    public int Below(int limit) => (int)Between(0, limit);

    /// <summary>A word of small letters, three to nine.</summary>
    public string Word() => string.Concat(Enumerable.Range(0, 2 + Below(2)).Select(_ => Syllables[Below(Syllables.Length)]));

    public string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => Word()));

    /// <summary>So many digits, neither the first nor the last a zero.</summary>
    public string Digits(int count) => string.Concat(Enumerable.Range(0, count).Select(i => (char)(i == 0 || i == count - 1 ? '1' + Below(9) : '0' + Below(10))));

    public Guid Uuid() => new(_random.UniqueIdentifier());

    public byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(_ => (byte)Below(256))];

    /// <summary>A day from 1990 to 2029 that is not read otherwise when its day and month change places, but is another.</summary>
    public DateOnly Day()
    {
        var month = 1 + Below(12);
        return new DateOnly(1990 + Below(40), month, 1 + ((month + Below(11)) % 12));
    }

    /// <summary>A time of the afternoon with microseconds, none of its parts zero.</summary>
    public TimeOnly Time() => new(13 + Below(10), 1 + Below(58), 1 + Below(58), 1 + Below(998), 1 + Below(998));

    public DateTime Moment() => Day().ToDateTime(Time());
}

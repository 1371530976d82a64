namespace MigrationGuard.Qualification.Damages;

/// <summary>What happens to bytes.</summary>
internal static class ByteDamages
{
    private const int BitsPerByte = 8;

    public static IReadOnlyList<Damage> Binary { get; } =
    [
        Damage.Of<byte[]>("one-bit", "One bit changes.", null, BitFlipped),
        Bytes("first-bit", "The first bit changes.", null, bytes => [(byte)(bytes[0] ^ 0x80), .. bytes[1..]]),
        Bytes("zero-byte-added", "A zero byte is put after the last.", null, bytes => [.. bytes, 0]),
        Damage.Of<byte[]>("zero-byte-lost", "A zero byte at the end is lost.", draw => [.. draw.Bytes(12), 0], (bytes, _) => bytes[..^1]),
        Damage.Of<byte[]>("cut", "The last byte is lost.", null, (bytes, _) => bytes[..^1]),
        Damage.Of<byte[]>("reversed", "The order of the bytes is turned round.", draw => [1, .. draw.Bytes(6), 2], (bytes, _) => bytes.Reverse().ToArray()),
        Damage.Of<byte[]>("cut-at-zero-byte", "Everything from a zero byte on is lost.", draw => [7, .. draw.Bytes(3), 0, .. draw.Bytes(5)], (bytes, _) => bytes[..4]),
        Bytes("line-ends-changed", "A carriage return before a line feed is lost, as if it were text.", draw => [.. draw.Bytes(5), 13, 10, .. draw.Bytes(5)], bytes => [.. bytes[..5], .. bytes[6..]]),
        Damage.Of<byte[]>("spelt", "The bytes become their hexadecimal spelling.", null, (bytes, _) => System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(bytes))),
        Damage.Fixed("null-for-empty", "Empty binary becomes NULL.", Array.Empty<byte>(), null),
        Damage.Fixed("empty-for-null", "NULL becomes empty binary.", null, Array.Empty<byte>()),
        Damage.Of<byte[]>("bit-of-long-value", "One bit of 100,000 bytes changes.", draw => draw.Bytes(100_000), BitFlipped),
    ];

    public static IReadOnlyList<Damage> Uuid { get; } =
    [
        Damage.Of<Guid>("one-bit", "One bit changes.", null, (uuid, draw) => new Guid(BitFlipped(uuid.ToByteArray(bigEndian: true), draw), bigEndian: true)),
        Damage.Of<Guid>("bytes-reordered", "The first three parts are read with the other byte order.", null, (uuid, _) => new Guid(uuid.ToByteArray(bigEndian: true), bigEndian: false)),
        Damage.Fixed("zero-for-null", "NULL becomes the UUID of zeros.", null, Guid.Empty),
        Damage.Fixed("null-for-zero", "The UUID of zeros becomes NULL.", Guid.Empty, null),
    ];

    private static Damage Bytes(string kind, string what, Func<Draw, byte[]>? before, Func<byte[], byte[]> after) =>
        Damage.Of<byte[]>(kind, what, before, (bytes, _) => after(bytes));

    private static byte[] BitFlipped(byte[] bytes, Draw draw)
    {
        var flipped = (byte[])bytes.Clone();
        var bit = draw.Below(bytes.Length * BitsPerByte);
        flipped[bit / BitsPerByte] ^= (byte)(1 << (bit % BitsPerByte));
        return flipped;
    }
}

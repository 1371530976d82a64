using System.Security.Cryptography;
using MigrationGuard.Verification.Fingerprints;

namespace MigrationGuard.Verification.Segments;

/// <summary>A row that is kept to be compared with one of the other side.</summary>
/// <param name="Bytes">Its canonical bytes, with the SHA-256 of long columns in their place.</param>
/// <param name="Ends">Where each column ends.</param>
/// <param name="KeyLength">How many of the bytes are its key's.</param>
internal sealed record KeptRow(byte[] Bytes, int[] Ends, int KeyLength)
{
    // To tell which columns differ takes no more of a column than its hash.
    private const int LongestWhole = 64;

    // No tag, so that no column that is whole has the bytes of one that is hashed.
    private const byte Hashed = 0xFF;
    private const int HashedLength = 1 + SHA256.HashSizeInBytes;

    private UInt128? _digest;

    /// <summary>The values as they are shown; null where nobody wants to see them.</summary>
    public IReadOnlyList<ShownValue>? Shown { get; init; }

    public ReadOnlySpan<byte> Key => Bytes.AsSpan(0, KeyLength);

    /// <summary>Bytes that its columns take, and what is shown of them.</summary>
    public long Size => Bytes.Length + ((long)sizeof(int) * Ends.Length) + (Shown?.Sum(value => (long)sizeof(char) * (value.Text?.Length ?? 0)) ?? 0);

    public static KeptRow Of(EncodedRow row, ReadOnlySpan<int> ends, int keyColumns)
    {
        var kept = new int[ends.Length];
        var length = 0;
        for (var (column, from) = (0, 0); column < ends.Length; from = ends[column++])
            kept[column] = length += ends[column] - from <= LongestWhole ? ends[column] - from : HashedLength;
        var bytes = new byte[length];
        for (var (column, from, to) = (0, 0, 0); column < ends.Length; to = kept[column], from = ends[column++])
            Put(row.Bytes[from..ends[column]], bytes.AsSpan(to..kept[column]));
        // The row's digest cannot be made of what is left of a row with hashes in it.
        return new KeptRow(bytes, kept, keyColumns == 0 ? length : kept[keyColumns - 1]) { _digest = length == row.Bytes.Length ? null : row.Digest() };
    }

    public ReadOnlySpan<byte> Column(int column) => Bytes.AsSpan(column == 0 ? 0 : Ends[column - 1], Ends[column] - (column == 0 ? 0 : Ends[column - 1]));

    /// <summary>The digest of the whole row, after the comparison's <paramref name="key"/>.</summary>
    public UInt128 Digest(byte[] key) => _digest ??= RowDigest.Of(key, Bytes);

    private static void Put(ReadOnlySpan<byte> column, Span<byte> room)
    {
        if (column.Length <= LongestWhole)
        {
            column.CopyTo(room);
            return;
        }
        room[0] = Hashed;
        SHA256.HashData(column, room[1..]);
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>The digest of a row: the first 16 bytes of SHA-256 over the comparison's key and the encoded row.</summary>
/// <remarks>
/// 128 bits, as digests are summed to 128 bits. The key keeps whoever can write rows, but does not hold the key, from choosing
/// some whose digests cancel, and keeps digests in reports from being looked up.
/// </remarks>
public static class RowDigest
{
    /// <summary>The digest of what a buffer holds, its prefix being the key.</summary>
    public static UInt128 Of(RowBuffer row)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        row.Hash.AppendData(row.Keyed);
        row.Hash.GetHashAndReset(hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <summary>The digest of an encoded row that was kept, after the comparison's <paramref name="key"/>.</summary>
    public static UInt128 Of(ReadOnlySpan<byte> key, ReadOnlySpan<byte> row)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(key);
        sha.AppendData(row);
        sha.GetHashAndReset(hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}

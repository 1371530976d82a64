using System.Security.Cryptography;

namespace MigrationGuard.Ledger.Checkpoints;

/// <summary>The hashes of RFC 6962, section 2.1, over SHA-256.</summary>
/// <remarks>Leaves and nodes are hashed under different first bytes, so that no node can be passed off as a leaf.</remarks>
public static class MerkleHash
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    // A line of the chain is some 300 bytes: nearly every leaf is hashed without asking for memory.
    private const int MostOnStack = 1024;

    /// <summary>The root of a tree without leaves.</summary>
    public static byte[] OfNothing() => SHA256.HashData([]);

    public static byte[] OfLeaf(ReadOnlySpan<byte> data)
    {
        var length = data.Length + 1;
        var prefixed = length <= MostOnStack ? stackalloc byte[length] : new byte[length];
        prefixed[0] = LeafPrefix;
        data.CopyTo(prefixed[1..]);
        return SHA256.HashData(prefixed);
    }

    public static byte[] OfNode(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> prefixed = stackalloc byte[1 + (SHA256.HashSizeInBytes * 2)];
        prefixed[0] = NodePrefix;
        left.CopyTo(prefixed[1..]);
        right.CopyTo(prefixed[(1 + SHA256.HashSizeInBytes)..]);
        return SHA256.HashData(prefixed);
    }
}

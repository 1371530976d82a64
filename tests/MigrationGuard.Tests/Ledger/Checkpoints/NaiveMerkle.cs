using System.Security.Cryptography;

namespace MigrationGuard.Tests.Ledger.Checkpoints;

/// <summary>RFC 6962, section 2.1, word for word: recursive, over all leaves at once, and knowing nothing of the code under test.</summary>
internal static class NaiveMerkle
{
    /// <summary>MTH of section 2.1.</summary>
    public static byte[] Root(IReadOnlyList<byte[]> leaves) => leaves.Count switch
    {
        0 => SHA256.HashData([]),
        1 => SHA256.HashData([0, .. leaves[0]]),
        _ => SHA256.HashData([1, .. Root([.. leaves.Take(Split(leaves.Count))]), .. Root([.. leaves.Skip(Split(leaves.Count))])]),
    };

    /// <summary>PATH of section 2.1.1.</summary>
    public static IReadOnlyList<byte[]> Path(int leaf, IReadOnlyList<byte[]> leaves)
    {
        if (leaves.Count == 1)
            return [];
        var split = Split(leaves.Count);
        var (left, right) = (leaves.Take(split).ToList(), leaves.Skip(split).ToList());
        return leaf < split ? [.. Path(leaf, left), Root(right)] : [.. Path(leaf - split, right), Root(left)];
    }

    // The largest power of two smaller than the count.
    private static int Split(int count)
    {
        var split = 1;
        while (split * 2 < count)
            split *= 2;
        return split;
    }
}

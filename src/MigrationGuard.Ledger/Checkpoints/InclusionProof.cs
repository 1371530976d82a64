using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MigrationGuard.Ledger.Checkpoints;

/// <summary>Proves that a line is one of those a checkpoint stands for, without the other lines (RFC 6962, section 2.1.1).</summary>
/// <param name="Index">The leaf, the first being 0: an entry's sequence number less one.</param>
/// <param name="Size">Leaves of the tree.</param>
/// <param name="Hashes">The hashes beside the way from the leaf to the root, from the leaf upwards.</param>
public sealed record InclusionProof(long Index, long Size, IReadOnlyList<byte[]> Hashes)
{
    private const string Header = "c2sp.org/tlog-proof@v1";
    private const string IndexPrefix = "index ";

    // A tree of 2^63 leaves has no longer way.
    private const int MostHashes = 63;

    /// <summary>The root that the proof leads to from a leaf, in lower-case hex; null when it is no proof of any tree of its size.</summary>
    /// <remarks>As RFC 9162, section 2.1.3.2, spells out what RFC 6962 leaves to its reader.</remarks>
    public string? RootFrom(ReadOnlySpan<byte> leaf)
    {
        if (Index < 0 || Index >= Size)
            return null;
        var (node, last, hash) = (Index, Size - 1, MerkleHash.OfLeaf(leaf));
        foreach (var beside in Hashes)
        {
            if (last == 0 || beside.Length != SHA256.HashSizeInBytes)
                return null;
            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleHash.OfNode(beside, hash);
                // The last node of a level without a neighbour moves up as it is.
                while ((node & 1) == 0 && node != 0)
                    (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                hash = MerkleHash.OfNode(hash, beside);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        return last == 0 ? Convert.ToHexStringLower(hash) : null;
    }

    /// <summary>Whether it proves that a checkpoint stands for a line.</summary>
    /// <param name="line">The line without its line end.</param>
    public bool Proves(string line, Checkpoint checkpoint) => Size == checkpoint.Size && RootFrom(Encoding.UTF8.GetBytes(line)) == checkpoint.Root;

    /// <summary>The proof and the checkpoint it leads to as one text (C2SP tlog-proof): index, hashes in base64, a blank line, the signed checkpoint.</summary>
    /// <exception cref="ArgumentException">The checkpoint is of another size.</exception>
    public string Write(SignedCheckpoint checkpoint)
    {
        if (checkpoint.Checkpoint.Size != Size)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The proof leads to a tree of {Size} entries, and the checkpoint is of {checkpoint.Checkpoint.Size}."), nameof(checkpoint));
        var text = new StringBuilder(Header).Append('\n').Append(CultureInfo.InvariantCulture, $"{IndexPrefix}{Index}\n");
        foreach (var hash in Hashes)
            text.Append(Convert.ToBase64String(hash)).Append('\n');
        return text.Append('\n').Append(checkpoint.Text).ToString();
    }

    /// <summary>Reads what <see cref="Write"/> writes, and nothing else.</summary>
    /// <exception cref="FormatException">The text is no proof; says why.</exception>
    public static (InclusionProof Proof, SignedCheckpoint Checkpoint) Read(string text)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = end < 0 ? [] : text[..end].Split('\n');
        if (lines.Length < 2 || lines[0] != Header)
            throw new FormatException($"It does not begin as a proof does, with the line {Header}.");
        if (!lines[1].StartsWith(IndexPrefix, StringComparison.Ordinal) || CheckpointText.Number(lines[1][IndexPrefix.Length..]) is not { } index)
            throw new FormatException("Its second line is not the index of an entry.");
        if (lines.Length - 2 > MostHashes)
            throw new FormatException("It has more hashes than any proof.");
        var hashes = lines[2..].Select(line => CheckpointText.Bytes(line) is { Length: SHA256.HashSizeInBytes } hash ? hash : throw new FormatException("One of its lines is not a hash in base64.")).ToList();
        var checkpoint = SignedCheckpoint.Parse(text[(end + 2)..]);
        if (index >= checkpoint.Checkpoint.Size)
            throw new FormatException("Its entry comes after those that its checkpoint stands for.");
        return (new InclusionProof(index, checkpoint.Checkpoint.Size, hashes), checkpoint);
    }
}

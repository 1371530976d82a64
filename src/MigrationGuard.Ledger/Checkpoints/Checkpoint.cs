using System.Globalization;
using System.Security.Cryptography;

namespace MigrationGuard.Ledger.Checkpoints;

/// <summary>What a chain was at some moment: whoever keeps it can tell whether a later chain is the same one, grown.</summary>
/// <param name="Origin">Which chain it is; stable and unique.</param>
/// <param name="Size">Entries it stands for: those from 1 to this.</param>
/// <param name="Root">The root of the Merkle tree over their lines, in lower-case hex.</param>
public sealed record Checkpoint(string Origin, long Size, string Root)
{
    internal const string OriginPrefix = "migrationguard/";
    private const int OriginDigits = 16;

    /// <summary>The checkpoint as it is signed (C2SP tlog-checkpoint): origin, size and root, a line each.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Convert.FromHexString(Root))}\n");

    /// <summary>What the checkpoints of a chain call it.</summary>
    /// <param name="firstLineHash">SHA-256 of the chain's first line, in lower-case hex.</param>
    /// <remarks>The first line holds a moment, a random pseudonym and the hash of a salted payload: no two chains share it.</remarks>
    public static string OriginOf(string firstLineHash) => OriginPrefix + firstLineHash[..OriginDigits];

    /// <summary>Reads a checkpoint's three lines.</summary>
    /// <exception cref="FormatException">The text is no checkpoint; says why.</exception>
    public static Checkpoint Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines.Length != 4 || lines[3].Length > 0)
            throw new FormatException("It is not three lines: the chain's origin, its size and its root.");
        if (!IsOrigin(lines[0]))
            throw new FormatException("Its first line is not the origin of a chain of this program.");
        if (CheckpointText.Number(lines[1]) is not { } size || size == 0)
            throw new FormatException("Its second line is not a number of entries.");
        if (CheckpointText.Bytes(lines[2]) is not { Length: SHA256.HashSizeInBytes } root)
            throw new FormatException("Its third line is not a hash in base64.");
        return new Checkpoint(lines[0], size, Convert.ToHexStringLower(root));
    }

    internal static bool IsOrigin(string text) =>
        text.Length == OriginPrefix.Length + OriginDigits && text.StartsWith(OriginPrefix, StringComparison.Ordinal) && text[OriginPrefix.Length..].All(char.IsAsciiHexDigitLower);
}

using System.Security.Cryptography.X509Certificates;
using System.Text;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Ledger.Checkpoints;

/// <summary>A checkpoint with its signatures: a signed note (C2SP signed-note).</summary>
/// <remarks>
/// The note's text is the checkpoint's three lines; a blank line and the signatures follow. Cut at the blank line, the text and the
/// signature (base64, less its first four bytes) are what <c>openssl dgst -sha256 -verify</c> takes.
/// </remarks>
public sealed record SignedCheckpoint
{
    // C2SP demands that 16 can be had; a checkpoint of this program has one.
    private const int MostSignatures = 16;
    private const int MostCharacters = 64 * 1024;

    private SignedCheckpoint(Checkpoint checkpoint, IReadOnlyList<CheckpointSignature> signatures) => (Checkpoint, Signatures) = (checkpoint, signatures);

    public Checkpoint Checkpoint { get; }

    public IReadOnlyList<CheckpointSignature> Signatures { get; }

    /// <summary>The whole note, which ends with a line feed.</summary>
    public string Text => $"{Checkpoint.Text}\n{string.Concat(Signatures.Select(signature => signature.Line))}";

    /// <summary>Signs with a certificate's private key, under the checkpoint's origin as the key's name.</summary>
    /// <exception cref="LedgerException">The certificate cannot sign.</exception>
    public static SignedCheckpoint Sign(Checkpoint checkpoint, X509Certificate2 signer)
    {
        var key = new CheckpointKey(signer);
        var signature = key.Sign(Encoding.UTF8.GetBytes(checkpoint.Text));
        return new SignedCheckpoint(checkpoint, [new CheckpointSignature(checkpoint.Origin, key.Id(checkpoint.Origin)!, signature)]);
    }

    /// <summary>Reads a note that holds a checkpoint and nothing else.</summary>
    /// <exception cref="FormatException">The text is none; says why.</exception>
    public static SignedCheckpoint Parse(string text)
    {
        if (text.Length > MostCharacters)
            throw new FormatException("It is far longer than a checkpoint.");
        var blank = text.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0 || text[^1] != '\n')
            throw new FormatException("It is not a signed note: text, a blank line, and signatures, each line ended by a line feed.");
        var checkpoint = Checkpoint.Parse(text[..(blank + 1)]);
        var lines = text[(blank + 2)..].Split('\n')[..^1];
        if (lines.Length is 0 or > MostSignatures)
            throw new FormatException("It has no signature, or more than any checkpoint.");
        return new SignedCheckpoint(checkpoint, [.. lines.Select(line => CheckpointSignature.Parse(line) ?? throw new FormatException("One of its signatures is not as a signed note has them."))]);
    }

    /// <summary>Reads the checkpoint that stands somewhere in a text, its lines indented or quoted or not; a mail may be saved as text or as it came over the wire.</summary>
    /// <exception cref="FormatException">There is none, or it is not as it was signed; says why.</exception>
    public static SignedCheckpoint Find(string text) => FindPlain(Parts(text).FirstOrDefault(part => part.Contains(Checkpoint.OriginPrefix, StringComparison.Ordinal)) ?? text);

    // As it stands, and then each part of it that is base64 as mail has it (RFC 2045, section 6.8).
    private static IEnumerable<string> Parts(string text) => text.ReplaceLineEndings("\n").Split("\n\n")
        .Select(part => CheckpointText.Bytes(part.Replace("\n", "", StringComparison.Ordinal).Split("--")[0]))
        .OfType<byte[]>().Select(Encoding.UTF8.GetString)
        .Prepend(text);

    private static SignedCheckpoint FindPlain(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim(' ', '\t', '>', '\uFEFF')).ToList();
        var first = lines.FindIndex(Checkpoint.IsOrigin);
        if (first < 0)
            throw new FormatException("It holds no checkpoint of a chain of this program.");
        var signatures = lines.Skip(first + 3).SkipWhile(line => line.Length == 0).TakeWhile(line => line.StartsWith(CheckpointSignature.Prefix, StringComparison.Ordinal));
        return Parse(string.Concat(lines.Skip(first).Take(3).Append("").Concat(signatures).Select(line => line + "\n")));
    }

    /// <summary>Whether a certificate's key signed it. Who that is, and until when, is for the caller to judge.</summary>
    public bool IsSignedBy(X509Certificate2 certificate)
    {
        var key = new CheckpointKey(certificate);
        var text = Encoding.UTF8.GetBytes(Checkpoint.Text);
        var own = Signatures.Where(signature => signature.Name == Checkpoint.Origin && key.Id(signature.Name) is { } id && signature.KeyId.AsSpan().SequenceEqual(id)).ToList();
        return own.Count > 0 && own.All(signature => key.Verifies(text, signature.Signature));
    }
}

/// <summary>A signature line of a signed note.</summary>
/// <param name="Name">The key's name: the chain's origin.</param>
/// <param name="KeyId">Four bytes that tell keys of one name apart; no more than a hint.</param>
public sealed record CheckpointSignature(string Name, byte[] KeyId, byte[] Signature)
{
    internal const string Prefix = "\u2014 ";

    private const int IdLength = 4;

    internal string Line => $"{Prefix}{Name} {Convert.ToBase64String([.. KeyId, .. Signature])}\n";

    internal static CheckpointSignature? Parse(string line)
    {
        var parts = line.Split(' ');
        return parts.Length == 3 && parts[0] + " " == Prefix && IsName(parts[1]) && CheckpointText.Bytes(parts[2]) is { Length: > IdLength } bytes
            ? new CheckpointSignature(parts[1], bytes[..IdLength], bytes[IdLength..])
            : null;
    }

    private static bool IsName(string name) => name.Length > 0 && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '+');
}

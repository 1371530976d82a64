using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace MigrationGuard.Ledger.Chain;

/// <summary>One entry of the chain: a line of ASCII JSON whose bytes never change.</summary>
/// <param name="Seq">1 for the first, one more for each that follows.</param>
/// <param name="Time">UTC, to 100 ns.</param>
/// <param name="Kind">What is recorded, as <see cref="EntryKinds"/> or a later version of it spells it.</param>
/// <param name="Actor">The pseudonym of who did it.</param>
/// <param name="Subject">The id of what it was done to.</param>
/// <param name="Payload">SHA-256 of salt and payload, in lower-case hex.</param>
/// <param name="Previous">SHA-256 of the previous line's bytes without a line end, in lower-case hex; <see cref="NoPredecessor"/> for the first.</param>
/// <remarks>
/// Members stand in one order and hold no character that JSON would escape, so that a line can be written in one way only and a
/// shell loop with <c>sha256sum</c> can follow the chain without a JSON parser.
/// </remarks>
public sealed partial record EntryLine(long Seq, DateTime Time, string Kind, string Actor, string Subject, string Payload, string Previous)
{
    internal const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    // Longer than a line or a payload of most kinds; what is longer still asks for memory.
    private const int MostOnStack = 1024;

    public static readonly string NoPredecessor = new('0', SHA256.HashSizeInBytes * 2);

    /// <summary>The line, without a line end.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $$"""
        {"seq":{{Seq}},"time":"{{Time.ToString(TimeFormat, CultureInfo.InvariantCulture)}}","kind":"{{Kind}}","actor":"{{Actor}}","subject":"{{Subject}}","payload":"{{Payload}}","previous":"{{Previous}}"}
        """);

    /// <summary>SHA-256 of the line's bytes, in lower-case hex.</summary>
    public string Hash => HashOf(Text);

    /// <summary>The entry in a line; null when it is not, to the last byte, what an entry's line is.</summary>
    public static EntryLine? Parse(string line) => EntryLineParser.Parse(line);

    /// <summary>SHA-256 of a line's bytes, in lower-case hex, whether or not the line is well formed.</summary>
    public static string HashOf(string line)
    {
        var most = Encoding.UTF8.GetMaxByteCount(line.Length);
        var bytes = most <= MostOnStack ? stackalloc byte[most] : new byte[most];
        return HashOf(bytes[..Encoding.UTF8.GetBytes(line, bytes)]);
    }

    /// <summary>SHA-256 of a line's bytes, in lower-case hex.</summary>
    public static string HashOf(ReadOnlySpan<byte> line)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(line, hash);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>Whether a line can hold this subject: letters, digits and <c>. _ : -</c> only, 200 at the most.</summary>
    public static bool IsSubject(string subject) => SubjectShape().IsMatch(subject);

    [GeneratedRegex(@"\A[A-Za-z0-9._:-]{1,200}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SubjectShape();
}

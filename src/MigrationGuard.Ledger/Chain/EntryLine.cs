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
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static readonly string NoPredecessor = new('0', SHA256.HashSizeInBytes * 2);

    /// <summary>The line, without a line end.</summary>
    public string Text { get; } = string.Create(CultureInfo.InvariantCulture, $$"""
        {"seq":{{Seq}},"time":"{{Time.ToString(TimeFormat, CultureInfo.InvariantCulture)}}","kind":"{{Kind}}","actor":"{{Actor}}","subject":"{{Subject}}","payload":"{{Payload}}","previous":"{{Previous}}"}
        """);

    /// <summary>SHA-256 of the line's bytes, in lower-case hex.</summary>
    public string Hash => HashOf(Text);

    /// <summary>The entry in a line; null when it is not, to the last byte, what an entry's line is.</summary>
    public static EntryLine? Parse(string line)
    {
        var match = Shape().Match(line);
        if (!match.Success
            || !long.TryParse(match.Groups["seq"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            || !DateTime.TryParseExact(match.Groups["time"].ValueSpan, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time))
            return null;
        string Part(string name) => match.Groups[name].Value;
        return new EntryLine(seq, time, Part("kind"), Part("actor"), Part("subject"), Part("payload"), Part("previous"));
    }

    /// <summary>SHA-256 of a line's bytes, in lower-case hex, whether or not the line is well formed.</summary>
    public static string HashOf(string line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));

    /// <summary>Whether a line can hold this subject: letters, digits and <c>. _ : -</c> only, 200 at the most.</summary>
    public static bool IsSubject(string subject) => SubjectShape().IsMatch(subject);

    [GeneratedRegex(
        """
        \A\{"seq":(?<seq>[1-9][0-9]{0,18}),"time":"(?<time>[0-9TZ:.-]{28})","kind":"(?<kind>[a-z][a-z-]{0,49})","actor":"(?<actor>[A-Za-z0-9._:-]{1,50})","subject":"(?<subject>[A-Za-z0-9._:-]{1,200})","payload":"(?<payload>[0-9a-f]{64})","previous":"(?<previous>[0-9a-f]{64})"\}\z
        """,
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();

    [GeneratedRegex(@"\A[A-Za-z0-9._:-]{1,200}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SubjectShape();
}

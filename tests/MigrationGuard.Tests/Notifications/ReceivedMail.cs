using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MigrationGuard.Tests.Notifications;

/// <summary>A part of a mail: its headers, unfolded and decoded, and its content.</summary>
internal sealed record MailPart(IReadOnlyList<(string Name, string Value)> Headers, byte[] Content)
{
    public string Text => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Content);

    public string this[string name] => Headers.Single(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}

/// <summary>Reads a mail by RFC 5322, RFC 2045 and RFC 2047, and knows nothing of how it is written.</summary>
internal static partial class ReceivedMail
{
    /// <returns>The mail's headers with its text as it stands, then its parts.</returns>
    public static (MailPart Whole, IReadOnlyList<MailPart> Parts) Read(string mail)
    {
        mail.Replace("\r\n", "", StringComparison.Ordinal).ShouldNotContain("\n");
        mail.Split("\r\n").ShouldAllBe(line => line.Length <= 78 && line.All(char.IsAscii));
        var whole = Part(mail);
        var boundary = Boundary().Match(whole["Content-Type"]).Groups[1].Value;
        boundary.ShouldNotBeEmpty();
        var pieces = ("\r\n" + Encoding.ASCII.GetString(whole.Content)).Split("\r\n--" + boundary);
        pieces[^1].ShouldStartWith("--");
        return (whole, [.. pieces[1..^1].Select(piece => Decoded(Part(piece[2..])))]);
    }

    private static MailPart Part(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var headers = new List<(string, string)>();
        foreach (var line in Fold().Replace(text[..end], "$1").Split("\r\n"))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add((line[..colon], Words(line[(colon + 1)..].Trim())));
        }
        return new MailPart(headers, Encoding.ASCII.GetBytes(text[(end + 4)..]));
    }

    private static MailPart Decoded(MailPart part)
    {
        part["Content-Transfer-Encoding"].ShouldBe("base64");
        return part with { Content = Convert.FromBase64String(Encoding.ASCII.GetString(part.Content)) };
    }

    // Blanks between encoded words are no blanks (RFC 2047, 6.2).
    private static string Words(string value) => EncodedWord().Replace(
        BetweenWords().Replace(value, "$1"),
        word => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Convert.FromBase64String(word.Groups[1].Value)));

    public static DateTimeOffset Date(MailPart mail) =>
        DateTimeOffset.ParseExact(mail["Date"][..^2] + ":" + mail["Date"][^2..], "ddd, dd MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture);

    [GeneratedRegex("boundary=\"([^\"]{1,70})\"")]
    private static partial Regex Boundary();

    [GeneratedRegex("\r\n([ \t])")]
    private static partial Regex Fold();

    [GeneratedRegex(@"=\?utf-8\?B\?([A-Za-z0-9+/=]*)\?=")]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"(\?=)\s+(?==\?)")]
    private static partial Regex BetweenWords();
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MigrationGuard.Notifications.Smtp;

/// <summary>A server's answer.</summary>
/// <param name="Lines">Without the code.</param>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines);

/// <summary>Reads a server's answers (RFC 5321, section 4.2).</summary>
internal sealed partial class SmtpReplies(Stream stream)
{
    // Far more than RFC 5321 allows; a server that says more is not talked to.
    private const int MostOctetsOfALine = 2000;
    private const int MostLines = 100;
    private const int MostShown = 300;

    private readonly byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;

    /// <summary>Whether something came that nobody has asked for yet.</summary>
    public bool HasMore => _start < _end;

    /// <exception cref="DeliveryException">It is no answer.</exception>
    /// <exception cref="IOException">The connection ended.</exception>
    public async Task<SmtpReply> ReadAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        while (true)
        {
            var line = await LineAsync(cancellationToken);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code) || lines.Count == MostLines)
                throw new DeliveryException("the mail server does not answer as SMTP prescribes. Check Notifications:Smtp:Host and Port.");
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] != '-')
                return new SmtpReply(code, lines);
        }
    }

    /// <summary>What may be kept of an answer: its code and words, without addresses.</summary>
    public static string Described(SmtpReply reply)
    {
        var words = Addresses().Replace(string.Join(" ", reply.Lines), "…");
        words = string.Concat(words.Where(c => !char.IsControl(c)));
        return string.Create(CultureInfo.InvariantCulture, $"{reply.Code} {(words.Length > MostShown ? words[..MostShown] + "…" : words)}").TrimEnd();
    }

    private async Task<string> LineAsync(CancellationToken cancellationToken)
    {
        var line = new List<byte>();
        while (true)
        {
            if (_start == _end)
            {
                (_start, _end) = (0, await stream.ReadAsync(_buffer, cancellationToken));
                if (_end == 0)
                    throw new EndOfStreamException();
            }
            var octet = _buffer[_start++];
            if (octet == '\n')
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(octet);
            if (line.Count > MostOctetsOfALine)
                throw new DeliveryException("the mail server does not answer as SMTP prescribes. Check Notifications:Smtp:Host and Port.");
        }
    }

    // Servers repeat the address they refuse, and the outbox holds none.
    [GeneratedRegex(@"<[^>]*>|\S+@\S+", RegexOptions.CultureInvariant)]
    private static partial Regex Addresses();
}

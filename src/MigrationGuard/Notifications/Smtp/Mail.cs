using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MigrationGuard.Notifications.Calendars;
using MigrationGuard.Notifications.Templates;

namespace MigrationGuard.Notifications.Smtp;

/// <summary>A mail to one person.</summary>
/// <param name="MessageId">In angle brackets.</param>
internal sealed record Mail(string MessageId, string From, string Name, string Address, RenderedNotification Content, CalendarMessage? Calendar);

/// <summary>Writes a mail as it goes over the wire (RFC 5322, RFC 2045, RFC 6047 for its calendar part).</summary>
/// <remarks>
/// Everything is ASCII in short lines, so that no server on the way has to change it. The parts stand in the order of RFC 2046,
/// section 5.1.4: a reader shows the last one it understands.
/// </remarks>
internal static class MailText
{
    public static byte[] Write(Mail mail, DateTimeOffset now)
    {
        // Base64 holds no underscore: the boundary occurs in no part.
        var boundary = "=_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mail.MessageId)))[..32];
        var text = new StringBuilder();
        Header("From", HeaderText.Mailbox("MigrationGuard", mail.From));
        Header("To", HeaderText.Mailbox(mail.Name, mail.Address));
        Header("Subject", HeaderText.Unstructured(mail.Content.Subject));
        Header("Date", now.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + now.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal));
        Header("Message-ID", mail.MessageId);
        // So that no absence reply comes back (RFC 3834).
        Header("Auto-Submitted", "auto-generated");
        Header("MIME-Version", "1.0");
        Header("Content-Type", $"multipart/alternative;\r\n boundary=\"{boundary}\"");
        text.Append("\r\n");
        Part("text/plain; charset=utf-8", mail.Content.Text);
        Part("text/html; charset=utf-8", mail.Content.Html);
        if (mail.Calendar is { } calendar)
            Part($"text/calendar; charset=utf-8; method={calendar.Method}", calendar.Text);
        text.Append(CultureInfo.InvariantCulture, $"--{boundary}--\r\n");
        return Encoding.ASCII.GetBytes(text.ToString());

        void Header(string name, string value) => text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");

        void Part(string type, string content)
        {
            text.Append(CultureInfo.InvariantCulture, $"--{boundary}\r\nContent-Type: {type}\r\nContent-Transfer-Encoding: base64\r\n\r\n");
            // Text in a mail has its lines end in CRLF before it is encoded (RFC 2049, section 4).
            var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(content.ReplaceLineEndings("\r\n")));
            foreach (var line in encoded.Chunk(76))
                text.Append(line).Append("\r\n");
            text.Append("\r\n");
        }
    }
}

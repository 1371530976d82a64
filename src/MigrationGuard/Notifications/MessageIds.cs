using System.Globalization;
using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;

namespace MigrationGuard.Notifications;

/// <summary>The Message-ID of a delivery: always the same for the same delivery, so that a repeat can be dropped, and never that of another.</summary>
public static class MessageIds
{
    private const string NoHost = "migrationguard.invalid";

    /// <param name="from">The address that mail comes from; its host is the right-hand side. Empty where there is no mail.</param>
    public static string Of(string notificationId, string channel, string recipient, string from)
    {
        // Lengths go before the texts: otherwise "a" + "bc" and "ab" + "c" would be one.
        var text = string.Concat(new[] { notificationId, channel, recipient }
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Length}:{part}|")));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return $"<{Convert.ToHexStringLower(hash)[..32]}@{HostOf(from)}>";
    }

    /// <summary>The host of an address, as it goes over the wire; a name that can never exist where there is no address.</summary>
    internal static string HostOf(string from)
    {
        if (!MailAddress.TryCreate(from, out var address))
            return NoHost;
        try
        {
            return new IdnMapping().GetAscii(address.Host).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return NoHost;
        }
    }
}

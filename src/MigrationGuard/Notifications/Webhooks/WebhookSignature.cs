using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MigrationGuard.Notifications.Webhooks;

/// <summary>Says who posted, and when: <c>t=SECONDS,v1=HEX</c>.</summary>
/// <remarks>
/// The moment is signed with the body, so that a receiver can refuse a post that somebody caught and repeats later. The receiver
/// computes HMAC-SHA256 with the shared secret over <c>SECONDS.BODY</c>, compares, and looks at its clock.
/// </remarks>
internal static class WebhookSignature
{
    public const string Header = "X-MigrationGuard-Signature";

    /// <param name="body">The body as it is sent, octet by octet.</param>
    public static string Of(string secret, DateTimeOffset now, ReadOnlySpan<byte> body)
    {
        var seconds = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(seconds), (byte)'.', .. body];
        return $"t={seconds},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}";
    }
}

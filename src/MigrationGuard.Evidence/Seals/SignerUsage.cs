using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MigrationGuard.Evidence.Seals;

/// <summary>What a certificate says that its key is for (RFC 5280, sections 4.2.1.3 and 4.2.1.12), held against signing packs.</summary>
/// <remarks>One rule for who signs and who verifies. A web server's certificate is under the same root as often as not, and its key on more machines.</remarks>
internal static class SignerUsage
{
    /// <summary>What stock verification takes a signer's certificate to be for.</summary>
    public const string EmailProtection = "1.3.6.1.5.5.7.3.4";

    // Signing of documents, by RFC 9336 and by Microsoft; and any purpose.
    private static readonly string[] Allowed = [EmailProtection, "1.3.6.1.5.5.7.3.36", "1.3.6.1.4.1.311.10.3.12", "2.5.29.37.0"];

    /// <summary>Why it may not sign packs, the end of a sentence; null when it may.</summary>
    public static string? ProblemWith(X509Certificate2 certificate)
    {
        try
        {
            if (certificate.Extensions.OfType<X509KeyUsageExtension>().Any(usage => (usage.KeyUsages & (X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation)) == 0))
                return "may not sign: its key usage says so.";
            return Purposes(certificate) is { } purposes && !purposes.Any(Allowed.Contains)
                ? "is for something else than signing: its extended key usage names neither e-mail, nor documents, nor any purpose."
                : null;
        }
        catch (CryptographicException e)
        {
            return $"says in no readable way what it is for: {e.Message}";
        }
    }

    /// <summary>The purposes that it is limited to; null where it is limited to none.</summary>
    public static IReadOnlyList<string?>? Purposes(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault() is { } extended
            ? [.. extended.EnhancedKeyUsages.Cast<Oid>().Select(oid => oid.Value)]
            : null;
}

using System.Security.Cryptography.X509Certificates;

namespace MigrationGuard.Evidence.Checking;

/// <summary>Whom the reader of a pack trusts.</summary>
/// <param name="Signers">Roots that a signer's certificate may lead to; empty when nobody is.</param>
/// <param name="Authorities">Roots that a time-stamping authority's certificate must lead to; null to try <paramref name="Signers"/>.</param>
/// <param name="Signer">SHA-256 of the one certificate that may have signed, in lower-case hex; null for any.</param>
public sealed record PackTrust(X509Certificate2Collection Signers, X509Certificate2Collection? Authorities = null, string? Signer = null)
{
    public static readonly PackTrust Nobody = new([]);
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MigrationGuard.Evidence.Seals;

/// <summary>Whether a certificate leads to roots that somebody trusts, at a moment, without asking the network.</summary>
/// <param name="Certificates">From the certificate towards the root, as far as they are known.</param>
/// <param name="Problem">Why it does not, a sentence; null when it does.</param>
internal sealed record CertificateChain(IReadOnlyList<X509Certificate2> Certificates, string? Problem)
{
    /// <summary>What a time-stamping authority's certificate must be for (RFC 3161, section 2.3).</summary>
    public const string TimeStamping = "1.3.6.1.5.5.7.3.8";

    /// <param name="others">Certificates that may lie in between; they are not trusted for being here.</param>
    /// <param name="purpose">The extended key usage that it must be for; null for any.</param>
    /// <remarks>Lists of revoked certificates are out of reach years later; whether one was revoked is for the reader to ask.</remarks>
    public static CertificateChain Build(X509Certificate2 certificate, X509Certificate2Collection others, X509Certificate2Collection roots, DateTimeOffset at, string? purpose = null)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.ExtraStore.AddRange(others);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = at.UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        if (purpose is not null)
            chain.ChainPolicy.ApplicationPolicy.Add(new Oid(purpose));
        var trusted = chain.Build(certificate);
        var found = chain.ChainElements.Select(element => X509CertificateLoader.LoadCertificate(element.Certificate.RawData)).ToList();
        return new CertificateChain(
            found.Count > 0 ? found : [certificate],
            trusted ? null : string.Join(" ", chain.ChainStatus.Select(Said).Distinct()));
    }

    private static string Said(X509ChainStatus status) => status.Status switch
    {
        X509ChainStatusFlags.PartialChain or X509ChainStatusFlags.UntrustedRoot => "its certificate does not lead to a root that is trusted here.",
        X509ChainStatusFlags.NotTimeValid => "its certificate was not valid at that time.",
        X509ChainStatusFlags.NotSignatureValid => "a certificate on the way is not signed by the one it names.",
        X509ChainStatusFlags.NotValidForUsage => "its certificate is not for this purpose.",
        _ => status.StatusInformation.Trim(),
    };
}

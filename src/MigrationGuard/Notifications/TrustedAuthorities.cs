using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MigrationGuard.Configuration;

namespace MigrationGuard.Notifications;

/// <summary>Certification authorities that are trusted besides those the machine trusts.</summary>
/// <remarks>
/// An organisation's own authority is often not known to a server that was set up for one purpose. Trusting it here changes
/// nothing for other programs, and nobody needs to turn the check off.
/// </remarks>
internal sealed class TrustedAuthorities
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>None but those the machine trusts.</summary>
    public static readonly TrustedAuthorities None = new([]);

    private readonly X509Certificate2Collection _authorities;

    public TrustedAuthorities(X509Certificate2Collection authorities) => _authorities = authorities;

    /// <param name="file">A PEM file; null for none.</param>
    /// <param name="baseDirectory">What the file is relative to.</param>
    /// <exception cref="ConfigurationException">It cannot be read, or holds no certificate.</exception>
    public static TrustedAuthorities Load(string? file, string baseDirectory)
    {
        if (file is null)
            return None;
        var path = Path.GetFullPath(file, baseDirectory);
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ConfigurationException("Notifications:TrustedAuthorities", $"{path} cannot be read: {exception.Message}", "Correct the option, or the file.");
        }
        return authorities.Count > 0
            ? new TrustedAuthorities(authorities)
            : throw new ConfigurationException("Notifications:TrustedAuthorities", $"{path} holds no certificate.", "Write the authority's certificate into it, as PEM.");
    }

    /// <summary>Judges a server's certificate, for <see cref="SslClientAuthenticationOptions"/>.</summary>
    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        // A wrong name stays wrong, whoever vouches for it.
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || _authorities.Count == 0 || certificate is null)
            return false;
        using var leaf = X509CertificateLoader.LoadCertificate(certificate.Export(X509ContentType.Cert));
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        own.ChainPolicy.ExtraStore.AddRange(chain?.ChainPolicy.ExtraStore ?? []);
        // As .NET itself does for a server's certificate: lists of revoked ones are often out of reach from a closed network.
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        return own.Build(leaf);
    }
}

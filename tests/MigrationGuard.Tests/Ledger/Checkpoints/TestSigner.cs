using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MigrationGuard.Tests.Ledger.Checkpoints;

/// <summary>Self-signed certificates that sign checkpoints, made for one test.</summary>
internal static class TestSigner
{
    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static X509Certificate2 Curve()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=Signer of a test", key, HashAlgorithmName.SHA256).CreateSelfSigned(From, From.AddYears(30));
    }

    public static X509Certificate2 Rsa()
    {
        using var key = RSA.Create(2048);
        return new CertificateRequest("CN=Signer of a test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(From, From.AddYears(30));
    }

    /// <summary>The certificate as others have it: without its private key.</summary>
    public static X509Certificate2 Public(this X509Certificate2 certificate) => X509CertificateLoader.LoadCertificate(certificate.RawData);
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MigrationGuard.Evidence.Seals;

namespace MigrationGuard.Tests.Packs;

/// <summary>A root that a reader may trust, and certificates that it gave.</summary>
internal sealed class TestIdentity : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestIdentity(string name = "CN=Root of a test")
    {
        var request = new CertificateRequest(name, _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Root = request.CreateSelfSigned(Now.AddYears(-3), Now.AddYears(20));
    }

    public X509Certificate2 Root { get; }

    public string RootPem => Root.ExportCertificatePem() + "\n";

    /// <summary>A certificate with its private key and the root, as PKCS #12.</summary>
    public byte[] Pfx(AsymmetricAlgorithm key, string? password = null, double fromDays = -1, double toDays = 365, string? usage = null, X509KeyUsageFlags keyUsage = X509KeyUsageFlags.DigitalSignature)
    {
        using var certificate = Certify("CN=Evidence of a test", key, fromDays, toDays, usage, keyUsage);
        return new X509Certificate2Collection { certificate, X509CertificateLoader.LoadCertificate(Root.RawData) }.Export(X509ContentType.Pfx, password)!;
    }

    public SigningCertificate Signer()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return SignerSource.FromPfx("signer.pfx", Pfx(key), password: null);
    }

    public X509Certificate2 Certify(string name, AsymmetricAlgorithm key, double fromDays, double toDays, string? usage, X509KeyUsageFlags keyUsage)
    {
        var request = key is RSA rsa
            ? new CertificateRequest(name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(name, (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(keyUsage, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Root, true, false));
        if (usage is not null)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: true));
        using var certificate = request.Create(Root.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), Now.AddDays(fromDays), Now.AddDays(toDays), RandomNumberGenerator.GetBytes(8));
        return key is RSA own ? certificate.CopyWithPrivateKey(own) : certificate.CopyWithPrivateKey((ECDsa)key);
    }

    public void Dispose()
    {
        Root.Dispose();
        _key.Dispose();
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Ledger.Checkpoints;

namespace MigrationGuard.Evidence.Seals;

/// <summary>A certificate with its private key, and what it takes to sign packs with it.</summary>
public sealed class SigningCertificate : IDisposable
{
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";

    private readonly string _place;
    private readonly X509Certificate2 _certificate;
    private readonly X509Certificate2Collection _chain;

    /// <param name="place">Where it comes from, as errors name it.</param>
    /// <param name="certificate">With its private key.</param>
    /// <param name="others">Certificates that may lead from it to its root.</param>
    /// <exception cref="EvidenceException">It cannot sign packs.</exception>
    internal SigningCertificate(string place, X509Certificate2 certificate, X509Certificate2Collection others, bool isDevelopment = false)
    {
        (_place, _certificate, IsDevelopment) = (place, certificate, isDevelopment);
        if (!certificate.HasPrivateKey)
            throw new EvidenceException(place, "holds no private key for the certificate.", "Export certificate and private key together, as PKCS #12.");
        if (SignerKey.ProblemWith(certificate) is { } problem)
            throw new EvidenceException(place, problem, "Use a certificate with an ECDSA P-256 key, or an RSA key of at least 2048 bits.");
        if (SignerUsage.ProblemWith(certificate) is { } use)
            throw new EvidenceException(place, "holds a certificate that " + use, "Use one whose key usage holds digitalSignature, and without an extended key usage or with e-mail protection in it.");
        _chain = ChainOf(certificate, others);
    }

    /// <summary>Whether this program made it for itself: then it proves nobody.</summary>
    public bool IsDevelopment { get; }

    public string Subject => _certificate.Subject;

    /// <summary>In lower-case hex.</summary>
    public string Sha256Thumbprint => Convert.ToHexStringLower(SHA256.HashData(_certificate.RawData));

    /// <summary>The certificates from the signer's own towards the root, as far as they are here, as PEM.</summary>
    public string Pem => PemOf(_chain);

    /// <summary>Whether stock verification refuses it unless it is told to take any purpose.</summary>
    /// <remarks>openssl takes a signer for one of mail, and an extended key usage that does not name mail for a refusal.</remarks>
    public bool NeedsPurposeAny => SignerUsage.Purposes(_certificate) is { } purposes && !purposes.Contains(SignerUsage.EmailProtection);

    /// <summary>What whoever signs with it should know.</summary>
    public IReadOnlyList<string> Warnings =>
    [
        .. IsDevelopment ? [$"{_place}: packs are signed with a development certificate that this program made for itself. It proves nobody. Configure Evidence:Signer before a pack is to convince somebody."] : Array.Empty<string>(),
        .. NeedsPurposeAny ? [$"{_place}: the certificate has an extended key usage, so that openssl verifies packs only with -purpose any, as README-VERIFY.txt says. A certificate without one needs no such thing."] : Array.Empty<string>(),
    ];

    /// <summary>What reports say of it.</summary>
    /// <param name="authority">The address of the time-stamping authority; null where there is none.</param>
    public SealRecord Describe(string? authority) => new(Subject, Sha256Thumbprint, _certificate.NotAfter.ToUniversalTime(), IsDevelopment, authority);

    /// <exception cref="EvidenceException">It is expired, or not yet valid.</exception>
    public void RequireUsable(DateTimeOffset at)
    {
        var (from, to) = (_certificate.NotBefore.ToUniversalTime(), _certificate.NotAfter.ToUniversalTime());
        if (at.UtcDateTime > to)
            throw new EvidenceException(_place, $"holds a certificate that expired on {to:yyyy-MM-dd HH:mm} UTC.", IsDevelopment ? "Remove the file; a new one is made on the next use." : "Renew it, and configure the new one.");
        if (at.UtcDateTime < from)
            throw new EvidenceException(_place, $"holds a certificate that is not valid before {from:yyyy-MM-dd HH:mm} UTC.", "Wait until then, correct this machine's clock, or configure another.");
    }

    /// <summary>The certificate with its private key, for whoever signs something else with it, and disposes it.</summary>
    public X509Certificate2 Copy() => new(_certificate);

    /// <summary>The certificate without its private key, for whoever verifies with it, and disposes it.</summary>
    public X509Certificate2 PublicCopy() => X509CertificateLoader.LoadCertificate(_certificate.RawData);

    /// <summary>A checkpoint of the ledger's chain, signed.</summary>
    /// <exception cref="Ledger.Store.LedgerException">The private key cannot be used.</exception>
    public SignedCheckpoint Sign(Checkpoint checkpoint) => SignedCheckpoint.Sign(checkpoint, _certificate);

    /// <summary>The detached CMS signature (RFC 5652) of some content, DER.</summary>
    /// <param name="at">The signing time to state, in whole seconds.</param>
    /// <exception cref="EvidenceException">The private key cannot be used.</exception>
    internal byte[] Sign(byte[] content, DateTimeOffset at)
    {
        var cms = new SignedCms(new ContentInfo(content), detached: true);
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, _certificate) { IncludeOption = X509IncludeOption.EndCertOnly, DigestAlgorithm = new Oid(Sha256) };
        signer.SignedAttributes.Add(new Pkcs9SigningTime(at.UtcDateTime));
        foreach (var further in _chain.Skip(1))
            signer.Certificates.Add(further);
        try
        {
            cms.ComputeSignature(signer, silent: true);
        }
        catch (CryptographicException e)
        {
            throw new EvidenceException(_place, $"has a private key that cannot sign: {e.Message}", "Let this account use the key, or configure another.", e);
        }
        return cms.Encode();
    }

    public void Dispose()
    {
        foreach (var certificate in _chain)
            certificate.Dispose();
        _certificate.Dispose();
    }

    internal static string PemOf(IEnumerable<X509Certificate2> certificates)
    {
        var pem = new StringBuilder();
        foreach (var certificate in certificates)
            pem.Append(certificate.ExportCertificatePem()).Append('\n');
        return pem.ToString();
    }

    // Without the network: what a pack holds must not depend on what answered at the time.
    private static X509Certificate2Collection ChainOf(X509Certificate2 certificate, X509Certificate2Collection others)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllFlags;
        chain.ChainPolicy.ExtraStore.AddRange(others);
        chain.Build(certificate);
        var found = chain.ChainElements.Select(element => X509CertificateLoader.LoadCertificate(element.Certificate.RawData)).ToArray();
        return new X509Certificate2Collection(found.Length > 0 ? found : [X509CertificateLoader.LoadCertificate(certificate.RawData)]);
    }
}

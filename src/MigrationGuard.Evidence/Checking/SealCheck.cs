using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MigrationGuard.Evidence.Packs;
using MigrationGuard.Evidence.Seals;

namespace MigrationGuard.Evidence.Checking;

/// <summary>Holds a pack's signature against its tag manifest, its stamp against the signature, and both against whom the reader trusts.</summary>
/// <param name="now">What a certificate has to be valid at where no proven stamp says when the pack was signed.</param>
internal sealed class SealCheck(PackContents contents, PackTrust trust, DateTimeOffset now, PackFindings findings)
{
    /// <summary>Larger than any signature, stamp or file of certificates.</summary>
    public const int MostBytes = 1024 * 1024;

    // How far the clocks of a signer and of an authority may differ before it looks wrong.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    private static readonly string[] StrongDigests = ["2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3"];

    /// <summary>Who signed; null where no signature holds.</summary>
    public SignerFinding? Signer { get; private set; }

    /// <summary>The certificate that signed; null where no signature holds.</summary>
    public X509Certificate2? Certificate { get; private set; }

    /// <summary>When it was stamped; null where no stamp holds.</summary>
    public StampFinding? Stamp { get; private set; }

    /// <param name="signed">The tag manifest's bytes; null where there is none.</param>
    public void Run(byte[]? signed)
    {
        if (contents.ReadWhole(PackLayout.Signature, MostBytes, findings) is not { } signature)
            return;
        if (!StrictDer.Holds(signature) || !StrictDer.IsDetached(signature))
        {
            findings.Report(PackLayout.Signature, "is not one detached CMS signature in DER, from its first byte to its last.");
            return;
        }
        CheckStamp(signature);
        if (signed is not null && CheckSignature(signature, signed) is var (cms, signer))
            Trust(cms.Certificates, signer);
    }

    private (SignedCms Cms, X509Certificate2 Signer)? CheckSignature(byte[] signature, byte[] signed)
    {
        var cms = new SignedCms(new ContentInfo(signed), detached: true);
        try
        {
            cms.Decode(signature);
            if (cms.SignerInfos is not [var signer])
            {
                findings.Report(PackLayout.Signature, "is not by one signer.");
                return null;
            }
            if (signer.Certificate is not { } certificate)
            {
                findings.Report(PackLayout.Signature, "does not hold the certificate that it was made with.");
                return null;
            }
            cms.CheckSignature(verifySignatureOnly: true);
            CheckForm(signer, certificate);
            var at = signer.SignedAttributes.Cast<CryptographicAttributeObject>().SelectMany(attribute => attribute.Values.Cast<AsnEncodedData>()).OfType<Pkcs9SigningTime>().ToList();
            if (at.Count != 1)
            {
                findings.Report(PackLayout.Signature, "does not state when it was made.");
                return null;
            }
            Signer = new SignerFinding(
                certificate.Subject,
                Convert.ToHexStringLower(SHA256.HashData(certificate.RawData)),
                new DateTimeOffset(DateTime.SpecifyKind(at[0].SigningTime, DateTimeKind.Utc)),
                certificate.Subject == DevelopmentCertificate.Subject,
                IsProven: false);
            Certificate = certificate;
            return (cms, certificate);
        }
        catch (CryptographicException e)
        {
            findings.Report(PackLayout.Signature, $"does not hold for {PackLayout.TagManifest}: {e.Message}");
            return null;
        }
    }

    private void CheckForm(SignerInfo signer, X509Certificate2 certificate)
    {
        if (!StrongDigests.Contains(signer.DigestAlgorithm.Value))
            findings.Report(PackLayout.Signature, "is over a digest that is no SHA-2, which can be forged.");
        if (signer.UnsignedAttributes.Count > 0)
            findings.Report(PackLayout.Signature, "holds attributes that nobody signed.");
        if (SignerKey.ProblemWith(certificate) is { } problem)
            findings.Report(PackLayout.Signature, "is by a certificate that " + problem);
        if (SignerUsage.ProblemWith(certificate) is { } use)
            findings.Report(PackLayout.Signature, "is by a certificate that " + use);
        RequireFirst(PackLayout.SignerCertificates, certificate, "the certificate that signed");
    }

    private void RequireFirst(string file, X509Certificate2 certificate, string what)
    {
        if (Certificates(file) is not [var first, ..])
            findings.Report(file, "holds no certificate.");
        else if (!first.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span))
            findings.Report(file, $"does not begin with {what}.");
    }

    private X509Certificate2Collection Certificates(string file)
    {
        var certificates = new X509Certificate2Collection();
        if (contents.ReadWhole(file, MostBytes, findings) is not { } content)
            return certificates;
        try
        {
            certificates.ImportFromPem(Encoding.Latin1.GetString(content));
        }
        catch (CryptographicException e)
        {
            findings.Report(file, $"cannot be read as certificates: {e.Message}");
        }
        return certificates;
    }

    private void CheckStamp(byte[] signature)
    {
        var response = contents.ReadWhole(PackLayout.Stamp, MostBytes, findings);
        if (contents.Files.ContainsKey(PackLayout.StampPending))
        {
            if (response is not null)
                findings.Report(PackLayout.StampPending, "says that there is no stamp, and there is one.");
            findings.Note($"The signature was not stamped: {PackLayout.StampPending} says why.");
        }
        if (response is null)
        {
            if (contents.Files.ContainsKey(PackLayout.AuthorityCertificates))
                findings.Report(PackLayout.AuthorityCertificates, "is there without a stamp: the stamp was removed.");
            return;
        }
        try
        {
            if (StampResponse.TokenOf(response) is not { } token || !token.VerifySignatureForData(signature, out var authority, Certificates(PackLayout.AuthorityCertificates)) || authority is null)
            {
                findings.Report(PackLayout.Stamp, $"is not a stamp of {PackLayout.Signature}.");
                return;
            }
            RequireFirst(PackLayout.AuthorityCertificates, authority, "the certificate of the authority that stamped");
            Stamp = new StampFinding(token.TokenInfo.Timestamp, authority.Subject, TrustAuthority(token, authority));
        }
        catch (CryptographicException e)
        {
            findings.Report(PackLayout.Stamp, $"cannot be read: {e.Message}");
        }
    }

    private bool TrustAuthority(Rfc3161TimestampToken token, X509Certificate2 authority)
    {
        var roots = trust.Authorities ?? trust.Signers;
        if (roots.Count == 0)
            return false;
        var chain = CertificateChain.Build(authority, token.AsSignedCms().Certificates, roots, token.TokenInfo.Timestamp, CertificateChain.TimeStamping);
        if (chain.Problem is { } problem && trust.Authorities is not null)
            findings.Report(PackLayout.Stamp, $"is not by an authority that is trusted: {problem}");
        return chain.Problem is null;
    }

    private void Trust(X509Certificate2Collection others, X509Certificate2 certificate)
    {
        if (Signer is not { } signer)
            return;
        if (Stamp is { IsProven: false } stamp)
            findings.Note($"The stamp's authority is unproven: {stamp.Authority}. Name its root with --trust-tsa.");
        if (Stamp is { IsProven: true } early && early.At < signer.SignedAt - ClockTolerance)
            findings.Report(PackLayout.Stamp, "is from before the signature states that it was made.");
        if (trust.Signer is not null && trust.Signer != signer.Sha256Thumbprint)
        {
            findings.Report(PackLayout.Signature, $"is by {certificate.Subject}, and not by the certificate that --signer names: the SHA-256 is {signer.Sha256Thumbprint}.");
            return;
        }
        if (trust.Signers.Count == 0 && trust.Signer is null)
        {
            findings.Note("Signer unproven: anyone can re-seal a changed pack with a certificate of their own. Get the root certificate from the organisation, apart from the pack, and name it with --trust.");
            return;
        }
        // A stamp from after the certificate's time proves as little as none: whoever has the key by then can have it stamped.
        var isProven = Stamp is { IsProven: true } proven && ProblemAt(proven.At) is null;
        if (!isProven)
            findings.Note(string.Create(CultureInfo.InvariantCulture, $"No proven stamp says that it was signed while its certificate was valid: {signer.SignedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC is the signer's own word."));
        if (!isProven && ProblemAt(signer.SignedAt) is { } problem)
            findings.Report(PackLayout.Signature, $"is by {certificate.Subject}, who is not trusted: {problem}");
        else if (!isProven && ProblemAt(now) is not null)
            findings.Note($"Signer unproven: {Lapsed(certificate)}, and whoever has its key since can state any time of signing. To believe this one is your own decision; README-VERIFY.txt does so with -attime.");
        else if (signer.IsDevelopment)
            findings.Note("Signer unproven: a development certificate proves nobody, whoever names it. Anyone can make one like it; have packs that are to convince somebody signed with a certificate of the organisation.");
        else
            Signer = signer with { IsProven = true };

        string? ProblemAt(DateTimeOffset at) => trust.Signers.Count > 0 ? CertificateChain.Build(certificate, others, trust.Signers, at).Problem : ProblemWithTime(certificate, at);
    }

    // A certificate that is named itself needs no root, and has its time all the same.
    private static string? ProblemWithTime(X509Certificate2 certificate, DateTimeOffset at) =>
        at.UtcDateTime < certificate.NotBefore.ToUniversalTime() || at.UtcDateTime > certificate.NotAfter.ToUniversalTime() ? "its certificate was not valid at that time." : null;

    private string Lapsed(X509Certificate2 certificate) => certificate.NotAfter.ToUniversalTime() < now.UtcDateTime
        ? string.Create(CultureInfo.InvariantCulture, $"its certificate expired on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC")
        : "its certificate, or one that it leads to, is not valid today";
}

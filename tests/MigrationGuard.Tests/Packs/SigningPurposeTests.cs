using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using MigrationGuard.Evidence;
using MigrationGuard.Evidence.Checking;
using MigrationGuard.Evidence.Packs;
using MigrationGuard.Evidence.Seals;

namespace MigrationGuard.Tests.Packs;

/// <summary>Of all certificates under a root, those that may sign packs, and the one that a reader names.</summary>
public sealed class SigningPurposeTests : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string CodeSigning = "1.3.6.1.5.5.7.3.3";
    private const string TimeStamping = "1.3.6.1.5.5.7.3.8";

    private readonly PackWorkshop _workshop = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _workshop.Dispose();
        _key.Dispose();
    }

    [Theory]
    [InlineData(null, X509KeyUsageFlags.NonRepudiation)]
    [InlineData("1.3.6.1.5.5.7.3.4", X509KeyUsageFlags.DigitalSignature)]
    [InlineData("1.3.6.1.5.5.7.3.36", X509KeyUsageFlags.DigitalSignature)]
    [InlineData("1.3.6.1.4.1.311.10.3.12", X509KeyUsageFlags.DigitalSignature)]
    [InlineData("2.5.29.37.0", X509KeyUsageFlags.DigitalSignature)]
    public async Task What_may_sign_here_verifies_here(string? usage, X509KeyUsageFlags keyUsage)
    {
        using var signer = SignerSource.FromPfx("signer.pfx", _workshop.Identity.Pfx(_key, usage: usage, keyUsage: keyUsage), password: null);
        var pack = await _workshop.BuildAsync(signer: signer);

        (await VerifyAsync(pack, _workshop.Trust)).Conclusion.ShouldBe(PackConclusion.Proven);
    }

    [Theory]
    [InlineData(ServerAuthentication, X509KeyUsageFlags.DigitalSignature, "extended key usage")]
    [InlineData(CodeSigning, X509KeyUsageFlags.DigitalSignature, "extended key usage")]
    [InlineData(TimeStamping, X509KeyUsageFlags.DigitalSignature, "extended key usage")]
    [InlineData(null, X509KeyUsageFlags.KeyEncipherment, "key usage says so")]
    public async Task A_certificate_for_something_else_under_the_same_root_can_neither_sign_nor_be_believed(string? usage, X509KeyUsageFlags keyUsage, string says)
    {
        Should.Throw<EvidenceException>(() => SignerSource.FromPfx("signer.pfx", _workshop.Identity.Pfx(_key, usage: usage, keyUsage: keyUsage), password: null)).Problem.ShouldContain(says);

        var pack = await PackWithoutAuditAsync();
        using var other = _workshop.Identity.Certify("CN=www.example.org", _key, -1, 365, usage, keyUsage);
        await SealAsync(pack, other);
        var report = await VerifyAsync(pack, _workshop.Trust);
        var problem = report.Problems.ShouldHaveSingleItem();
        problem.File.ShouldBe(PackLayout.Signature);
        problem.Problem.ShouldContain(says);
    }

    [Fact]
    public async Task The_one_certificate_that_a_reader_names_is_believed_and_no_other_under_the_same_root()
    {
        using var signer = _workshop.Identity.Signer();
        var pack = await _workshop.BuildAsync(signer: signer);
        var another = new string('0', 64);

        (await VerifyAsync(pack, _workshop.Trust with { Signer = signer.Sha256Thumbprint })).Conclusion.ShouldBe(PackConclusion.Proven);
        (await VerifyAsync(pack, PackTrust.Nobody with { Signer = signer.Sha256Thumbprint })).Conclusion.ShouldBe(PackConclusion.Proven);
        foreach (var trust in new[] { _workshop.Trust, PackTrust.Nobody })
        {
            var report = await VerifyAsync(pack, trust with { Signer = another });
            report.Problems.ShouldHaveSingleItem().Problem.ShouldContain("--signer");
            report.Signer.ShouldNotBeNull().IsProven.ShouldBeFalse();
        }
    }

    private async Task<string> PackWithoutAuditAsync()
    {
        using var signer = _workshop.Identity.Signer();
        var built = await PackBuilder.BuildAsync(_workshop.Request("evidence-1"), signer, authority: null, beforePublishing: null, TimeProvider.System, CancellationToken.None);
        return built.Path;
    }

    // As another program than this one signs, which asks nothing.
    private static async Task SealAsync(string pack, X509Certificate2 certificate)
    {
        var cms = new SignedCms(new ContentInfo(await File.ReadAllBytesAsync(Path.Combine(pack, PackLayout.TagManifest))), detached: true);
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate) { IncludeOption = X509IncludeOption.EndCertOnly, DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1") };
        signer.SignedAttributes.Add(new Pkcs9SigningTime(TimeProvider.System.GetUtcNow().UtcDateTime));
        cms.ComputeSignature(signer, silent: true);
        foreach (var (path, content) in SealFiles.Of(cms.Encode(), certificate.ExportCertificatePem() + "\n", new StampOutcome.NotAsked()))
            await File.WriteAllBytesAsync(Path.Combine(pack, path), content);
    }

    private static Task<PackReport> VerifyAsync(string pack, PackTrust trust) => PackVerification.VerifyAsync(pack, trust, TimeProvider.System, CancellationToken.None);
}

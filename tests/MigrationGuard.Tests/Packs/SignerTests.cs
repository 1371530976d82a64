using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using MigrationGuard.Evidence;
using MigrationGuard.Evidence.Checking;
using MigrationGuard.Evidence.Packs;
using MigrationGuard.Evidence.Seals;

namespace MigrationGuard.Tests.Packs;

/// <summary>Certificates that sign packs, and those that must not.</summary>
public sealed class SignerTests : IDisposable
{
    private readonly PackWorkshop _workshop = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _workshop.Dispose();
        _key.Dispose();
    }

    [Fact]
    public async Task A_PFX_file_signs_with_an_RSA_key_of_2048_bits_as_with_P_256()
    {
        using var rsa = RSA.Create(2048);
        foreach (var (id, key) in new (string, AsymmetricAlgorithm)[] { ("rsa", rsa), ("ecdsa", _key) })
        {
            await File.WriteAllBytesAsync(_workshop.At("signer.pfx"), _workshop.Identity.Pfx(key, "secret"));
            using var signer = await OpenAsync(new SignerOptions { Pfx = "signer.pfx", PfxPassword = "secret" });
            var pack = await _workshop.BuildAsync(id, signer: signer);

            signer.Warnings.ShouldBeEmpty();
            (await PackVerification.VerifyAsync(pack, _workshop.Trust, TimeProvider.System, CancellationToken.None)).Conclusion.ShouldBe(PackConclusion.Proven);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(Path.Combine(pack, PackLayout.SignerCertificates));
            chain.Select(certificate => certificate.Subject).ShouldBe(["CN=Evidence of a test", "CN=Root of a test"]);
        }
    }

    [Fact]
    public async Task A_key_that_is_too_short_or_of_another_kind_is_refused_with_what_to_use()
    {
        using var shortRsa = RSA.Create(1024);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        foreach (var key in new AsymmetricAlgorithm[] { shortRsa, p384 })
            (await RefusedAsync(_workshop.Identity.Pfx(key))).Remedy.ShouldContain("P-256");
    }

    [Fact]
    public async Task A_certificate_out_of_its_time_is_refused()
    {
        (await RefusedAsync(_workshop.Identity.Pfx(_key, fromDays: -10, toDays: -1))).Problem.ShouldContain("expired on");
        (await RefusedAsync(_workshop.Identity.Pfx(_key, fromDays: 1, toDays: 10))).Problem.ShouldContain("not valid before");
    }

    [Fact]
    public async Task A_wrong_password_no_key_and_no_PFX_are_told_apart()
    {
        var pfx = _workshop.Identity.Pfx(_key, "secret");

        (await RefusedAsync(pfx, "guess")).Problem.ShouldContain("another password");
        (await RefusedAsync(pfx)).Remedy.ShouldContain("MigrationGuard__Evidence__Signer__PfxPassword");
        using var alone = X509CertificateLoader.LoadCertificate(_workshop.Identity.Root.RawData);
        (await RefusedAsync(alone.Export(X509ContentType.Pfx))).Problem.ShouldContain("holds no private key");
        (await RefusedAsync("no PFX"u8.ToArray())).Problem.ShouldContain("is not a PKCS #12");
        (await Should.ThrowAsync<EvidenceException>(() => OpenAsync(new SignerOptions { Pfx = "gone.pfx" }))).Problem.ShouldContain("is not there");
        (await RefusedAsync(_workshop.Identity.Pfx(_key, keyUsage: X509KeyUsageFlags.KeyEncipherment))).Problem.ShouldContain("may not sign");
    }

    [Fact]
    public async Task An_extended_key_usage_is_warned_of_and_the_README_says_what_it_takes()
    {
        using var signer = SignerSource.FromPfx("signer.pfx", _workshop.Identity.Pfx(_key, usage: "1.3.6.1.5.5.7.3.36"), null);
        var pack = await _workshop.BuildAsync(signer: signer);

        signer.Warnings.ShouldHaveSingleItem().ShouldContain("-purpose any");
        (await File.ReadAllTextAsync(Path.Combine(pack, PackLayout.ReadMe))).ShouldContain("-purpose any -attime");
    }

    [Fact]
    public async Task Without_a_certificate_one_is_made_once_whoever_comes_first_and_it_says_what_it_is()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => OpenAsync(new SignerOptions()))));

        made.Select(signer => signer.Sha256Thumbprint).Distinct().ShouldHaveSingleItem();
        Directory.EnumerateFiles(_workshop.Path).ShouldHaveSingleItem();
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(_workshop.At(DevelopmentCertificate.FileName)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        made[0].Warnings.ShouldHaveSingleItem().ShouldContain("proves nobody");
        var pack = await _workshop.BuildAsync(signer: made[0]);
        (await File.ReadAllTextAsync(Path.Combine(pack, PackLayout.ReadMe))).ShouldContain("DEVELOPMENT CERTIFICATE");
        var report = await PackVerification.VerifyAsync(pack, PackTrust.Nobody, TimeProvider.System, CancellationToken.None);
        report.Conclusion.ShouldBe(PackConclusion.SignerUnproven);
        report.Signer.ShouldNotBeNull().IsDevelopment.ShouldBeTrue();
        (await PackVerification.VerifyAsync(pack, _workshop.Trust, TimeProvider.System, CancellationToken.None)).Conclusion.ShouldBe(PackConclusion.Broken);
        // Named as the root itself or by its SHA-256, it proves nobody all the same.
        using var itself = made[0].Copy();
        foreach (var trust in new[] { new PackTrust([itself]), new PackTrust([], Signer: made[0].Sha256Thumbprint), new PackTrust([itself], Signer: made[0].Sha256Thumbprint) })
        {
            var named = await PackVerification.VerifyAsync(pack, trust, TimeProvider.System, CancellationToken.None);
            named.Conclusion.ShouldBe(PackConclusion.SignerUnproven);
            named.Notes.ShouldContain(note => note.Contains("proves nobody", StringComparison.Ordinal));
        }
        foreach (var signer in made)
            signer.Dispose();
    }

    [Fact]
    public async Task A_certificate_is_read_without_its_key_and_whatever_its_time_where_it_only_verifies()
    {
        await File.WriteAllBytesAsync(_workshop.At("old.pfx"), _workshop.Identity.Pfx(_key, "secret", fromDays: -10, toDays: -1));
        var options = new SignerOptions { Pfx = "old.pfx", PfxPassword = "secret" };

        await Should.ThrowAsync<EvidenceException>(() => OpenAsync(options));
        using var certificate = await SignerSource.ReadCertificateAsync(options, _workshop.Path, TimeProvider.System, CancellationToken.None);
        (certificate.Subject, certificate.HasPrivateKey).ShouldBe(("CN=Evidence of a test", false));
        options.PfxPassword = "guess";
        await Should.ThrowAsync<EvidenceException>(() => SignerSource.ReadCertificateAsync(options, _workshop.Path, TimeProvider.System, CancellationToken.None));
    }

    [Fact]
    public async Task A_thumbprint_that_no_store_has_is_told() =>
        (await Should.ThrowAsync<EvidenceException>(() => OpenAsync(new SignerOptions { Thumbprint = new string('0', 40) }))).Place.ShouldContain("CurrentUser/My");

    [Fact]
    public async Task A_PFX_kept_in_a_key_vault_signs()
    {
        var pfx = Convert.ToBase64String(_workshop.Identity.Pfx(_key));
        using var signer = await FromVaultAsync(HttpStatusCode.OK, $$"""{ "value": "{{pfx}}", "contentType": "application/x-pkcs12" }""");

        signer.Subject.ShouldBe("CN=Evidence of a test");
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "{}", "is not there")]
    [InlineData(HttpStatusCode.Forbidden, "{}", "may not be read")]
    [InlineData(HttpStatusCode.BadRequest, "{}", "answered 400")]
    [InlineData(HttpStatusCode.OK, "{ \"value\": \"-----BEGIN CERTIFICATE-----\" }", "not a PFX in base64")]
    [InlineData(HttpStatusCode.OK, "<html>", "not a PFX in base64")]
    public async Task A_key_vault_that_does_not_give_a_PFX_is_told(HttpStatusCode status, string body, string says) =>
        (await Should.ThrowAsync<EvidenceException>(() => FromVaultAsync(status, body))).Message.ShouldContain(says);

    private Task<SigningCertificate> OpenAsync(SignerOptions options) => SignerSource.OpenAsync(options, _workshop.Path, TimeProvider.System, CancellationToken.None);

    private async Task<EvidenceException> RefusedAsync(byte[] pfx, string? password = null)
    {
        await File.WriteAllBytesAsync(_workshop.At("refused.pfx"), pfx);
        return await Should.ThrowAsync<EvidenceException>(() => OpenAsync(new SignerOptions { Pfx = "refused.pfx", PfxPassword = password }));
    }

    private static async Task<SigningCertificate> FromVaultAsync(HttpStatusCode status, string body)
    {
        using var client = new HttpClient(new Vault(status, body));
        return await KeyVaultCertificate.OpenAsync(
            new Uri("https://evidence.vault.azure.net"), "signer", password: null, new AnyLogin(), new HttpClientTransport(client), CancellationToken.None);
    }

    /// <summary>Answers as the REST interface does, and takes nothing but the one request that is right.</summary>
    private sealed class Vault(HttpStatusCode status, string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri!.AbsoluteUri.ShouldBe("https://evidence.vault.azure.net/secrets/signer?api-version=7.4");
            request.Headers.Authorization!.ToString().ShouldBe("Bearer https://vault.azure.net/.default");
            return Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
        }
    }

    private sealed class AnyLogin : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(requestContext.Scopes.Single(), TimeProvider.System.GetUtcNow().AddHours(1));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}

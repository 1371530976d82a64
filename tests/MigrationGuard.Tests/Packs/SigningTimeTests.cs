using System.Security.Cryptography;
using MigrationGuard.Evidence.Checking;
using MigrationGuard.Evidence.Packs;
using MigrationGuard.Evidence.Seals;
using MigrationGuard.Tests.Notifications;

namespace MigrationGuard.Tests.Packs;

/// <summary>Certificates that expired: what proves that a pack was signed before, and what does not.</summary>
public sealed class SigningTimeTests : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    // Within the time of a certificate that is over by now.
    private static readonly DateTimeOffset Then = Now.AddDays(-60);

    private static readonly TimeProvider InTwoYears = new SettableTime(Now.AddYears(2));

    private readonly PackWorkshop _workshop = new();

    public void Dispose() => _workshop.Dispose();

    [Fact]
    public async Task A_key_whose_certificate_expired_proves_nothing_by_a_time_of_signing_of_its_own_choice()
    {
        using var signer = Expired();
        var pack = await _workshop.BuildAsync(signer: signer, time: new SettableTime(Then));
        await File.WriteAllTextAsync(Path.Combine(pack, "data/results/001-crm-contact-record-count.csv"), "side,rows\nsource,1000\ntarget,1000000\n");
        await PackWorkshop.ResealAsync(pack, signer, Then);

        var report = await VerifyAsync(pack, TimeProvider.System);
        report.Problems.ShouldBeEmpty();
        report.Conclusion.ShouldBe(PackConclusion.SignerUnproven);
        report.Notes.ShouldContain(note => note.Contains("expired on", StringComparison.Ordinal) && note.Contains("-attime", StringComparison.Ordinal));
        // The same pack while the certificate was valid.
        (await VerifyAsync(pack, new SettableTime(Then.AddDays(1)))).Conclusion.ShouldBe(PackConclusion.Proven);
    }

    [SkippableFact]
    public async Task A_stamp_from_after_the_certificate_expired_proves_as_little_as_none()
    {
        Skip.IfNot(AuditorShell.IsThere, "There is no openssl here.");
        await using var tsa = new LocalTimestampAuthority();
        using var authority = tsa.Open();
        using var signer = Expired();
        var pack = await _workshop.BuildAsync(signer: signer, time: new SettableTime(Then));
        (await LateStamp.AddAsync(pack, authority, CancellationToken.None)).ShouldBeOfType<StampOutcome.Stamped>();

        var stamped = await VerifyAsync(pack, TimeProvider.System, tsa);
        await PackWorkshop.RemoveStampAsync(pack);
        var without = await VerifyAsync(pack, TimeProvider.System, tsa);
        foreach (var report in new[] { stamped, without })
        {
            report.Problems.ShouldBeEmpty();
            report.Conclusion.ShouldBe(PackConclusion.SignerUnproven);
        }
    }

    [SkippableFact]
    public async Task A_stamp_from_within_the_certificates_time_proves_the_signer_for_as_long_as_anybody_asks()
    {
        Skip.IfNot(AuditorShell.IsThere, "There is no openssl here.");
        await using var tsa = new LocalTimestampAuthority();
        using var authority = tsa.Open();
        var pack = await _workshop.BuildAsync(authority: authority);

        (await VerifyAsync(pack, InTwoYears, tsa)).Conclusion.ShouldBe(PackConclusion.Proven);
        // An authority that nobody vouches for is anybody.
        (await VerifyAsync(pack, InTwoYears)).Conclusion.ShouldBe(PackConclusion.SignerUnproven);
    }

    [SkippableFact]
    public async Task A_stamp_that_was_removed_without_a_trace_beside_it_is_told_by_what_was_signed()
    {
        Skip.IfNot(AuditorShell.IsThere, "There is no openssl here.");
        await using var tsa = new LocalTimestampAuthority();
        using var authority = tsa.Open();
        var pack = await _workshop.BuildAsync(authority: authority);
        (await File.ReadAllTextAsync(Path.Combine(pack, PackLayout.BagInfo))).ShouldContain($"Timestamp-Authority: {tsa.Address}\n");
        (await VerifyAsync(pack, TimeProvider.System, tsa)).Conclusion.ShouldBe(PackConclusion.Proven);

        await PackWorkshop.RemoveStampAsync(pack);
        var report = await VerifyAsync(pack, TimeProvider.System, tsa);
        var problem = report.Problems.ShouldHaveSingleItem();
        problem.File.ShouldBe(PackLayout.Stamp);
        problem.Problem.ShouldContain("was removed");
    }

    private SigningCertificate Expired()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return SignerSource.FromPfx("expired.pfx", _workshop.Identity.Pfx(key, fromDays: -90, toDays: -30), password: null);
    }

    private Task<PackReport> VerifyAsync(string pack, TimeProvider time, LocalTimestampAuthority? tsa = null) =>
        PackVerification.VerifyAsync(pack, new PackTrust([_workshop.Identity.Root], tsa is null ? null : [tsa.Root]), time, CancellationToken.None);
}

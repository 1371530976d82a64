using MigrationGuard.Evidence;
using MigrationGuard.Evidence.Checking;
using MigrationGuard.Evidence.Packs;
using MigrationGuard.Evidence.Seals;
using MigrationGuard.Tests.Notifications;

namespace MigrationGuard.Tests.Packs;

/// <summary>Stamps, and authorities that cannot be used: no pack is lost for want of a stamp.</summary>
public sealed class TimestampTests : IDisposable
{
    private readonly PackWorkshop _workshop = new();

    public void Dispose() => _workshop.Dispose();

    [SkippableFact]
    public async Task A_stamp_is_proven_under_the_authoritys_root_and_not_under_another()
    {
        Skip.IfNot(AuditorShell.IsThere, "There is no openssl here.");
        await using var tsa = new LocalTimestampAuthority();
        using var authority = tsa.Open();
        var pack = await _workshop.BuildAsync(authority: authority);

        var report = await VerifyAsync(pack, new PackTrust([_workshop.Identity.Root], [tsa.Root]));
        report.Problems.ShouldBeEmpty();
        report.Stamp.ShouldNotBeNull().IsProven.ShouldBeTrue();
        (await VerifyAsync(pack, _workshop.Trust)).Stamp.ShouldNotBeNull().IsProven.ShouldBeFalse();
        using var stranger = new TestIdentity("CN=A stranger");
        (await VerifyAsync(pack, new PackTrust([_workshop.Identity.Root], [stranger.Root]))).Conclusion.ShouldBe(PackConclusion.Broken);
    }

    [SkippableTheory]
    [InlineData("garbage")]
    [InlineData("empty")]
    [InlineData("another nonce")]
    [InlineData("a rejection")]
    [InlineData("more than a stamp")]
    public async Task An_authority_that_answers_anything_else_delays_the_stamp_and_loses_no_pack(string answer)
    {
        Skip.IfNot(AuditorShell.IsThere, "There is no openssl here.");
        await using var tsa = new LocalTimestampAuthority();
        tsa.Answer = async (authority, query) => answer switch
        {
            "garbage" => "<html>Welcome</html>"u8.ToArray(),
            "empty" => [],
            "another nonce" => await authority.ReplyToAnotherAsync(query),
            "a rejection" => await authority.ReplyAsync(query, "picky.cnf"),
            _ => [.. await authority.ReplyAsync(query, "tsa.cnf"), 0],
        };
        using var authority = tsa.Open();
        await PendingAsync(authority, tsa.Address);

        // The same authority, once it answers as it should, stamps the pack that there is.
        tsa.Answer = (sender, query) => sender.ReplyAsync(query, "tsa.cnf");
        (await LateStamp.AddAsync(_workshop.At("evidence-1"), authority, CancellationToken.None)).ShouldBeOfType<StampOutcome.Stamped>();
        var report = await VerifyAsync(_workshop.At("evidence-1"), new PackTrust([_workshop.Identity.Root], [tsa.Root]));
        report.Problems.ShouldBeEmpty();
        report.Stamp.ShouldNotBeNull().IsProven.ShouldBeTrue();
        (await Should.ThrowAsync<EvidenceException>(() => LateStamp.AddAsync(_workshop.At("evidence-1"), authority, CancellationToken.None))).Problem.ShouldContain("has a stamp already");
    }

    [Fact]
    public async Task An_authority_that_is_down_delays_the_stamp_and_loses_no_pack()
    {
        var address = $"http://127.0.0.1:{HostileMailServer.FreePort()}/";
        using var authority = TimestampAuthority.Open(new TimestampAuthorityOptions { Url = address, TimeoutSeconds = 5 }, _workshop.Path)!;

        await PendingAsync(authority, address);
    }

    [SkippableFact]
    public async Task An_authority_under_another_root_than_the_configured_one_is_not_believed()
    {
        Skip.IfNot(AuditorShell.IsThere, "There is no openssl here.");
        await using var tsa = new LocalTimestampAuthority();
        await File.WriteAllTextAsync(_workshop.At("other.pem"), _workshop.Identity.RootPem);
        using var authority = tsa.Open(_workshop.At("other.pem"));

        await PendingAsync(authority, tsa.Address);
    }

    [SkippableFact]
    public async Task A_stamp_that_was_removed_or_is_of_another_signature_is_told()
    {
        Skip.IfNot(AuditorShell.IsThere, "There is no openssl here.");
        await using var tsa = new LocalTimestampAuthority();
        using var authority = tsa.Open();
        var (one, other) = (await _workshop.BuildAsync("one", authority: authority), await _workshop.BuildAsync("other", authority: authority));
        File.Copy(Path.Combine(other, PackLayout.Stamp), Path.Combine(one, PackLayout.Stamp), overwrite: true);
        File.Delete(Path.Combine(other, PackLayout.Stamp));

        (await VerifyAsync(one, _workshop.Trust)).Problems.ShouldContain(problem => problem.Problem.Contains("is not a stamp of", StringComparison.Ordinal));
        (await VerifyAsync(other, _workshop.Trust)).Problems.ShouldContain(problem => problem.Problem.Contains("the stamp was removed", StringComparison.Ordinal));
    }

    private async Task PendingAsync(TimestampAuthority authority, string address)
    {
        using var signer = _workshop.Identity.Signer();
        var built = await PackBuilder.BuildAsync(_workshop.Request("evidence-1"), signer, authority, null, TimeProvider.System, CancellationToken.None);

        built.Sealed.Stamp.ShouldBeOfType<StampOutcome.Pending>().Authority.ShouldBe(address);
        (await File.ReadAllTextAsync(Path.Combine(built.Path, PackLayout.StampPending))).ShouldContain(address);
        // The README is signed before anybody knows what became of the stamp.
        (await File.ReadAllTextAsync(Path.Combine(built.Path, PackLayout.ReadMe))).ShouldContain($"is to be stamped by {address}");
        var report = await VerifyAsync(built.Path, _workshop.Trust);
        report.Conclusion.ShouldBe(PackConclusion.Proven);
        report.Stamp.ShouldBeNull();
        report.Notes.ShouldContain(note => note.Contains("was not stamped", StringComparison.Ordinal));
    }

    private static Task<PackReport> VerifyAsync(string pack, PackTrust trust) => PackVerification.VerifyAsync(pack, trust, TimeProvider.System, CancellationToken.None);
}

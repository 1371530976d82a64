using MigrationGuard.Configuration;
using MigrationGuard.Evidence;
using MigrationGuard.Runs;

namespace MigrationGuard.Tests.Configuration;

/// <summary>Each rule of how packs are sealed is seen broken and kept.</summary>
public sealed class EvidenceRulesTests
{
    [Fact]
    public void A_signer_of_each_kind_and_an_authority_are_no_problem()
    {
        Check(evidence => evidence.Signer = new() { Pfx = "signer.pfx", PfxPassword = "secret", RootUrl = "https://www.example.org/root.pem" }).ShouldBeEmpty();
        Check(evidence => evidence.Signer = new() { Thumbprint = new string('a', 40) }).ShouldBeEmpty();
        Check(evidence => evidence.Signer = new() { KeyVault = "https://evidence.vault.azure.net", KeyVaultSecret = "signer" }).ShouldBeEmpty();
        Check(evidence => evidence.TimestampAuthority = new() { Url = "http://timestamp.example.org/rfc3161", Proxy = "http://proxy.example.org:8080" }).ShouldBeEmpty();
    }

    [Fact]
    public void Each_rule_is_told_with_its_place()
    {
        Only(evidence => evidence.Commitments = " ").ShouldBe("Evidence:Commitments");
        Only(evidence => evidence.Signer = new() { Pfx = "a", Thumbprint = new string('a', 40) }).ShouldBe("Evidence:Signer");
        Only(evidence => evidence.Signer.Pfx = "").ShouldBe("Evidence:Signer:Pfx");
        Only(evidence => evidence.Signer.PfxPassword = "secret").ShouldBe("Evidence:Signer:PfxPassword");
        Only(evidence => evidence.Signer.Thumbprint = "ab cd").ShouldBe("Evidence:Signer:Thumbprint");
        Only(evidence => evidence.Signer.StoreName = "").ShouldBe("Evidence:Signer:StoreName");
        Only(evidence => evidence.Signer = new() { KeyVault = "http://vault.example.org", KeyVaultSecret = "signer" }).ShouldBe("Evidence:Signer:KeyVault");
        Only(evidence => evidence.Signer.KeyVault = "https://evidence.vault.azure.net").ShouldBe("Evidence:Signer:KeyVaultSecret");
        Only(evidence => evidence.Signer = new() { KeyVault = "https://evidence.vault.azure.net", KeyVaultSecret = "a/b" }).ShouldBe("Evidence:Signer:KeyVaultSecret");
        Only(evidence => evidence.Signer.RootUrl = "http://www.example.org/root.pem").ShouldBe("Evidence:Signer:RootUrl");
        Only(evidence => evidence.TimestampAuthority = new()).ShouldBe("Evidence:TimestampAuthority:Url");
        Only(evidence => evidence.TimestampAuthority = new() { Url = "ftp://timestamp.example.org" }).ShouldBe("Evidence:TimestampAuthority:Url");
        Only(evidence => evidence.TimestampAuthority = Usable(authority => authority.Root = "")).ShouldBe("Evidence:TimestampAuthority:Root");
        Only(evidence => evidence.TimestampAuthority = Usable(authority => authority.Proxy = "https://proxy")).ShouldBe("Evidence:TimestampAuthority:Proxy");
        Only(evidence => evidence.TimestampAuthority = Usable(authority => authority.TimeoutSeconds = 0)).ShouldBe("Evidence:TimestampAuthority:TimeoutSeconds");
    }

    [Fact]
    public void The_password_of_a_PFX_is_not_recorded()
    {
        var options = RulesTests.Valid();
        options.Evidence.Signer = new() { Pfx = "signer.pfx", PfxPassword = "c4nary-pa55word" };

        RedactedConfiguration.Of(options).ShouldContain("signer.pfx");
        RedactedConfiguration.Of(options).ShouldNotContain("c4nary-pa55word");
    }

    private static TimestampAuthorityOptions Usable(Action<TimestampAuthorityOptions> change)
    {
        var authority = new TimestampAuthorityOptions { Url = "http://timestamp.example.org" };
        change(authority);
        return authority;
    }

    private static IReadOnlyList<ConfigurationProblem> Check(Action<EvidenceOptions> change)
    {
        var options = RulesTests.Valid();
        change(options.Evidence);
        return ConfigurationRules.Check(options);
    }

    private static string Only(Action<EvidenceOptions> change) => Check(change).ShouldHaveSingleItem().Place;
}

using static MigrationGuard.Tests.Configuration.DecommissioningOptions;

namespace MigrationGuard.Tests.Configuration;

public sealed class ObligationRulesTests
{
    [Fact]
    public void An_obligation_says_what_it_is_whose_and_from_when()
    {
        Only(options => options.Obligations["audit-log-review"].Title = "").Place.ShouldBe("Obligations:audit-log-review:Title");
        Only(options => options.Obligations["audit-log-review"].OwnerRole = "").Place.ShouldBe("Obligations:audit-log-review:OwnerRole");
        Only(options => options.Obligations["audit-log-review"].From = null).Place.ShouldBe("Obligations:audit-log-review:From");
        Only(options => options.Obligations["audit-log-review"].From = new DateOnly(26, 1, 31)).Place.ShouldBe("Obligations:audit-log-review:From");
        Only(options => options.Obligations["audit-log-review"].CompletedBy = ["Information Asset Owner", "Auditor"]).Place.ShouldBe("Obligations:audit-log-review:CompletedBy:1");
    }

    [Theory]
    [InlineData("deletion-review")]
    [InlineData("Partner-Notice")]
    [InlineData("audit.log")]
    [InlineData("audit log")]
    [InlineData("-audit")]
    [InlineData("a23456789012345678901234567890123456789012345678901")]
    public void Its_name_is_one_that_the_ledger_can_hold_and_not_taken(string name) =>
        Only(options => options.Obligations[name] = options.Obligations["audit-log-review"]).Place.ShouldBe("Obligations:" + name);

    [Fact]
    public void A_partner_has_a_name_a_contact_a_clock_and_roles_that_are_there()
    {
        Only(options => options.Comparisons["crm"].Partner!.Name = "").Place.ShouldBe("Comparisons:crm:Partner:Name");
        Only(options => options.Comparisons["crm"].Partner!.Contact = "a\nb").Place.ShouldBe("Comparisons:crm:Partner:Contact");
        Only(options => options.Comparisons["crm"].Partner!.OwnerRole = "Board").Place.ShouldBe("Comparisons:crm:Partner:OwnerRole");
        Only(options => options.Comparisons["crm"].Partner!.EscalateTo = "").Place.ShouldBe("Comparisons:crm:Partner:EscalateTo");
        Check(options => options.Comparisons["crm"].Partner = null).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(8785)]
    public void A_partners_clock_runs(double hours)
    {
        Only(options => options.Comparisons["crm"].Partner!.TellWithinHours = hours).Place.ShouldBe("Comparisons:crm:Partner:TellWithinHours");
        Check(options => options.Comparisons["crm"].Partner!.TellWithinHours = 0.01).ShouldBeEmpty();
    }
}

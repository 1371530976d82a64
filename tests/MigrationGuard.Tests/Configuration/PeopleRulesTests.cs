using MigrationGuard.Configuration;
using static MigrationGuard.Tests.Configuration.DecommissioningOptions;

namespace MigrationGuard.Tests.Configuration;

public sealed class PeopleRulesTests
{
    [Fact]
    public void Options_without_a_fault_have_no_problem() => ConfigurationRules.Check(Valid()).ShouldBeEmpty();

    [Fact]
    public void A_time_zone_is_one_that_exists()
    {
        Only(options => options.Project.TimeZone = "Europe/Lodnon").ShouldBe(new ConfigurationProblem("Project:TimeZone", "names no time zone known here.", "Did you mean Europe/London?"));
        Only(options => options.People["head"].TimeZone = "Nowhere/Land").Place.ShouldBe("People:head:TimeZone");
        Check(options => options.People["head"].TimeZone = "Europe/London").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("head@example.org", true)]
    [InlineData("h.o'brien+it@example.org", true)]
    [InlineData("", false)]
    [InlineData("head", false)]
    [InlineData("Head <head@example.org>", false)]
    [InlineData("head@example.org, iao@example.org", false)]
    [InlineData("head@example.org\r\nBcc: all@example.org", false)]
    [InlineData(" head@example.org", false)]
    public void An_address_is_one_address(string address, bool kept)
    {
        var problems = Check(options => options.People["head"].Email = address);
        problems.Select(problem => problem.Place).ShouldBe(kept ? [] : ["People:head:Email"]);
    }

    [Theory]
    [InlineData("Jo Bloggs")]
    [InlineData("-jo")]
    [InlineData("jo:bloggs")]
    [InlineData("jö")]
    [InlineData("jo\n")]
    public void A_persons_key_is_one_that_the_ledger_can_hold(string key)
    {
        Only(options => options.People[key] = new() { Name = "Jo" }).Remedy.ShouldContain("letters, digits");
        Check(options => options.People["jo.b_1-x"] = new() { Name = "Jo" }).ShouldBeEmpty();
        Check(options => options.People[new string('j', 100)] = new() { Name = "Jo" }).ShouldBeEmpty();
        Check(options => options.People[new string('j', 101)] = new() { Name = "Jo" }).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Jo\nBcc: everybody")]
    public void A_person_has_a_name_of_one_line(string name) => Only(options => options.People["head"].Name = name).Place.ShouldBe("People:head:Name");

    [Fact]
    public void An_account_is_one_persons_in_any_case()
    {
        Only(options => options.People["iao"].Accounts = ["other", "farm\\HEAD"])
            .ShouldBe(new ConfigurationProblem("People:iao:Accounts:1", "is claimed at People:head:Accounts:0 too.", "An account is one person's: leave it with that person only."));
        Only(options => options.People["iao"].Accounts = [" "]).Place.ShouldBe("People:iao:Accounts:0");
        Check(options => options.People["iao"].Accounts = ["other", "farm\\another"]).ShouldBeEmpty();
    }

    [Fact]
    public void A_role_is_held_by_somebody_who_is_there()
    {
        Only(options => options.Roles["Head of IT architecture"].People = [])
            .ShouldBe(new ConfigurationProblem("Roles:Head of IT architecture:People", "is empty, so that nobody holds the role.", "Name somebody who is under People."));
        Only(options => options.Roles["Head of IT architecture"].People = ["head", "haed"])
            .ShouldBe(new ConfigurationProblem("Roles:Head of IT architecture:People:1", "names nobody who is under People.", "Add the person there. Did you mean head?"));
        Check(options => options.Roles["Head of IT architecture"].People = ["HEAD"]).ShouldBeEmpty();
    }

    [Fact]
    public void Everything_wrong_is_reported_at_once()
    {
        Check(options =>
        {
            options.Project.TimeZone = "?";
            options.People["head"].Email = "?";
            options.Assets["crm-old-db"].OwnerRole = "?";
            options.Obligations["audit-log-review"].EveryMonths = 0;
        }).Select(problem => problem.Place).ShouldBe(["Project:TimeZone", "Assets:crm-old-db:OwnerRole", "Obligations:audit-log-review:EveryMonths", "People:head:Email"]);
    }
}

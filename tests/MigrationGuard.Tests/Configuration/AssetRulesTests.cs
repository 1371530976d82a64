using MigrationGuard.Configuration;
using static MigrationGuard.Tests.Configuration.DecommissioningOptions;

namespace MigrationGuard.Tests.Configuration;

public sealed class AssetRulesTests
{
    [Fact]
    public void An_asset_has_an_owner_who_is_there()
    {
        Only(options => options.Assets["crm-old-db"].OwnerRole = "").ShouldBe(new ConfigurationProblem("Assets:crm-old-db:OwnerRole", "is missing.", "Name the role that owns its destruction."));
        Only(options => options.Assets["crm-old-db"].OwnerRole = "Head of IT architectur").Remedy.ShouldBe("Add it under Roles. Did you mean Head of IT architecture?");
        Only(options => options.Assets["crm-old-db"].Owner = "nobody at all").ShouldBe(new ConfigurationProblem("Assets:crm-old-db:Owner", "names nobody who is under People.", "Add the person there."));
        Check(options => options.Assets["crm-old-db"].OwnerRole = "HEAD OF IT ARCHITECTURE").ShouldBeEmpty();
        Check(options => options.Assets["crm-old-db"].Owner = null).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("crm old")]
    [InlineData(".crm")]
    [InlineData("crm/old")]
    [InlineData("crm:old")]
    public void An_assets_name_is_one_that_the_ledger_can_hold(string name) =>
        Only(options => options.Assets[name] = options.Assets["crm-old-db"]).Problem.ShouldBe("is not a name that the ledger can hold.");

    [Fact]
    public void An_asset_is_somewhere_and_its_texts_stand_on_one_line()
    {
        Only(options => options.Assets["crm-old-db"].Location = " ").Place.ShouldBe("Assets:crm-old-db:Location");
        Only(options => options.Assets["crm-old-db"].Holds = "one\ntwo").Place.ShouldBe("Assets:crm-old-db:Holds");
        Only(options => options.Assets["crm-old-db"].Commitment = "\u202Ereversed").Place.ShouldBe("Assets:crm-old-db:Commitment");
    }

    [Fact]
    public void A_go_live_day_with_a_slip_in_the_year_is_refused()
    {
        Only(options => options.Assets["crm-old-db"].GoLive = new DateOnly(206, 3, 7)).Place.ShouldBe("Assets:crm-old-db:GoLive");
        Check(options => options.Assets["crm-old-db"].GoLive = new DateOnly(1990, 1, 1)).ShouldBeEmpty();
    }

    [Fact]
    public void The_role_that_keeps_beyond_the_limit_is_needed_once_there_is_an_asset()
    {
        Only(options => options.Reviews.KeepBeyondLimitBy = "Information Aset Owner")
            .ShouldBe(new ConfigurationProblem("Reviews:KeepBeyondLimitBy", "names no role.", "Add it under Roles. Did you mean Information Asset Owner?"));
        Check(options =>
        {
            options.Reviews.KeepBeyondLimitBy = "Somebody else";
            options.Assets.Clear();
        }).ShouldBeEmpty();
    }

    [Fact]
    public void Reviews_are_bounded()
    {
        Only(options => options.Reviews.EveryMonths = 0).Place.ShouldBe("Reviews:EveryMonths");
        Only(options => options.Reviews.KeepLimit = -1).Place.ShouldBe("Reviews:KeepLimit");
        Only(options => options.Reviews.Hour = 24).Place.ShouldBe("Reviews:Hour");
        Only(options => options.Reviews.Hour = -1).Place.ShouldBe("Reviews:Hour");
        Only(options => options.Reviews.DecidedBy = ["Nobody's role"]).Place.ShouldBe("Reviews:DecidedBy:0");
        Check(options => (options.Reviews.EveryMonths, options.Reviews.KeepLimit, options.Reviews.Hour) = (1, 0, 23)).ShouldBeEmpty();
    }

    [Fact]
    public void Somebody_is_reminded_and_never_twice_on_one_day()
    {
        Only(options => options.Reviews.RemindDaysBefore = []).Problem.ShouldBe("is empty, so that nobody is ever reminded.");
        Only(options => options.Reviews.RemindDaysBefore = [14, 366]).Place.ShouldBe("Reviews:RemindDaysBefore:1");
        Only(options => options.Reviews.RemindDaysBefore = [-1]).Place.ShouldBe("Reviews:RemindDaysBefore:0");
        Only(options => options.Reviews.RemindDaysBefore = [3, 3]).Place.ShouldBe("Reviews:RemindDaysBefore:1");
        Check(options => options.Reviews.RemindDaysBefore = [365, 0]).ShouldBeEmpty();
    }

    [Fact]
    public void Escalations_go_to_roles_that_are_there_each_on_a_day_of_its_own()
    {
        Only(options => options.Reviews.Escalations[0].Role = "Board").Place.ShouldBe("Reviews:Escalations:0:Role");
        Only(options => options.Reviews.Escalations[0].DaysAfter = 0).Place.ShouldBe("Reviews:Escalations:0:DaysAfter");
        Only(options => options.Reviews.Escalations.Add(new() { DaysAfter = 7, Role = "Head of IT architecture" })).Place.ShouldBe("Reviews:Escalations:1:DaysAfter");
        Check(options => options.Reviews.Escalations.Add(new() { DaysAfter = 8, Role = "Head of IT architecture" })).ShouldBeEmpty();
    }
}

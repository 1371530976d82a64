using MigrationGuard.Configuration;
using MigrationGuard.Notifications;
using MigrationGuard.Runs;
using MigrationGuard.Tests.Configuration;

namespace MigrationGuard.Tests.Notifications;

/// <summary>Each rule is seen broken; the options that all are made of break none.</summary>
public sealed class NotificationRulesTests
{
    private const string Canary = "c4nary-pa55word";

    [Fact]
    public void Options_without_a_fault_have_no_problem()
    {
        ConfigurationRules.Check(Valid()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("MigrationGuard <mg@example.org>")]
    [InlineData("mg@example.org\r\nBcc: all@example.org")]
    [InlineData("zoë@example.org")]
    public void Mail_comes_from_an_address(string from)
    {
        Only(options => options.Notifications.From = from).ShouldBe("Notifications:From");
    }

    [Theory]
    [InlineData("")]
    [InlineData("smtp.example.org:25")]
    [InlineData("a b")]
    public void A_mail_server_has_a_name(string host)
    {
        Only(options => options.Notifications.Smtp!.Host = host).ShouldBe("Notifications:Smtp:Host");
    }

    [Fact]
    public void Limits_are_within_reason()
    {
        Only(options => options.Notifications.Smtp!.Port = 0).ShouldBe("Notifications:Smtp:Port");
        Only(options => options.Notifications.Smtp!.TimeoutSeconds = 0).ShouldBe("Notifications:Smtp:TimeoutSeconds");
        Only(options => options.Notifications.Webhooks["ops"].TimeoutSeconds = 601).ShouldBe("Notifications:Webhooks:ops:TimeoutSeconds");
        Only(options => options.Notifications.RetrySeconds = 0).ShouldBe("Notifications:RetrySeconds");
        Only(options => options.Notifications.RetryMaxMinutes = 0).ShouldBe("Notifications:RetryMaxMinutes");
    }

    [Fact]
    public void A_login_and_its_password_come_together()
    {
        Only(options => options.Notifications.Smtp!.User = null).ShouldBe("Notifications:Smtp:User");
        Only(options => options.Notifications.Smtp!.Password = null).ShouldBe("Notifications:Smtp:Password");
    }

    [Fact]
    public void A_password_does_not_cross_the_network_readable()
    {
        Only(options => options.Notifications.Smtp!.Security = SmtpSecurity.None).ShouldBe("Notifications:Smtp:Security");
        Check(options => (options.Notifications.Smtp!.Security, options.Notifications.Smtp.Host) = (SmtpSecurity.None, "localhost")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("ftp://example.org/")]
    [InlineData("http://example.org/")]
    [InlineData("https://user:" + Canary + "@example.org/")]
    [InlineData("example.org/" + Canary)]
    public void A_webhook_has_an_address_that_is_safe_to_post_to(string url)
    {
        Only(options => options.Notifications.Webhooks["ops"].Url = url).ShouldBe("Notifications:Webhooks:ops:Url");
    }

    [Fact]
    public void Posts_to_a_generic_webhook_are_signed()
    {
        Only(options => options.Notifications.Webhooks["ops"].Secret = "short").ShouldBe("Notifications:Webhooks:ops:Secret");
        Check(options => (options.Notifications.Webhooks["ops"].Secret, options.Notifications.Webhooks["ops"].Kind) = (null, WebhookKind.Teams)).ShouldBeEmpty();
    }

    [Fact]
    public void Names_lead_to_something()
    {
        Only(options => options.Notifications.AlertRole = "Hed of IT").ShouldBe("Notifications:AlertRole");
        Only(options => options.Notifications.Webhooks["ops"].Topics = ["run-mismatch", "run-mismach"]).ShouldBe("Notifications:Webhooks:ops:Topics:1");
        Only(options => options.Notifications.Webhooks["ops"].Proxy = "https://u:p@proxy").ShouldBe("Notifications:Webhooks:ops:Proxy");
    }

    [Fact]
    public void What_is_put_into_a_mail_of_a_person_is_one_line()
    {
        Only(options => options.People["zoe"].Name = "Zoë\r\nBcc: all@example.org").ShouldBe("People:zoe:Name");
        Only(options => options.People["zoe"].Email = "zoe@example.org\nBcc: all@example.org").ShouldBe("People:zoe:Email");
        Only(options => options.People["zoe"].Email = "a@example.org>, <b@example.org").ShouldBe("People:zoe:Email");
    }

    [Fact]
    public void No_secret_of_a_notification_reaches_the_ledger()
    {
        var options = Valid();
        options.Notifications.Smtp!.Password = Canary;
        options.Notifications.Webhooks["ops"].Url = "https://example.org/workflows?sig=" + Canary;
        options.Notifications.Webhooks["ops"].Secret = Canary + Canary;
        options.Notifications.Webhooks["ops"].Proxy = "http://" + Canary;
        ConfigurationJson.Write(options).ShouldContain(Canary);

        var recorded = RedactedConfiguration.Of(options);

        recorded.ShouldNotContain(Canary);
        recorded.ShouldContain("smtp.example.org");
        recorded.ShouldContain("run-mismatch");
    }

    [Fact]
    public void No_problem_repeats_a_secret()
    {
        Check(options =>
        {
            options.Notifications.Webhooks["ops"].Url = "http://" + Canary;
            options.Notifications.Webhooks["ops"].Proxy = Canary;
            options.Notifications.From = Canary;
            (options.Notifications.Smtp!.User, options.Notifications.Smtp.Password) = (null, Canary);
        }).ShouldAllBe(problem => !problem.ToString().Contains(Canary));
    }

    private static MigrationGuardOptions Valid()
    {
        var options = RulesTests.Valid();
        options.People = new() { ["zoe"] = new() { Name = "Zoë Quill", Email = "zoe@example.org" } };
        options.Roles = new() { ["Head of IT"] = new() { People = ["zoe"] } };
        options.Notifications = new()
        {
            From = "mg@example.org",
            AlertRole = "Head of IT",
            Smtp = new() { Host = "smtp.example.org", User = "mg", Password = "x" },
            Webhooks = { ["ops"] = new() { Kind = WebhookKind.Generic, Url = "https://example.org/hook", Secret = "0123456789abcdef", Topics = ["run-mismatch"] } },
        };
        return options;
    }

    private static IReadOnlyList<ConfigurationProblem> Check(Action<MigrationGuardOptions> change)
    {
        var options = Valid();
        change(options);
        return ConfigurationRules.Check(options);
    }

    private static string Only(Action<MigrationGuardOptions> change) => Check(change).ShouldHaveSingleItem().Place;
}

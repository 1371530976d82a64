using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Notifications;

namespace MigrationGuard.Tests.Notifications;

public sealed class RecipientsTests
{
    private const string From = "migrationguard@Example.org";

    [Fact]
    public void Everybody_is_told_once_and_every_webhook_that_takes_the_topic()
    {
        Of(Options(), "review-reminder", "jo", "ian", "JO").ShouldBe([("smtp", "jo"), ("smtp", "ian"), ("webhook:all", ""), ("webhook:reviews", "")]);
        Of(Options(), "run-mismatch", "jo").ShouldBe([("smtp", "jo"), ("webhook:all", "")]);
    }

    [Fact]
    public void Without_a_mail_server_only_webhooks_are_told()
    {
        var options = Options();
        options.Smtp = null;

        Of(options, "review-reminder", "jo").ShouldBe([("webhook:all", ""), ("webhook:reviews", "")]);
    }

    [Fact]
    public void Nobody_configured_means_nobody_told()
    {
        Of(new NotificationOptions(), "review-reminder", "jo").ShouldBeEmpty();
        Of(new NotificationOptions { Smtp = new() }, "review-reminder").ShouldBeEmpty();
    }

    [Fact]
    public void A_message_id_is_the_same_for_the_same_delivery_and_never_that_of_another()
    {
        var text = Gen.Elements("", "a", "|", "1", ":", "1:a|", "é", "deletion-review.x.3.before-14").ListOf(3).Select(parts => string.Concat(parts));
        var delivery = from id in text from channel in text from recipient in text select (id, channel, recipient);

        Prop.ForAll((from one in delivery from other in delivery select (one, other)).ToArbitrary(), pair =>
            (Id(pair.one) == Id(pair.other)) == (pair.one == pair.other)).QuickCheckThrowOnFailure();

        static string Id((string Id, string Channel, string Recipient) of) => MessageIds.Of(of.Id, of.Channel, of.Recipient, From);
    }

    [Fact]
    public void A_message_id_is_what_it_always_was()
    {
        // Kept in stores: a change here would send everything that waits under new names.
        MessageIds.Of("deletion-review.crm.1.before-14", "smtp", "jo", From).ShouldBe("<1cdd6fac23fedf040b4d33134b9dbed7@example.org>");
    }

    [Theory]
    [InlineData("", "@migrationguard.invalid>")]
    [InlineData("no address", "@migrationguard.invalid>")]
    [InlineData("a@bücher.example", "@xn--bcher-kva.example>")]
    public void Its_host_is_one_that_mail_can_name(string from, string host)
    {
        MessageIds.Of("a", "b", "c", from).ShouldEndWith(host);
    }

    private static NotificationOptions Options() => new()
    {
        From = From,
        Smtp = new(),
        Webhooks = { ["all"] = new(), ["reviews"] = new() { Topics = ["review-reminder", "review-moved"] } },
    };

    private static IEnumerable<(string Channel, string Name)> Of(NotificationOptions options, string topic, params string[] people)
    {
        var recipients = Recipients.For(options)("some.step", topic, people);
        recipients.ShouldAllBe(recipient => recipient.MessageId == MessageIds.Of("some.step", recipient.Channel, recipient.Name, options.From));
        return recipients.Select(recipient => (recipient.Channel, recipient.Name));
    }
}

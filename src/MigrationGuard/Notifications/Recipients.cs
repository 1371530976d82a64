using MigrationGuard.Ledger.Outbox;

namespace MigrationGuard.Notifications;

/// <summary>Who gets what, and over which channel.</summary>
public static class Recipients
{
    /// <summary>The channel of mail.</summary>
    public const string Smtp = "smtp";

    private const string WebhookPrefix = "webhook:";

    /// <summary>The channel of a webhook.</summary>
    public static string Webhook(string name) => WebhookPrefix + name;

    /// <summary>The name of the webhook whose channel it is; null when it is another channel.</summary>
    public static string? WebhookOf(string channel) =>
        channel.StartsWith(WebhookPrefix, StringComparison.Ordinal) ? channel[WebhookPrefix.Length..] : null;

    /// <summary>How notifications are addressed under a configuration.</summary>
    public static Addressing For(NotificationOptions options) => (notification, topic, people) => Of(notification, topic, people, options);

    /// <summary>Each person once, where there is mail, and each webhook that takes the topic.</summary>
    /// <param name="notification">The notification's id.</param>
    /// <param name="people">Keys of the people it concerns; the same person may be among them more than once, holding several roles.</param>
    /// <remarks>A person without an address is a recipient all the same: the failing delivery is how anybody learns of it.</remarks>
    public static IReadOnlyList<Recipient> Of(string notification, string topic, IEnumerable<string> people, NotificationOptions options)
    {
        var mailed = options.Smtp is null ? [] : people.Distinct(StringComparer.OrdinalIgnoreCase);
        var webhooks = options.Webhooks.Where(webhook => webhook.Value.Topics.Count == 0 || webhook.Value.Topics.Contains(topic));
        return
        [
            .. mailed.Select(person => To(Smtp, person)),
            .. webhooks.Select(webhook => To(Webhook(webhook.Key), "")),
        ];

        Recipient To(string channel, string name) => new(channel, name, MessageIds.Of(notification, channel, name, options.From));
    }
}

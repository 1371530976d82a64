using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.People;

namespace MigrationGuard.Notifications;

/// <summary>Where a notification goes.</summary>
/// <param name="Channel"><c>smtp</c>, or <c>webhook:NAME</c>.</param>
/// <param name="Person">The person's name under People; empty for a webhook.</param>
public sealed record Recipient(string Channel, string Person);

/// <summary>Who gets what.</summary>
public static class Recipients
{
    /// <summary>The channel of mail.</summary>
    public const string Smtp = "smtp";

    /// <summary>The channel of a webhook.</summary>
    public static string Webhook(string name) => "webhook:" + name;

    /// <summary>Each person of the roles once, where there is mail, and each webhook that takes the topic.</summary>
    /// <remarks>
    /// A person without an address is a recipient all the same: the failing delivery is how anybody learns of it. A role that is
    /// not configured has no people.
    /// </remarks>
    public static IReadOnlyList<Recipient> Of(string topic, IEnumerable<string> roles, NotificationOptions options, IReadOnlyDictionary<string, RoleOptions> configuredRoles)
    {
        var people = options.Smtp is null
            ? []
            : roles.SelectMany(role => configuredRoles.TryGetValue(role, out var found) ? found.People : []).Distinct(StringComparer.Ordinal);
        var webhooks = options.Webhooks.Where(webhook => webhook.Value.Topics.Count == 0 || webhook.Value.Topics.Contains(topic));
        return
        [
            .. people.Select(person => new Recipient(Smtp, person)),
            .. webhooks.Select(webhook => new Recipient(Webhook(webhook.Key), "")),
        ];
    }

    /// <summary>The deliveries that a new notification begins with.</summary>
    public static IReadOnlyList<Delivery> DeliveriesOf(Notification notification, IEnumerable<string> roles, NotificationOptions options, IReadOnlyDictionary<string, RoleOptions> configuredRoles) =>
    [
        .. Of(notification.Topic, roles, options, configuredRoles).Select(recipient => new Delivery(
            notification,
            recipient.Channel,
            recipient.Person,
            MessageIds.Of(notification.Id, recipient.Channel, recipient.Person, options.From),
            Attempts: 0)),
    ];
}

using MigrationGuard.Configuration;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.People;
using MigrationGuard.Notifications.Smtp;
using MigrationGuard.Notifications.Templates;
using MigrationGuard.Notifications.Webhooks;

namespace MigrationGuard.Notifications;

/// <summary>The configured ways to reach people and systems.</summary>
public sealed class DeliveryChannels : IDisposable
{
    private readonly Dictionary<string, IDeliveryChannel> _channels = [];

    internal DeliveryChannels(IReadOnlyDictionary<string, IDeliveryChannel> channels) => _channels = new(channels);

    /// <summary>Opens nothing yet; reads templates and trusted authorities, so that what is wrong with them is known at the start.</summary>
    /// <param name="baseDirectory">What paths are relative to: the configuration file's directory.</param>
    /// <exception cref="TemplateException">Templates cannot be used.</exception>
    /// <exception cref="ConfigurationException">The file of trusted authorities cannot be used.</exception>
    public DeliveryChannels(NotificationOptions options, PeopleDirectory people, string baseDirectory, TimeProvider time)
    {
        var templates = TemplateSet.Load(options.Templates, baseDirectory);
        var authorities = TrustedAuthorities.Load(options.TrustedAuthorities, baseDirectory);
        if (options.Smtp is { } smtp)
            _channels.Add(Recipients.Smtp, new SmtpChannel(smtp, options.From, authorities, templates, people, time));
        foreach (var (name, webhook) in options.Webhooks)
            _channels.Add(Recipients.Webhook(name), new WebhookChannel(name, webhook, authorities, templates, people, time));
    }

    /// <summary>The longest that a delivery can take.</summary>
    internal TimeSpan Longest => _channels.Values.Select(channel => channel.Longest).DefaultIfEmpty(TimeSpan.Zero).Max();

    /// <exception cref="DeliveryException">It was not delivered, or nobody knows.</exception>
    internal Task SendAsync(Delivery delivery, CancellationToken cancellationToken) =>
        _channels.TryGetValue(delivery.Channel, out var channel)
            ? channel.SendAsync(delivery, cancellationToken)
            : throw new DeliveryException(Recipients.WebhookOf(delivery.Channel) is { } name
                ? $"the webhook {name} is not configured any more. Add it under Notifications:Webhooks."
                : "mail is not configured any more. Add Notifications:Smtp.");

    public void Dispose()
    {
        foreach (var channel in _channels.Values.OfType<IDisposable>())
            channel.Dispose();
    }
}

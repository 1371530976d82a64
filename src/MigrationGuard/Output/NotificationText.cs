using MigrationGuard.Ledger.Outbox;

namespace MigrationGuard.Output;

/// <summary>Notifications and their deliveries in a list.</summary>
internal static class NotificationText
{
    public static void Write(IReadOnlyList<DeliveryRecord> deliveries, ProgramContext context)
    {
        if (deliveries.Count == 0)
        {
            context.Output.WriteLine("Nothing waits to be sent.");
            return;
        }
        var table = Listing.Table("Notification", "To", "Since (UTC)", "State", "Attempts", "Next attempt (UTC)", "Last error");
        foreach (var delivery in deliveries)
        {
            table.Add(
                delivery.Notification, To(delivery), Figures.Of(delivery.Created), State(delivery), Figures.Of(delivery.Attempts),
                delivery.NextAttempt is { } next ? Figures.Of(next) : "", delivery.LastError ?? "");
        }
        table.Write(context);
    }

    public static Task WriteJsonAsync(IReadOnlyList<DeliveryRecord> deliveries, ProgramContext context) => Listing.WriteJsonAsync(
        new
        {
            schema = "migrationguard.notifications/1",
            notifications = deliveries.Select(delivery => new
            {
                id = delivery.Notification,
                topic = delivery.Topic,
                created = delivery.Created,
                channel = delivery.Channel.Length == 0 ? null : delivery.Channel,
                recipient = delivery.Recipient.Length == 0 ? null : delivery.Recipient,
                messageId = delivery.MessageId.Length == 0 ? null : delivery.MessageId,
                state = State(delivery),
                attempts = delivery.Attempts,
                sentAt = delivery.SentAt,
                nextAttempt = delivery.NextAttempt,
                lastError = delivery.LastError,
            }),
        },
        context);

    private static string To(DeliveryRecord delivery) => delivery switch
    {
        { Channel: "" } => "nobody",
        { Recipient: "" } => delivery.Channel,
        _ => $"{delivery.Recipient} ({delivery.Channel})",
    };

    private static string State(DeliveryRecord delivery) => delivery switch
    {
        { Channel: "" } => "for nobody",
        { SentAt: not null } => "sent",
        { Attempts: > 0 } => "failing",
        _ => "waiting",
    };
}

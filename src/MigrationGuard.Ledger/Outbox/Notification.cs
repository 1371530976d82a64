using System.Text.Json.Nodes;

namespace MigrationGuard.Ledger.Outbox;

/// <summary>What somebody is to be told.</summary>
/// <param name="Id">Stable: telling the same thing twice would be the same id, and is one row.</param>
/// <param name="Topic">What kind of thing it is; names the template it is worded by.</param>
/// <param name="Model">What the template speaks of. People are keys of the configuration, never names or addresses.</param>
public sealed record Notification(string Id, string Topic, JsonObject Model, DateTimeOffset Created);

/// <summary>Somebody, or some system, that is told through a channel.</summary>
/// <param name="Channel"><c>smtp</c>, or <c>webhook:NAME</c>.</param>
/// <param name="Name">The person's key in the configuration; empty where the channel is the recipient.</param>
/// <param name="MessageId">Stays the same however often it is sent, so that repeats can be dropped (RFC 5322 section 3.6.4).</param>
public sealed record Recipient(string Channel, string Name, string MessageId);

/// <summary>Who is told of a notification.</summary>
/// <param name="notification">The notification's id.</param>
/// <param name="topic">Its topic.</param>
/// <param name="people">Keys of the people it concerns.</param>
public delegate IReadOnlyList<Recipient> Addressing(string notification, string topic, IReadOnlyList<string> people);

/// <summary>A notification as it goes into the outbox.</summary>
/// <param name="AboutEntry">The entry of the chain it is about, written in the same transaction.</param>
public sealed record OutgoingNotification(Notification Notification, long AboutEntry, IReadOnlyList<Recipient> Recipients);

/// <summary>A notification on its way to one recipient.</summary>
/// <param name="Attempts">Attempts that failed so far.</param>
public sealed record Delivery(Notification Notification, string Channel, string Recipient, string MessageId, int Attempts);

/// <summary>What became of a delivery.</summary>
/// <param name="NextAttempt">When it is tried next; null once it was sent.</param>
public sealed record DeliveryRecord(
    string Notification, string Topic, DateTimeOffset Created, string Channel, string Recipient, string MessageId,
    int Attempts, DateTimeOffset? SentAt, DateTimeOffset? NextAttempt, string? LastError);

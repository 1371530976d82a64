using System.Text.Json.Nodes;
using MigrationGuard.Ledger.Outbox;

namespace MigrationGuard.Ledger.Store;

public sealed partial class LedgerStore
{
    /// <summary>Takes deliveries that are due, the longest waiting first, so that no other worker sends them meanwhile.</summary>
    /// <param name="owner">Who takes them.</param>
    /// <param name="lease">How long they are kept from others; longer than sending them can take.</param>
    /// <param name="longestDelay">The longest back-off there is.</param>
    /// <remarks>
    /// A lease or a back-off that ends later than it can have been given for was written by a clock that has been set back since:
    /// it has run out.
    /// </remarks>
    /// <exception cref="LedgerException">The store could not be written; then none was taken.</exception>
    public Task<IReadOnlyList<Delivery>> LeaseDeliveriesAsync(string owner, int limit, TimeSpan lease, TimeSpan longestDelay, CancellationToken cancellationToken) =>
        _connections.WriteAsync<IReadOnlyList<Delivery>>(
            async session =>
            {
                var now = _time.GetUtcNow();
                var (from, impossibleDelay, impossibleLease) = (Moments.Text(now), Moments.Text(now + longestDelay * 2), Moments.Text(now + lease * 2));
                // Limited by the server: leaving a reader before its end cancels the statement, and with it the transaction.
                var due = await session.ListAsync<StoredDelivery>(
                    $"""
                    {StoredDelivery.Columns}
                    FROM (
                      SELECT w.notification_id, w.channel, w.recipient, w.message_id, w.attempts, w.next_attempt, w.last_error, w.sent_at,
                        ROW_NUMBER() OVER (ORDER BY w.next_attempt, w.notification_id, w.channel, w.recipient) AS place
                      FROM delivery w
                      WHERE w.sent_at IS NULL
                        AND (w.next_attempt <= @from OR w.next_attempt > @impossibleDelay)
                        AND (w.lease_until IS NULL OR w.lease_until <= @from OR w.lease_until > @impossibleLease)
                    ) d JOIN notification n ON n.id = d.notification_id
                    WHERE d.place <= @limit
                    ORDER BY d.place
                    """,
                    new { from, impossibleDelay, impossibleLease, limit });
                await session.ExecuteAsync(
                    "UPDATE delivery SET lease_owner = @owner, lease_until = @until WHERE notification_id = @Id AND channel = @Channel AND recipient = @Recipient",
                    due.Select(row => new { owner, until = Moments.Text(now + lease), row.Id, row.Channel, row.Recipient }));
                return [.. due.Select(row => row.Delivery)];
            },
            cancellationToken);

    /// <summary>Records that a delivery was sent. It is durable when this returns; until then the delivery may be sent again.</summary>
    /// <exception cref="LedgerException">The store could not be written.</exception>
    public Task MarkSentAsync(Delivery delivery, CancellationToken cancellationToken) => _connections.WriteAsync(
        session => session.ExecuteAsync(
            "UPDATE delivery SET sent_at = @now, lease_owner = NULL, lease_until = NULL, last_error = NULL WHERE notification_id = @Id AND channel = @Channel AND recipient = @Recipient",
            new { now = Moments.Text(_time.GetUtcNow()), delivery.Notification.Id, delivery.Channel, delivery.Recipient }),
        cancellationToken);

    /// <summary>Records that an attempt failed, and when the next is made.</summary>
    /// <exception cref="LedgerException">The store could not be written.</exception>
    public Task MarkFailedAsync(Delivery delivery, string error, DateTimeOffset nextAttempt, CancellationToken cancellationToken) => _connections.WriteAsync(
        session => session.ExecuteAsync(
            """
            UPDATE delivery SET attempts = attempts + 1, last_error = @error, next_attempt = @next, lease_owner = NULL, lease_until = NULL
            WHERE notification_id = @Id AND channel = @Channel AND recipient = @Recipient AND sent_at IS NULL
            """,
            new { error, next = Moments.Text(nextAttempt), delivery.Notification.Id, delivery.Channel, delivery.Recipient }),
        cancellationToken);

    /// <summary>Deliveries, the newest notification first. A notification that is for nobody has one without a channel.</summary>
    /// <param name="waitingOnly">Only what has not been sent.</param>
    /// <exception cref="LedgerException">The store could not be read.</exception>
    public Task<IReadOnlyList<DeliveryRecord>> ListDeliveriesAsync(bool waitingOnly, int limit, CancellationToken cancellationToken) =>
        _connections.ReadAsync<IReadOnlyList<DeliveryRecord>>(
            async session => await session.StreamAsync<StoredDelivery>(
                    StoredDelivery.SelectAll + (waitingOnly ? " WHERE d.sent_at IS NULL" : "") + " ORDER BY n.seq DESC, n.id, d.channel, d.recipient")
                .Take(limit).Select(row => row.Record).ToListAsync(cancellationToken),
            cancellationToken);

    /// <summary>Makes deliveries that wait due at once.</summary>
    /// <param name="notification">Only those of this notification; all when null.</param>
    /// <returns>How many.</returns>
    /// <exception cref="LedgerException">The store could not be written.</exception>
    public Task<int> RetryDeliveriesAsync(string? notification, CancellationToken cancellationToken) => _connections.WriteAsync(
        session => session.ExecuteAsync(
            "UPDATE delivery SET next_attempt = @now WHERE sent_at IS NULL" + (notification is null ? "" : " AND notification_id = @notification"),
            new { now = Moments.Text(_time.GetUtcNow()), notification }),
        cancellationToken);

    /// <summary>How many notifications written since a moment are for nobody: no person and no system was to be told of them.</summary>
    /// <exception cref="LedgerException">The store could not be read.</exception>
    public Task<int> CountForNobodyAsync(DateTimeOffset since, CancellationToken cancellationToken) => _connections.ReadAsync(
        session => session.FirstAsync<int>(
            "SELECT COUNT(*) FROM notification n WHERE n.created >= @since AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.notification_id = n.id)",
            new { since = Moments.Text(since) }),
        cancellationToken);

    /// <summary>How many deliveries have failed at least so often and still wait.</summary>
    /// <exception cref="LedgerException">The store could not be read.</exception>
    public Task<int> CountFailingDeliveriesAsync(int attempts, CancellationToken cancellationToken) => _connections.ReadAsync(
        session => session.FirstAsync<int>("SELECT COUNT(*) FROM delivery WHERE sent_at IS NULL AND attempts >= @attempts", new { attempts }),
        cancellationToken);

    private sealed record StoredDelivery
    {
        public const string Columns = """
            SELECT n.id AS Id, n.topic AS Topic, n.created AS Created, n.document AS Document, d.channel AS Channel, d.recipient AS Recipient,
              d.message_id AS MessageId, d.attempts AS Attempts, d.next_attempt AS NextAttempt, d.last_error AS LastError, d.sent_at AS SentAt
            """;

        public const string SelectAll = Columns + " FROM notification n LEFT JOIN delivery d ON d.notification_id = n.id";

        public string Id { get; init; } = "";

        public string Topic { get; init; } = "";

        public string Created { get; init; } = "";

        public string Document { get; init; } = "";

        public string? Channel { get; init; }

        public string? Recipient { get; init; }

        public string? MessageId { get; init; }

        public int? Attempts { get; init; }

        public string? NextAttempt { get; init; }

        public string? LastError { get; init; }

        public string? SentAt { get; init; }

        public Delivery Delivery => new(
            new Notification(Id, Topic, JsonNode.Parse(Document)!.AsObject(), Moments.Read(Created)), Channel!, Recipient!, MessageId!, Attempts ?? 0);

        public DeliveryRecord Record => new(
            Id, Topic, Moments.Read(Created), Channel ?? "", Recipient ?? "", MessageId ?? "", Attempts ?? 0,
            SentAt is null ? null : Moments.Read(SentAt), SentAt is null && NextAttempt is not null ? Moments.Read(NextAttempt) : null, LastError);
    }
}

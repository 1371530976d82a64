using MigrationGuard.Ledger.Outbox;

namespace MigrationGuard.Notifications;

/// <summary>A way to reach somebody.</summary>
internal interface IDeliveryChannel
{
    /// <summary>The longest that a delivery can take.</summary>
    TimeSpan Longest { get; }

    /// <summary>Delivers. It is the recipient's server's when this returns.</summary>
    /// <exception cref="DeliveryException">It was not delivered, or nobody knows.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task SendAsync(Delivery delivery, CancellationToken cancellationToken);
}

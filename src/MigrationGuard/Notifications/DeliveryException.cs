namespace MigrationGuard.Notifications;

/// <summary>A delivery was not made.</summary>
/// <remarks>Its message goes into the outbox and into logs: it holds no secret, no address of a person and nothing of what was sent.</remarks>
public sealed class DeliveryException(string reason) : Exception(reason);

using System.Diagnostics;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Notifications;

/// <summary>A delivery whose attempts keep failing.</summary>
public sealed record FailingDelivery(string Notification, string Channel, string Recipient, int Attempts, string Reason);

/// <summary>What a round of sending came to.</summary>
/// <param name="Failing">Those that have failed at least <see cref="DeliverySender.ManyAttempts"/> times.</param>
public sealed record SendingReport(int Sent, int Failed, IReadOnlyList<FailingDelivery> Failing);

/// <summary>Sends what waits in the outbox. Nothing is ever given up.</summary>
/// <remarks>
/// A delivery is marked as sent only after its recipient's server took it: a process that dies in between sends it again, with the
/// same Message-ID. At least once, never perhaps.
/// </remarks>
/// <param name="owner">Who takes deliveries, so that no other worker sends them meanwhile: the worker's id.</param>
public sealed class DeliverySender(LedgerStore store, DeliveryChannels channels, NotificationOptions options, string owner, TimeProvider time)
{
    /// <summary>Attempts after which somebody should look.</summary>
    public const int ManyAttempts = 10;

    // Taken together and sent at once: none waits for another while its lease runs.
    private const int AtOnce = 4;

    private static readonly TimeSpan LongestRound = TimeSpan.FromSeconds(60);

    // For what surrounds a send: the store's own waits, a busy machine.
    private static readonly TimeSpan Spare = TimeSpan.FromMinutes(2);

    private readonly Backoff _backoff = new(
        TimeSpan.FromSeconds(options.RetrySeconds), TimeSpan.FromMinutes(options.RetryMaxMinutes), Random.Shared.NextDouble);

    /// <summary>Sends what is due now, until nothing is or the round has taken long enough: a mail server that stalls must not hold up the webhooks' next round.</summary>
    /// <exception cref="LedgerException">The store could not be read or written; what was sent and not marked is sent again.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what was under way is sent again when its lease has run out.</exception>
    public async Task<SendingReport> SendDueAsync(CancellationToken cancellationToken)
    {
        var (sent, failed) = (0, 0);
        var began = Stopwatch.GetTimestamp();
        var failing = new List<FailingDelivery>();
        while (true)
        {
            var due = await store.LeaseDeliveriesAsync(owner, AtOnce, channels.Longest + Spare, _backoff.Longest, cancellationToken);
            if (due.Count == 0 || Stopwatch.GetElapsedTime(began) > LongestRound)
                return new SendingReport(sent, failed, failing);
            foreach (var (delivery, reason) in await Task.WhenAll(due.Select(delivery => AttemptAsync(delivery, cancellationToken))))
            {
                if (reason is null)
                    sent++;
                else
                    failed++;
                if (reason is not null && delivery.Attempts + 1 >= ManyAttempts)
                    failing.Add(new FailingDelivery(delivery.Notification.Id, delivery.Channel, delivery.Recipient, delivery.Attempts + 1, reason));
            }
        }
    }

    private async Task<(Delivery Delivery, string? Reason)> AttemptAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            await channels.SendAsync(delivery, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            var reason = Reason(exception);
            await store.MarkFailedAsync(delivery, reason, time.GetUtcNow() + _backoff.After(delivery.Attempts + 1), cancellationToken);
            return (delivery, reason);
        }
        // Not cancelled with the rest: it has been sent, and a stop in this moment would send it again.
        await store.MarkSentAsync(delivery, CancellationToken.None);
        return (delivery, null);
    }

    // A defect's message could hold anything, an address or a secret included; its kind says where to look.
    private static string Reason(Exception exception) =>
        exception is DeliveryException ? exception.Message : $"a defect of the program ({exception.GetType().Name}). Please report it; the delivery is tried again.";
}

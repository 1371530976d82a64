using Microsoft.Extensions.Diagnostics.HealthChecks;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Schedule.Health;

/// <summary>Whether the ledger can be reached and written.</summary>
internal sealed class StoreCheck(LedgerStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // A change of no row needs every right and every lock that a change of one needs. On a thread of its own: SQLite waits
            // for its lock on the thread that asks.
            await Task.Run(() => store.WriteAsync(transaction => transaction.ExecuteAsync("UPDATE mark SET value = value WHERE 1 = 0"), cancellationToken), cancellationToken)
                .WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy("The ledger can be written.");
        }
        catch (LedgerException e)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, $"{e.Problem} {e.Remedy}");
        }
    }
}

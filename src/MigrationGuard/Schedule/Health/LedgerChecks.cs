using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Schedule.Health;

/// <summary>When the whole ledger was last verified, and whether it held.</summary>
internal sealed class LastLedgerCheck(LedgerStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (await LedgerCheckResult.LastAsync(store, cancellationToken) is not { } last)
            return HealthCheckResult.Degraded("The ledger has not been verified yet.");
        var data = new Dictionary<string, object> { ["checked"] = Moments.Text(last.Checked), ["entries"] = last.Entries, ["problems"] = last.Problems };
        return last.Problems == 0
            ? HealthCheckResult.Healthy("The ledger held.", data)
            : new(context.Registration.FailureStatus, "The ledger does not hold. See migrationguard ledger verify.", data: data);
    }
}

/// <summary>Whether notifications are delivered. Degraded, not unready: mail that is down is no reason to stop the worker.</summary>
internal sealed class DeliveriesCheck(LedgerStore store) : IHealthCheck
{
    /// <summary>Attempts from which on a delivery keeps failing.</summary>
    public const int KeepsFailingFrom = 3;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var failing = await store.CountFailingDeliveriesAsync(KeepsFailingFrom, cancellationToken);
        return failing == 0
            ? HealthCheckResult.Healthy("No delivery keeps failing.")
            : HealthCheckResult.Degraded(string.Create(CultureInfo.InvariantCulture, $"{failing} deliveries keep failing. See migrationguard notifications list."));
    }
}

/// <summary>Whether the clock is behind what the ledger has already recorded: what is due would seem not to be.</summary>
internal sealed class ClockCheck(LedgerStore store, TimeProvider time) : IHealthCheck
{
    /// <summary>How far the clocks of several machines may be apart.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var line = await store.ReadAsync(
            reading => reading.FirstAsync<string>("SELECT line FROM ledger_entry WHERE seq = (SELECT MAX(seq) FROM ledger_entry)"), cancellationToken);
        var now = time.GetUtcNow();
        if (line is null || EntryLine.Parse(line) is not { } newest || newest.Time <= now + Tolerance)
            return HealthCheckResult.Healthy("The clock is not behind the ledger.");
        var data = new Dictionary<string, object> { ["clock"] = Moments.Text(now), ["newest"] = Moments.Text(newest.Time) };
        return new(context.Registration.FailureStatus, "The clock is behind the newest entry of the ledger. Set it.", data: data);
    }
}

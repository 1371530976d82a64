using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Watch;

namespace MigrationGuard.Schedule.Health;

/// <summary>When the whole ledger was last verified, and whether it held.</summary>
internal sealed class LedgerHealth(LedgerStore store, WorkerOptions options, ProgramContext program) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (await LedgerCheck.LastAsync(store, cancellationToken) is not { } last)
            return HealthCheckResult.Degraded("The ledger has not been verified yet.");
        var data = new Dictionary<string, object> { ["checked"] = Moments.Text(last.Checked), ["entries"] = last.Entries };
        if (last.Holds && program.Time.GetUtcNow() - last.Checked > TimeSpan.FromHours(2 * options.LedgerCheckHours))
            return HealthCheckResult.Degraded("The ledger held, but has not been verified for too long.", data: data);
        return last.Holds
            ? HealthCheckResult.Healthy("The ledger held.", data)
            : new(context.Registration.FailureStatus, "The ledger does not hold. See migrationguard ledger verify.", data: data);
    }
}

/// <summary>Whether notifications are delivered. Degraded, not unready: mail that is down is no reason to stop the worker.</summary>
internal sealed class DeliveriesHealth(LedgerStore store, ProgramContext program) : IHealthCheck
{
    // With the back-off there is by default: about two minutes.
    private const int KeepsFailingFrom = 3;

    private static readonly TimeSpan Lately = TimeSpan.FromDays(31);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var failing = await store.CountFailingDeliveriesAsync(KeepsFailingFrom, cancellationToken);
        var forNobody = await store.CountForNobodyAsync(program.Time.GetUtcNow() - Lately, cancellationToken);
        if (failing == 0 && forNobody > 0)
            return HealthCheckResult.Degraded(string.Create(CultureInfo.InvariantCulture, $"{forNobody} notifications of the last month are for nobody. Configure Notifications, and see that every role has holders."));
        return failing == 0
            ? HealthCheckResult.Healthy("No delivery keeps failing.")
            : HealthCheckResult.Degraded(string.Create(CultureInfo.InvariantCulture, $"{failing} deliveries keep failing. See migrationguard notifications list."));
    }
}

/// <summary>Whether the clock is behind what the ledger has already recorded: what is due would seem not to be.</summary>
internal sealed class ClockHealth(LedgerStore store, ProgramContext program) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (await ClockCheck.AheadAsync(store, program.Time, cancellationToken) is not { } latest)
            return HealthCheckResult.Healthy("The clock is not behind the ledger.");
        var data = new Dictionary<string, object> { ["clock"] = Moments.Text(program.Time.GetUtcNow()), ["newest"] = Moments.Text(latest) };
        return HealthCheckResult.Degraded("The clock is behind what the ledger has recorded: it is wrong, or it was before. What falls due may be late.", data: data);
    }
}

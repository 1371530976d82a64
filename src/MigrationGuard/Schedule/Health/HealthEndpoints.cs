using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Schedule.Logging;

namespace MigrationGuard.Schedule.Health;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work.</summary>
internal static class HealthEndpoints
{
    // A store that hangs must not make whoever asks hang with it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void AddReadiness(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<StoreCheck>("store", timeout: Patience)
        .AddCheck<ScheduleCheck>("schedule", timeout: Patience)
        .AddCheck<LedgerHealth>("ledger", timeout: Patience)
        .AddCheck<DeliveriesHealth>("deliveries", timeout: Patience)
        .AddCheck<ClockHealth>("clock", timeout: Patience);

    public static void MapHealth(this WebApplication app, Secrets secrets)
    {
        // A request delegate: any other makes the framework build and compile expressions for it, megabytes for one answer.
        app.MapGet("/health/live", (RequestDelegate)LiveAsync);
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = (context, report) => WriteAsync(context, report, secrets) });
    }

    private static Task LiveAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync("""{ "schema": "migrationguard.health/1", "status": "live" }""");
    }

    private static Task WriteAsync(HttpContext context, HealthReport report, Secrets secrets)
    {
        var checks = report.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).ToDictionary(
            entry => entry.Key,
            entry => new
            {
                status = Spelt(entry.Value.Status),
                // What an unforeseen exception says is for the log, where more is known of who reads it.
                says = entry.Value.Exception is null ? entry.Value.Description : "The check itself failed.",
                data = entry.Value.Data,
            });
        var json = JsonSerializer.Serialize(new { schema = "migrationguard.health/1", status = Spelt(report.Status), checks }, LedgerJson.Readable);
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(secrets.Mask(json));
    }

    private static string Spelt(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "ready",
        HealthStatus.Degraded => "degraded",
        _ => "unready",
    };
}

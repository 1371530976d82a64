using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MigrationGuard.Schedule;

/// <summary>What the worker tells OpenTelemetry, or whoever else listens: a source of activities and a meter, both called <c>MigrationGuard</c>.</summary>
/// <remarks>Only what .NET brings itself: an exporter is attached from outside, as Deployment/README.md says.</remarks>
public static class WorkerTelemetry
{
    public const string Name = "MigrationGuard";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Rounds of sweeps, by <c>sweep</c> and <c>outcome</c>: done, failed, abandoned.</summary>
    public static readonly Counter<long> Sweeps = Meter.CreateCounter<long>("migrationguard.sweeps", "{round}", "Rounds of sweeps.");

    public static readonly Histogram<double> SweepDuration = Meter.CreateHistogram<double>("migrationguard.sweep.duration", "s", "How long rounds of sweeps took.");

    /// <summary>Steps of obligations that became durable, by <c>obligation</c>.</summary>
    public static readonly Counter<long> StepsWritten = Meter.CreateCounter<long>("migrationguard.steps.written", "{step}", "Reminders and escalations written.");

    /// <summary>Attempts to deliver, by <c>channel</c> and <c>outcome</c>: sent, failed.</summary>
    public static readonly Counter<long> Deliveries = Meter.CreateCounter<long>("migrationguard.deliveries", "{attempt}", "Attempts to deliver notifications.");

    /// <summary>Entities and query pairs of scheduled runs, by <c>outcome</c>: match, mismatch, accepted, not-checked.</summary>
    public static readonly Counter<long> ItemsVerified = Meter.CreateCounter<long>("migrationguard.items.verified", "{item}", "Entities and query pairs of scheduled runs that were compared.");

    public static readonly Histogram<double> ItemDuration = Meter.CreateHistogram<double>("migrationguard.item.duration", "s", "How long comparing one item of a scheduled run took.");
}

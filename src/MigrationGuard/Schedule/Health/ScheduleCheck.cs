using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MigrationGuard.Schedule.Health;

/// <summary>Whether the scheduler runs and every sweep has come round lately, on whichever worker.</summary>
/// <param name="clock">The real clock.</param>
internal sealed class ScheduleCheck(WorkerSchedule schedule, WorkerOptions options, TimeProvider clock) : IHealthCheck
{
    /// <summary>Intervals after which a sweep that has not ended well is late.</summary>
    public const int LateAfter = 3;

    private readonly DateTimeOffset _began = clock.GetUtcNow();

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!schedule.IsRunning)
            return new(context.Registration.FailureStatus, "The scheduler does not run: the worker is starting or stopping.");
        var records = await schedule.RecordsAsync(cancellationToken).WaitAsync(cancellationToken);
        var data = new Dictionary<string, object>();
        foreach (var (sweep, record) in records)
            data[sweep] = Said(record);
        var late = records.Where(record => IsLate(record.Value)).Select(record => record.Key).ToList();
        return late.Count == 0
            ? HealthCheckResult.Healthy("Every sweep comes round.", data)
            : new(context.Registration.FailureStatus, $"Late: {string.Join(", ", late)}.", data: data);
    }

    // A sweep that never ended well is given its intervals from the start of this worker.
    private bool IsLate(SweepRecord? record)
    {
        var allowed = TimeSpan.FromSeconds((double)LateAfter * options.SweepSeconds);
        var last = record?.Finished is { } finished && finished > _began ? finished : _began;
        return clock.GetUtcNow() - last > allowed;
    }

    private static string Said(SweepRecord? record)
    {
        var finished = record?.Finished is { } moment ? moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : "not yet";
        return record is { Failures: > 0 } ? string.Create(CultureInfo.InvariantCulture, $"{finished}, failed {record.Failures} times since") : finished;
    }
}

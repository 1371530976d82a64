using System.Diagnostics;
using Microsoft.Extensions.Logging;
using MigrationGuard.Schedule.Logging;

namespace MigrationGuard.Schedule;

/// <summary>Runs rounds of sweeps: a round that fails is logged and counted, and stops nothing else.</summary>
/// <param name="clock">The real clock: how long ago a round was is a matter of this machine, not of what is due.</param>
internal sealed partial class SweepRounds(
    IEnumerable<Sweep> sweeps, IEnumerable<JobFailingListener> listeners, WorkInHand inHand, Secrets secrets, TimeProvider clock, ILogger<SweepRounds> log)
{
    /// <summary>Failures in a row from which on somebody is told.</summary>
    public const int ToldFrom = 3;

    private readonly Dictionary<string, Sweep> _sweeps = sweeps.ToDictionary(sweep => sweep.Name, StringComparer.Ordinal);

    /// <summary>One round. Never throws.</summary>
    /// <returns>What is known of the sweep after it.</returns>
    public async Task<SweepRecord> RunAsync(string name, SweepRecord before, CancellationToken cancellationToken)
    {
        if (!_sweeps.TryGetValue(name, out var sweep))
        {
            UnknownSweep(log, name);
            return before;
        }
        using var work = inHand.Begin(name);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, inHand.Abandoned);
        using var activity = WorkerTelemetry.Source.StartActivity("sweep " + name);
        activity?.SetTag("migrationguard.sweep", name);
        var began = clock.GetTimestamp();
        try
        {
            await sweep.RunAsync(stop.Token);
            Measure(name, began, "done");
            if (before.Failures > 0)
                Recovered(log, name, before.Failures);
            return before.Succeeded(clock.GetUtcNow());
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Measure(name, began, "abandoned");
            activity?.SetStatus(ActivityStatusCode.Error, "abandoned");
            return before;
        }
        catch (Exception e)
        {
            var after = before.Failed(clock.GetUtcNow(), secrets.Mask(e.Message.ReplaceLineEndings(" ")));
            Measure(name, began, "failed");
            activity?.SetStatus(ActivityStatusCode.Error, after.Error);
            Failed(log, name, after.Failures, e);
            await TellAsync(name, after, stop.Token);
            return after;
        }
    }

    private async Task TellAsync(string name, SweepRecord record, CancellationToken cancellationToken)
    {
        if (record.Failures < ToldFrom)
            return;
        foreach (var listener in listeners)
        {
            try
            {
                await listener.TellAsync(new JobFailing(name, record.Failures, record.FailingSince!.Value, record.Error!), cancellationToken);
            }
            catch (Exception e)
            {
                // Told again after the next failure: a store that is away fails the sweep and this alike.
                NotTold(log, name, e);
            }
        }
    }

    private void Measure(string name, long began, string outcome)
    {
        var tags = new TagList { { "sweep", name }, { "outcome", outcome } };
        WorkerTelemetry.Sweeps.Add(1, tags);
        WorkerTelemetry.SweepDuration.Record(clock.GetElapsedTime(began).TotalSeconds, tags);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The schedule holds a sweep {Sweep}, which this version does not know. Another worker's version may.")]
    private static partial void UnknownSweep(ILogger log, string sweep);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sweep {Sweep} failed, {Failures} in a row. The next round tries again.")]
    private static partial void Failed(ILogger log, string sweep, int failures, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Sweep {Sweep} works again, after {Failures} failures.")]
    private static partial void Recovered(ILogger log, string sweep, int failures);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody could be told that sweep {Sweep} keeps failing.")]
    private static partial void NotTold(ILogger log, string sweep, Exception exception);
}

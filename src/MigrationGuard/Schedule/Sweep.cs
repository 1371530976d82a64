using Microsoft.Extensions.DependencyInjection;

namespace MigrationGuard.Schedule;

/// <summary>Looks what is due and does it; called again and again, on one worker at a time.</summary>
/// <param name="Name">Kebab-case; stable, as what is known of its last rounds is kept under it.</param>
/// <param name="RunAsync">Does everything that is due now. May be stopped or die anywhere: the next round goes on from what is durable.</param>
/// <remarks>What is due comes from the ledger and never from how often or when this was called, so a missed round loses nothing.</remarks>
public sealed record Sweep(string Name, Func<CancellationToken, Task> RunAsync);

/// <summary>A sweep that has failed several times in a row.</summary>
/// <param name="Since">When the first of these failures was.</param>
/// <param name="Error">What the last one said, on one line and without secrets.</param>
public sealed record JobFailing(string Job, int Failures, DateTimeOffset Since, string Error);

/// <summary>Told of every failure from the third in a row on; whoever is told keeps to once by job and since.</summary>
public sealed record JobFailingListener(Func<JobFailing, CancellationToken, Task> TellAsync);

/// <summary>How features give the worker something to do.</summary>
public static class SweepRegistration
{
    /// <summary>Adds a sweep, made when the worker starts.</summary>
    public static IServiceCollection AddSweep(this IServiceCollection services, string name, Func<IServiceProvider, Func<CancellationToken, Task>> make) =>
        services.AddSingleton(provider => new Sweep(name, make(provider)));
}

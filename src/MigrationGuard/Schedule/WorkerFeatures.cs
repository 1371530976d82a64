using Microsoft.Extensions.DependencyInjection;

namespace MigrationGuard.Schedule;

/// <summary>What the worker does, a line for each feature.</summary>
internal static class WorkerFeatures
{
    public static void Add(IServiceCollection services) => services
        .AddLedgerCheck();
}

using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MigrationGuard.Configuration;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Runs;
using MigrationGuard.Schedule.Health;
using MigrationGuard.Schedule.Logging;
using Serilog;

namespace MigrationGuard.Schedule;

/// <summary>The worker: a host for sweeps and for answers about their health, which works until it is told to stop.</summary>
internal sealed partial class Worker
{
    /// <summary>Works until <paramref name="stop"/>.</summary>
    /// <param name="addFeatures">Adds what there is to do.</param>
    /// <exception cref="ConfigurationException">The log or the listener cannot be what the configuration says.</exception>
    /// <exception cref="LedgerException">The store cannot be opened, or belongs to another worker.</exception>
    public static async Task RunAsync(LoadedConfiguration configuration, ProgramContext context, Action<IServiceCollection> addFeatures, CancellationToken stop)
    {
        var secrets = Secrets.Of(configuration.Options, context.Environment);
        await using var logger = WorkerLog.Create(configuration, context, secrets);
        try
        {
            await using var ledger = await LedgerStore.OpenAsync(configuration.Options.Store, configuration.Directory, context.Time, stop);
            using var store = await ScheduleStore.OpenAsync(configuration.Options.Store, configuration.Directory, stop);
            await using var app = Build(configuration, context, addFeatures, secrets, logger, ledger, store);
            await RunAsync(app, configuration.Options.Worker, context, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop before it had begun.
        }
    }

    private static async Task RunAsync(WebApplication app, WorkerOptions options, ProgramContext context, CancellationToken stop)
    {
        var log = app.Services.GetRequiredService<ILogger<Worker>>();
        await ListenAsync(app, options, stop);
        var schedule = app.Services.GetRequiredService<WorkerSchedule>();
        try
        {
            await schedule.StartAsync(stop);
            Started(log, ToolVersion.Current, app.Services.GetRequiredService<IServer>() is NoServer ? "nowhere" : string.Join(", ", app.Urls));
            SystemdNotification.Send(context.Environment, SystemdNotification.Ready);
            await UntilStoppedAsync(app, stop);
        }
        finally
        {
            Stopping(log);
            SystemdNotification.Send(context.Environment, SystemdNotification.Stopping);
            await schedule.StopAsync();
            await app.StopAsync(CancellationToken.None);
        }
        Stopped(log);
    }

    private static WebApplication Build(
        LoadedConfiguration configuration, ProgramContext context, Action<IServiceCollection> addFeatures, Secrets secrets, Serilog.ILogger logger, LedgerStore ledger, ScheduleStore store)
    {
        // Empty: everything this host does is said here, and nothing is read from files or variables that happen to be there.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = configuration.Directory, ApplicationName = "migrationguard" });
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddSerilog(logger);
        builder.WebHost.UseKestrelCore();
        var worker = configuration.Options.Worker;
        if (context.Environment.ContainsKey("ASPNETCORE_PORT"))
            BehindIis(builder, context.Environment);
        else if (worker.HealthUrl.Length > 0)
            builder.WebHost.UseUrls(worker.HealthUrl);
        else
            builder.Services.AddSingleton<IServer, NoServer>();

        var services = builder.Services;
        services.AddRoutingCore();
        services.AddSingleton<IHostLifetime, ToldToStop>();
        services.AddSingleton(configuration).AddSingleton(configuration.Options).AddSingleton(worker);
        services.AddSingleton(context).AddSingleton(secrets);
        services.AddSingleton(ledger).AddSingleton<WorkInHand>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SweepRounds>(provider, TimeProvider.System));
        services.AddSingleton<WorkerSchedule>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ScheduleCheck>(provider, TimeProvider.System));
        services.AddReadiness();
        addFeatures(services);
        WorkerSchedule.Add(services, store, worker, services.Count(service => service.ServiceType == typeof(Sweep)));

        var app = builder.Build();
        app.MapHealth(secrets);
        return app;
    }

    // IIS starts the program itself, says by the environment on which port to listen, and asks it to stop over that port.
    private static void BehindIis(WebApplicationBuilder builder, IReadOnlyDictionary<string, string> environment)
    {
        const string prefix = "ASPNETCORE_";
        builder.WebHost.UseSetting("PORT", environment.GetValueOrDefault(prefix + "PORT"));
        builder.WebHost.UseSetting("TOKEN", environment.GetValueOrDefault(prefix + "TOKEN"));
        builder.WebHost.UseSetting("APPL_PATH", environment.GetValueOrDefault(prefix + "APPL_PATH") ?? "/");
        builder.WebHost.UseIISIntegration();
    }

    private static async Task ListenAsync(WebApplication app, WorkerOptions options, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw new ConfigurationException("Worker:HealthUrl", $"cannot be listened on: {e.Message}", $"End what listens at {options.HealthUrl}, or choose another port.");
        }
    }

    private static async Task UntilStoppedAsync(WebApplication app, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, app.Lifetime.ApplicationStopping);
        try
        {
            await new SpareMemory(TimeProvider.System).WatchAsync(either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // Told to stop.
        }
    }

    /// <summary>The process's signals are handled where it begins; the host takes none for itself.</summary>
    private sealed class ToldToStop : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Version} works. Health: {Addresses}.")]
    private static partial void Started(Microsoft.Extensions.Logging.ILogger log, string version, string addresses);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping: no new work is begun.")]
    private static partial void Stopping(Microsoft.Extensions.Logging.ILogger log);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopped.")]
    private static partial void Stopped(Microsoft.Extensions.Logging.ILogger log);
}

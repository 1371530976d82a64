using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using MigrationGuard.Configuration;
using MigrationGuard.Schedule;
using MigrationGuard.Tests.BadInput;
using MigrationGuard.Tests.Commands;
using Microsoft.Extensions.DependencyInjection;

namespace MigrationGuard.Tests.Schedule;

/// <summary>A worker in this process, with the sweeps that a test gives it.</summary>
internal sealed class RunningWorker : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly StringWriter _error = new();
    private readonly HttpClient _http = new();
    private readonly Task _running;

    private RunningWorker(WorkingFolder folder, MigrationGuardOptions options, Action<IServiceCollection> features)
    {
        folder.Configure(options);
        Address = new Uri(options.Worker.HealthUrl is { Length: > 0 } url ? url : "http://127.0.0.1:9");
        var context = new ProgramContext(TextWriter.Null, TextWriter.Synchronized(_error), false, false, folder.Environment, folder.Path, folder.Time);
        var configuration = ConfigurationFile.Load(folder.At("appsettings.json"), folder.Environment, userSecrets: null);
        _running = Task.Run(() => Worker.RunAsync(configuration, context, features, _stop.Token));
    }

    public Uri Address { get; }

    /// <summary>What it has logged, and what it failed with.</summary>
    public string Error
    {
        get
        {
            lock (_error)
                return $"{_error}{_running.Exception?.GetBaseException()}";
        }
    }

    /// <summary>Options for a worker on a port of its own that looks every second.</summary>
    public static MigrationGuardOptions Options() => new()
    {
        Worker = { SweepSeconds = 1, HealthUrl = $"http://127.0.0.1:{TcpProxy.ClosedPort()}", ClusterCheckinSeconds = 1, ShutdownSeconds = 20 },
    };

    public static RunningWorker Start(WorkingFolder folder, MigrationGuardOptions options, params (string Name, Func<CancellationToken, Task> RunAsync)[] sweeps) =>
        Start(folder, options, services =>
        {
            foreach (var (name, run) in sweeps)
                services.AddSweep(name, _ => run);
        });

    public static RunningWorker Start(WorkingFolder folder, MigrationGuardOptions options, Action<IServiceCollection> features) => new(folder, options, features);

    /// <summary>Answers of <c>/health/ready</c>; null while nobody answers.</summary>
    public async Task<(HttpStatusCode Status, JsonNode Body)?> ReadinessAsync()
    {
        if (_running.IsFaulted)
            await _running;
        try
        {
            using var response = await _http.GetAsync(new Uri(Address, "health/ready"));
            return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
        }
        catch (HttpRequestException e) when (e.InnerException is SocketException)
        {
            return null;
        }
    }

    /// <summary>Waits until readiness is answered so, and returns what was said.</summary>
    public async Task<JsonNode> BecomesAsync(HttpStatusCode status)
    {
        (HttpStatusCode Status, JsonNode Body)? last = null;
        await Eventually.HoldsAsync(async () => (last = await ReadinessAsync())?.Status == status, () => $"Not {status}: {last}\n{Error}");
        return last!.Value.Body;
    }

    /// <summary>Stops it as a signal does, and waits for its end.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // What it failed with has been the test's to look at.
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _http.Dispose();
        _stop.Dispose();
        await _error.DisposeAsync();
    }
}

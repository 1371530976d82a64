using System.Diagnostics;
using System.Globalization;
using MigrationGuard.Databases;
using MigrationGuard.TestHost;

namespace MigrationGuard.Tests.Simulation;

/// <summary>A process of its own that appends entries to a ledger.</summary>
internal sealed class AppendingProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;

    private AppendingProcess(Process process) => (_process, _error) = (process, process.StandardError.ReadToEndAsync());

    /// <param name="count">How many; -1 for as many as there is time for.</param>
    public static AppendingProcess Start(Provider engine, string connection, string subject, int count)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "MigrationGuard.TestHost.dll"), Appending.Mode, engine.ToString(), connection, subject, count.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new AppendingProcess(Process.Start(start)!);
    }

    /// <summary>The next entry that it says is durable: sequence number and hash; null once it has ended.</summary>
    public async Task<(long Seq, string Hash)?> NextAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync();
        // A line that a kill cut short was not acknowledged to anybody.
        return line?.Split(' ') is [var seq, { Length: 64 } hash] ? (long.Parse(seq, CultureInfo.InvariantCulture), hash) : null;
    }

    /// <summary>All that it says from now on, to its end.</summary>
    public async Task<IReadOnlyList<(long Seq, string Hash)>> RestAsync()
    {
        var acknowledged = new List<(long, string)>();
        while (await NextAsync() is { } entry)
            acknowledged.Add(entry);
        return acknowledged;
    }

    /// <summary>Ends it at once: SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits for its end, which must be a good one.</summary>
    public async Task ShouldEndWellAsync()
    {
        await _process.WaitForExitAsync();
        _process.ExitCode.ShouldBe(0, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}

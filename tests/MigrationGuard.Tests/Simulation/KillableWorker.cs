using System.Collections.Concurrent;
using System.Diagnostics;

namespace MigrationGuard.Tests.Simulation;

/// <summary>A worker as a process of its own, whose clock is a file's.</summary>
internal sealed class KillableWorker : IDisposable
{
    private const int LinesKept = 40;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _error = new();

    private KillableWorker(Process process)
    {
        _process = process;
        // Both are read to their end: a full pipe would hold the worker up.
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The last lines it has said on standard error.</summary>
    public string Error => string.Join('\n', _error);

    /// <summary>Its process's id, which is part of what it calls itself.</summary>
    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    public static KillableWorker Start(string directory, string clock)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "MigrationGuard.TestHost.dll"), "serve"])
        {
            WorkingDirectory = directory,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["MIGRATIONGUARD_TEST_CLOCK"] = clock;
        return new KillableWorker(Process.Start(start)!);
    }

    /// <summary>Ends it at once, as a power cut would: SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        _error.Enqueue(line);
        while (_error.Count > LinesKept)
            _error.TryDequeue(out _);
    }
}

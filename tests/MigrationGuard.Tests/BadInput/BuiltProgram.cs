using System.Diagnostics;
using System.Globalization;

namespace MigrationGuard.Tests.BadInput;

/// <summary>The program as a process of its own.</summary>
internal sealed class BuiltProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly List<string> _error = [];

    private BuiltProgram(Process process) => _process = process;

    /// <summary>What it has said on standard error so far.</summary>
    public string Error => string.Join('\n', _error);

    public static BuiltProgram Start(string directory, params string[] args) => Start(directory, "dotnet", [Assembly, .. args]);

    /// <summary>Starts it so that no file it writes may grow beyond some kilobytes, as on a disk that is full.</summary>
    public static BuiltProgram StartWithLittleRoom(string directory, int kilobytes, params string[] args)
    {
        // The signal is ignored so that writing fails; the runtime otherwise maps its code through a file that is too large.
        var script = string.Create(CultureInfo.InvariantCulture, $"trap '' XFSZ; ulimit -f {kilobytes}; export DOTNET_EnableWriteXorExecute=0; exec dotnet \"$@\"");
        return Start(directory, "bash", ["-c", script, "bash", Assembly, .. args]);
    }

    /// <summary>Starts it so that what it holds may take no more than some megabytes: holding more ends it.</summary>
    public static BuiltProgram StartWithLittleMemory(string directory, int megabytes, params string[] args) =>
        Start(directory, "env", [string.Create(CultureInfo.InvariantCulture, $"DOTNET_GCHeapHardLimit=0x{megabytes * 1024L * 1024:x}"), "dotnet", Assembly, .. args]);

    /// <summary>Reads standard error up to the line that holds this text.</summary>
    public async Task SaysAsync(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await _process.StandardError.ReadLineAsync(patience.Token) is { } line)
        {
            _error.Add(line);
            if (line.Contains(text, StringComparison.Ordinal))
                return;
        }
        throw new InvalidOperationException($"The program ended without saying '{text}': {Error}");
    }

    /// <summary>Ctrl-C.</summary>
    public Task InterruptAsync() => SignalAsync("-INT");

    /// <summary>What a service manager sends to end it.</summary>
    public Task TerminateAsync() => SignalAsync("-TERM");

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Ends it at once, as a power cut would.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits for its end and returns its exit code.</summary>
    public async Task<int> EndsAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await _process.StandardError.ReadLineAsync(patience.Token) is { } line)
            _error.Add(line);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private static string Assembly => Path.Combine(AppContext.BaseDirectory, "migrationguard.dll");

    private static BuiltProgram Start(string directory, string program, IEnumerable<string> args)
    {
        var start = new ProcessStartInfo(program, args) { WorkingDirectory = directory, RedirectStandardError = true, RedirectStandardOutput = true };
        var built = new BuiltProgram(Process.Start(start)!);
        // Nobody reads it, and a full pipe would hold the program up.
        built._process.OutputDataReceived += (_, _) => { };
        built._process.BeginOutputReadLine();
        return built;
    }
}

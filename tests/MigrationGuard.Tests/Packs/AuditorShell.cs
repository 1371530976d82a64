using System.Diagnostics;

namespace MigrationGuard.Tests.Packs;

/// <summary>A shell as an auditor has one, with the machine's own tools.</summary>
internal static class AuditorShell
{
    /// <summary>Whether there are sha512sum, openssl and a shell.</summary>
    public static bool IsThere { get; } = OperatingSystem.IsLinux() && HasTool("openssl") && HasTool("sha512sum");

    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, string script)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", script]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    /// <summary>Runs a script that must end with 0.</summary>
    public static async Task<string> SucceedAsync(string folder, string script)
    {
        var (exitCode, output) = await RunAsync(folder, script);
        exitCode.ShouldBe(0, $"{script}\n{output}");
        return output;
    }

    private static bool HasTool(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, name)));
}

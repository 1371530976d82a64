using MigrationGuard.Commands;
using MigrationGuard.Configuration;

namespace MigrationGuard.Tests.Commands;

/// <summary>A temporary directory in which the program is run, in process, with nothing of the machine's environment.</summary>
internal sealed class WorkingFolder : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("mgtest_");

    public string Path => _directory.FullName;

    /// <summary>Environment variables of the program.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    /// <summary>The clock of the program.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Told every line of standard error as it is written, before the program goes on.</summary>
    public Action<string>? Told { get; set; }

    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes <c>appsettings.json</c>.</summary>
    public void Configure(MigrationGuardOptions options) => Configure(ConfigurationJson.Write(options));

    /// <summary>Writes <c>appsettings.json</c> as given.</summary>
    public void Configure(string json) => File.WriteAllText(At("appsettings.json"), json);

    public Task<CommandRun> RunAsync(params string[] args) => RunAsync(CancellationToken.None, args);

    public async Task<CommandRun> RunAsync(CancellationToken cancellationToken, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new ToldWriter(Told);
        var context = new ProgramContext(output, TextWriter.Synchronized(error), OutputIsTerminal: false, ErrorIsTerminal: false, Environment, Path, Time);
        var exitCode = await CommandLine.RunAsync(args, context, cancellationToken);
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Every file below the directory that holds these characters, in UTF-8 or UTF-16.</summary>
    public IReadOnlyList<string> FilesHolding(string text) =>
        [.. _directory.EnumerateFiles("*", SearchOption.AllDirectories).Select(file => file.FullName).Where(file => Holds(file, text))];

    public void Dispose() => _directory.Delete(recursive: true);

    private static bool Holds(string file, string text)
    {
        var bytes = File.ReadAllBytes(file);
        return bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0
            || bytes.AsSpan().IndexOf(System.Text.Encoding.Unicode.GetBytes(text)) >= 0;
    }

    private sealed class ToldWriter(Action<string>? told) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            told?.Invoke(value ?? "");
        }
    }
}

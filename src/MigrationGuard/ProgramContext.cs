using MigrationGuard.Configuration.Overrides;

namespace MigrationGuard;

/// <summary>What the program takes from its surroundings.</summary>
/// <param name="Output">Standard output: results, and nothing else.</param>
/// <param name="Error">Standard error: progress, logs and problems.</param>
/// <param name="OutputIsTerminal">Whether a person reads <paramref name="Output"/> as it comes.</param>
/// <param name="ErrorIsTerminal">Whether a person reads <paramref name="Error"/> as it comes.</param>
/// <param name="Environment">Environment variables.</param>
/// <param name="WorkingDirectory">What relative paths on the command line are relative to.</param>
public sealed record ProgramContext(
    TextWriter Output,
    TextWriter Error,
    bool OutputIsTerminal,
    bool ErrorIsTerminal,
    IReadOnlyDictionary<string, string> Environment,
    string WorkingDirectory,
    TimeProvider Time)
{
    /// <summary>The surroundings of a real process.</summary>
    public static ProgramContext OfProcess()
    {
        // Figures, block letters and other alphabets in names are UTF-8 whatever the locale; reports and JSON already are.
        Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new ProgramContext(
            Console.Out,
            Console.Error,
            !Console.IsOutputRedirected,
            !Console.IsErrorRedirected,
            EnvironmentVariables.OfThisProcess(),
            System.Environment.CurrentDirectory,
            TimeProvider.System);
    }

    /// <summary>Whether colours are wanted (https://no-color.org: a variable that is set and not empty says no).</summary>
    public bool WantsColour => string.IsNullOrEmpty(Environment.GetValueOrDefault("NO_COLOR"));

    public string FullPath(string path) => Path.GetFullPath(path, WorkingDirectory);
}

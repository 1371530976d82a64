namespace MigrationGuard.Demo;

/// <summary>The demo's files cannot be made: which one, why, and what to do about it.</summary>
public sealed class DemoException(string place, string problem, string remedy, Exception? cause = null)
    : Exception($"{place}: {problem} {remedy}", cause)
{
    /// <summary>The file or directory concerned.</summary>
    public string Place { get; } = place;

    public string Problem { get; } = problem;

    public string Remedy { get; } = remedy;
}

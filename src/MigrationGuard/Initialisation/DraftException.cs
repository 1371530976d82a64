namespace MigrationGuard.Initialisation;

/// <summary>A drafted configuration could not be written: where, why, and what to do about it.</summary>
public sealed class DraftException(string place, string problem, string remedy, Exception? cause = null)
    : Exception($"{place}: {problem} {remedy}", cause)
{
    /// <summary>The file concerned.</summary>
    public string Place { get; } = place;

    public string Problem { get; } = problem;

    public string Remedy { get; } = remedy;
}

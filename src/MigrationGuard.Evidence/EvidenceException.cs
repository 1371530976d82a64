namespace MigrationGuard.Evidence;

/// <summary>Evidence could not be made or read: where, what went wrong, what to do about it.</summary>
public sealed class EvidenceException(string place, string problem, string remedy, Exception? cause = null)
    : Exception($"{place}: {problem} {remedy}", cause)
{
    /// <summary>The file, folder, address or option concerned.</summary>
    public string Place { get; } = place;

    public string Problem { get; } = problem;

    public string Remedy { get; } = remedy;
}

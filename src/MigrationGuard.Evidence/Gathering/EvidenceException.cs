namespace MigrationGuard.Evidence.Gathering;

/// <summary>Evidence could not be gathered: what was asked for, what is wrong, what to do about it.</summary>
public sealed class EvidenceException(string place, string problem, string remedy, Exception? cause = null)
    : Exception($"{place}: {problem} {remedy}", cause)
{
    /// <summary>What was asked for.</summary>
    public string Place { get; } = place;

    public string Problem { get; } = problem;

    public string Remedy { get; } = remedy;
}

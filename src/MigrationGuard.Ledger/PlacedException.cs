namespace MigrationGuard.Ledger;

/// <summary>Something that cannot be done: where, why, and what to do about it.</summary>
public abstract class PlacedException(string place, string problem, string remedy, Exception? cause)
    : Exception($"{place}: {problem} {remedy}".TrimEnd(), cause)
{
    /// <summary>The setting, store, run, file or attestation concerned.</summary>
    public string Place { get; } = place;

    public string Problem { get; } = problem;

    public string Remedy { get; } = remedy;
}

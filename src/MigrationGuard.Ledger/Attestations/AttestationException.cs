namespace MigrationGuard.Ledger.Attestations;

/// <summary>An attestation that cannot be recorded: where, why, and what to do about it. Nothing was.</summary>
public sealed class AttestationException : Exception
{
    public AttestationException(string place, string problem, string remedy, Exception? cause = null)
        : base($"{place}: {problem} {remedy}".TrimEnd(), cause)
    {
        Place = place;
        Problem = problem;
        Remedy = remedy;
    }

    /// <summary>The file, the attestation, or what of it is concerned.</summary>
    public string Place { get; }

    public string Problem { get; }

    public string Remedy { get; }
}

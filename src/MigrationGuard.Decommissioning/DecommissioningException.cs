namespace MigrationGuard.Decommissioning;

/// <summary>What was asked for cannot be done: what it concerns, what is wrong, what to do about it. Nothing was changed.</summary>
public sealed class DecommissioningException(string place, string problem, string remedy) : Exception($"{place}: {problem} {remedy}")
{
    /// <summary>The asset, obligation, account, file or option concerned.</summary>
    public string Place { get; } = place;

    public string Problem { get; } = problem;

    public string Remedy { get; } = remedy;
}

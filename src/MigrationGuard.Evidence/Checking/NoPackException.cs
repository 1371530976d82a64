namespace MigrationGuard.Evidence.Checking;

/// <summary>What was named is no pack at all, so there is nothing to verify: where, what it is instead, what to name.</summary>
/// <remarks>A pack that lost a part is a pack that does not hold. This is for what has no part of one.</remarks>
public sealed class NoPackException(string place, string problem, string remedy) : Exception($"{place}: {problem} {remedy}")
{
    public string Place { get; } = place;

    public string Problem { get; } = problem;

    public string Remedy { get; } = remedy;
}

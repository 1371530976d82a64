namespace MigrationGuard.Runs.Joined;

/// <summary>What one of several workers may have of something that there is a limited number of.</summary>
/// <param name="Workers">How many share it; at least 1.</param>
/// <param name="Rank">Which of them this one is, from 0 on.</param>
internal readonly record struct Share(int Workers, int Rank)
{
    /// <summary>Its part of a limit. The parts of all workers add up to the limit and differ by 1 at most; the first worker's is never 0.</summary>
    public int Of(int limit) => (limit / Workers) + (Rank < limit % Workers ? 1 : 0);
}

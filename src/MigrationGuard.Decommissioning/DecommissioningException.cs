namespace MigrationGuard.Decommissioning;

/// <summary>What was asked of assets, reviews or obligations cannot be done: where, why, and what to do about it. Nothing was changed.</summary>
public sealed class DecommissioningException : Exception
{
    public DecommissioningException(string place, string problem, string remedy)
        : this([new DecommissioningProblem(place, problem, remedy)]) { }

    public DecommissioningException(IReadOnlyList<DecommissioningProblem> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>Everything that stands against it; never empty.</summary>
    public IReadOnlyList<DecommissioningProblem> Problems { get; }
}

/// <summary>One thing that stands against what was asked.</summary>
/// <param name="Place">The asset, obligation, option, or line of a file concerned.</param>
/// <param name="Problem">What is wrong, as the end of a sentence that begins with the place.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record DecommissioningProblem(string Place, string Problem, string Remedy)
{
    public override string ToString() => $"{Place}: {Problem} {Remedy}".TrimEnd();
}

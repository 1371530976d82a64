namespace MigrationGuard.Evidence.Commitments;

/// <summary>A mapping of commitments cannot be used; all that is wrong with it, at once.</summary>
public sealed class CommitmentMappingException(IReadOnlyList<MappingProblem> problems, Exception? cause = null)
    : Exception(string.Join(Environment.NewLine, problems), cause)
{
    public IReadOnlyList<MappingProblem> Problems { get; } = problems;
}

/// <summary>Something that is wrong with a mapping.</summary>
/// <param name="Place">The file, and the place in it.</param>
public sealed record MappingProblem(string Place, string Problem, string Remedy)
{
    public override string ToString() => $"{Place}: {Problem} {Remedy}";
}

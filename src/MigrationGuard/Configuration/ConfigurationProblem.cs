namespace MigrationGuard.Configuration;

/// <summary>One thing that is wrong with a configuration.</summary>
/// <param name="Place">The option's path below <c>MigrationGuard</c>, such as <c>Comparisons:crm:Target</c>; a file or an environment variable where it concerns that as a whole.</param>
/// <param name="Problem">What is wrong, as the end of a sentence that begins with the place.</param>
/// <param name="Remedy">What to do about it.</param>
/// <remarks>
/// No text of a problem repeats a value: what was found at the wrong place may be a connection string or a password.
/// </remarks>
public sealed record ConfigurationProblem(string Place, string Problem, string Remedy)
{
    public override string ToString() => $"{Place}: {Problem} {Remedy}".TrimEnd();
}

namespace MigrationGuard.Configuration;

/// <summary>A configuration cannot be used; carries everything that is wrong with it at once.</summary>
public sealed class ConfigurationException : Exception
{
    public ConfigurationException(IReadOnlyList<ConfigurationProblem> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    public ConfigurationException(string place, string problem, string remedy)
        : this([new ConfigurationProblem(place, problem, remedy)]) { }

    /// <summary>Everything that is wrong, in the order of the file; never empty.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems { get; }
}

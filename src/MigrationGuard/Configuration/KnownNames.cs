using MigrationGuard.Ledger;

namespace MigrationGuard.Configuration;

/// <summary>The people and roles that other options may name.</summary>
internal sealed class KnownNames(MigrationGuardOptions options)
{
    /// <summary>A role that must be named, and known.</summary>
    /// <param name="remedy">What to do when none is named.</param>
    public IEnumerable<ConfigurationProblem> RequiredRole(string place, string role, string remedy) =>
        string.IsNullOrWhiteSpace(role) ? [new(place, "is missing.", remedy)] : Role(place, role);

    /// <summary>A role that must be known.</summary>
    public IEnumerable<ConfigurationProblem> Role(string place, string role) =>
        Known(place, role, options.Roles.Keys, new(place, "names no role.", "Add it under Roles."));

    /// <summary>A person who must be known: whoever is reminded or decides has to be somebody.</summary>
    public IEnumerable<ConfigurationProblem> Person(string place, string person) =>
        Known(place, person, options.People.Keys, new(place, "names nobody who is under People.", "Add the person there."));

    private static IEnumerable<ConfigurationProblem> Known(string place, string name, IReadOnlyCollection<string> known, ConfigurationProblem problem)
    {
        if (known.Contains(name, StringComparer.OrdinalIgnoreCase))
            yield break;
        yield return NearestName.Of(name, known) is { } nearest
            ? problem with { Remedy = $"{problem.Remedy} Did you mean {ConfigurationPlace.Shown(nearest)}?" }
            : problem;
    }
}

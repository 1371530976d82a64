using MigrationGuard.Configuration.Overrides;
using MigrationGuard.Configuration.Shapes;
using MigrationGuard.Ledger;

namespace MigrationGuard.Configuration;

/// <summary>A configuration that was read.</summary>
/// <param name="Path">The file, in full.</param>
/// <param name="Directory">The folder it is in, which relative paths in it start from.</param>
/// <param name="Overrides">What overrode the file, by name: environment variables and user secrets, in the order they were applied.</param>
/// <param name="Problems">Rules it breaks; empty after <see cref="ConfigurationFile.Load(string, IReadOnlyDictionary{string, string})"/>.</param>
public sealed record LoadedConfiguration(
    MigrationGuardOptions Options,
    string Path,
    string Directory,
    IReadOnlyList<string> Overrides,
    IReadOnlyList<ConfigurationProblem> Problems);

/// <summary>Reads the configuration: the file, then user secrets, then environment variables, each overriding what came before.</summary>
/// <remarks>
/// Not through Microsoft.Extensions.Configuration, which takes keys that differ only by case for one and splits them at colons:
/// a column or table name used as a key would be lost or turned into something else without a word.
/// </remarks>
public static class ConfigurationFile
{
    /// <summary>The top-level name that everything is under.</summary>
    public const string Section = "MigrationGuard";

    // Other tools read the same file.
    private static readonly string[] LeftToOthers = ["$schema", "Serilog", "Logging"];

    /// <summary>Reads a configuration that can be used as it is.</summary>
    /// <param name="environment">Environment variables; also say where user secrets are.</param>
    /// <exception cref="ConfigurationException">It cannot be read or breaks a rule; carries all its problems.</exception>
    public static LoadedConfiguration Load(string path, IReadOnlyDictionary<string, string> environment) =>
        Load(path, environment, UserSecrets.Location(environment));

    /// <inheritdoc cref="Load(string, IReadOnlyDictionary{string, string})"/>
    /// <param name="userSecrets">The user secrets' file; it need not exist, and null is none.</param>
    public static LoadedConfiguration Load(string path, IReadOnlyDictionary<string, string> environment, string? userSecrets)
    {
        var loaded = Read(path, environment, userSecrets);
        return loaded.Problems.Count == 0 ? loaded : throw new ConfigurationException(loaded.Problems);
    }

    /// <summary>
    /// Reads a configuration whose rules may be broken: for what needs only some of it, such as showing old runs on a machine
    /// that has no passwords.
    /// </summary>
    /// <exception cref="ConfigurationException">It cannot be read; carries all its problems, broken rules included.</exception>
    public static LoadedConfiguration Read(string path, IReadOnlyDictionary<string, string> environment, string? userSecrets)
    {
        var problems = new List<ConfigurationProblem>();
        var root = ConfigurationText.Read(path, origin: null, problems);
        if (root is null)
            throw new ConfigurationException(problems);
        var section = SectionOf(root, path, problems);
        IReadOnlyList<ConfigurationOverride> overrides =
            [.. UserSecrets.Read(userSecrets, problems), .. EnvironmentVariables.Read(environment)];
        var applied = OverridePlacement.Apply(overrides, section, problems);
        var options = (MigrationGuardOptions)OptionShapes.Root.Read(section, "", problems)!;

        var rules = ConfigurationRules.Check(options).Where(rule => !problems.Exists(problem => Covers(problem.Place, rule.Place))).ToList();
        if (problems.Count > 0)
            throw new ConfigurationException([.. problems, .. rules]);
        var full = Path.GetFullPath(path);
        return new LoadedConfiguration(options, full, Path.GetDirectoryName(full)!, applied, rules);
    }

    /// <summary>Whether a top-level name belongs to this program or to a tool that shares the file.</summary>
    internal static bool IsKnownAtTheTop(string name) =>
        IsSection(name) || LeftToOthers.Contains(name, StringComparer.OrdinalIgnoreCase);

    internal static bool IsSection(string name) => name.Equals(Section, StringComparison.OrdinalIgnoreCase);

    // What could not be read was left at its default, of which the rules would complain a second time.
    private static bool Covers(string place, string other) =>
        other == place || other.StartsWith(place + ":", StringComparison.Ordinal);

    private static string RemedyAtTheTop(string name) =>
        OptionShapes.Root.Member(name) is null ? NearestName.Remedy(name, [Section, .. LeftToOthers]) : $"Put it under {Section}.";

    private static ConfigurationNode.Group SectionOf(ConfigurationNode root, string path, List<ConfigurationProblem> problems)
    {
        if (root is not ConfigurationNode.Group { IsList: false } top)
            throw new ConfigurationException(path, $"expected an object, found {root.Found}.", $"Write {{ \"{Section}\": {{ … }} }}.");
        foreach (var (name, _) in top.Children.Where(child => !IsKnownAtTheTop(child.Key)))
            problems.Add(new ConfigurationProblem(ConfigurationPlace.Below("", name), "is not a known name at the top of the file.", RemedyAtTheTop(name)));
        var sections = top.Children.Where(child => IsSection(child.Key)).ToList();
        if (sections.Count > 1)
            problems.Add(new ConfigurationProblem(Section, "is there more than once.", "Keep one of them."));
        if (sections.Count == 0)
            problems.Add(new ConfigurationProblem(Section, $"is missing from {path}.", $"Put the configuration under it: {{ \"{Section}\": {{ … }} }}."));
        switch (sections.FirstOrDefault().Value)
        {
            case ConfigurationNode.Group { IsList: false } section:
                return section;
            case { } other:
                problems.Add(new ConfigurationProblem(Section, $"expected an object, found {other.Found}.", "Write an object, in braces."));
                break;
        }
        return new ConfigurationNode.Group(isList: false);
    }
}

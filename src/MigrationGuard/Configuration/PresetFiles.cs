using MigrationGuard.Configuration.Shapes;

namespace MigrationGuard.Configuration;

/// <summary>Reads the files that a section of the configuration takes as presets.</summary>
internal static class PresetFiles
{
    /// <summary>A section with what its presets bring.</summary>
    /// <param name="presets">Their files, in the order in which the section names them.</param>
    /// <param name="section">The section's name.</param>
    /// <param name="shape">What the section, and so each of its presets, is like.</param>
    /// <param name="shipped">The preset that comes with the program, for a remedy.</param>
    /// <param name="merge">Adds presets to the section.</param>
    /// <param name="check">Finds what in the whole breaks a rule.</param>
    public static WithPresets<T> Add<T>(
        IEnumerable<string> presets, string section, OptionShape shape, string shipped, LoadedConfiguration configuration,
        Func<IReadOnlyList<T>, T> merge, Func<T, IEnumerable<ConfigurationProblem>> check)
        where T : class
    {
        var problems = new List<ConfigurationProblem>();
        var all = merge(Read<T>(presets, section, shape, shipped, configuration.Directory, problems));
        // What a preset that cannot be read would have brought is not known, so neither is what it breaks.
        return new WithPresets<T>(all, problems.Count > 0 ? problems : [.. check(all)]);
    }

    /// <summary>What each preset that can be read brings, in the order in which the section names them.</summary>
    public static IReadOnlyList<T> Each<T>(IEnumerable<string> presets, string section, OptionShape shape, string shipped, LoadedConfiguration configuration)
        where T : class =>
        Read<T>(presets, section, shape, shipped, configuration.Directory, []);

    private static List<T> Read<T>(IEnumerable<string> presets, string section, OptionShape shape, string shipped, string directory, ICollection<ConfigurationProblem> problems)
        where T : class
    {
        var all = new List<T>();
        foreach (var preset in presets)
        {
            var path = new[] { directory, AppContext.BaseDirectory }.Select(root => Path.GetFullPath(preset, root)).FirstOrDefault(File.Exists);
            if (path is null)
            {
                problems.Add(new ConfigurationProblem($"{section}:Presets", $"names {ConfigurationPlace.Shown(preset)}, which is neither beside the configuration nor beside the program.", $"Correct it; {shipped} comes with the program."));
                continue;
            }
            var found = new List<ConfigurationProblem>();
            if (ConfigurationText.Read(path, origin: null, found) is { } node && shape.Read(node, "", found) is T options)
                all.Add(options);
            foreach (var problem in found)
                problems.Add(problem.Place == path ? problem : problem with { Place = $"{path}, {problem.Place}" });
        }
        return all;
    }

    /// <summary>What stands in the configuration, and what presets have beside it under other names.</summary>
    public static Dictionary<string, T> With<T>(Dictionary<string, T> own, IEnumerable<Dictionary<string, T>> presets)
    {
        var all = new Dictionary<string, T>(own, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in presets.SelectMany(preset => preset))
            all.TryAdd(name, value);
        return all;
    }
}

/// <summary>A section of the configuration with what its presets bring.</summary>
/// <param name="Readable">With every preset that can be read.</param>
/// <param name="Problems">What is wrong with presets, or with what comes of them; empty where nothing is.</param>
internal sealed record WithPresets<T>(T Readable, IReadOnlyList<ConfigurationProblem> Problems)
{
    /// <summary>The whole section.</summary>
    /// <exception cref="ConfigurationException">A preset cannot be read, or what comes of it breaks a rule; carries all problems.</exception>
    public T Whole => Problems.Count == 0 ? Readable : throw new ConfigurationException(Problems);

    /// <summary>What is wrong beyond what is wrong with the configuration alone.</summary>
    public IEnumerable<ConfigurationProblem> Beyond(LoadedConfiguration configuration) => Problems.Except(configuration.Problems);
}

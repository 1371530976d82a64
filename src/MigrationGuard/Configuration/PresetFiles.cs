using MigrationGuard.Configuration.Shapes;

namespace MigrationGuard.Configuration;

/// <summary>Reads the files that a section of the configuration takes as presets.</summary>
internal static class PresetFiles
{
    /// <summary>The options of every preset that can be read, in the order in which the section names them.</summary>
    /// <param name="section">The section's name.</param>
    /// <param name="shape">What the section, and so each of its presets, is like.</param>
    /// <param name="shipped">The preset that comes with the program, for a remedy.</param>
    /// <param name="problems">What is wrong with presets is added to these.</param>
    public static IReadOnlyList<T> Read<T>(IEnumerable<string> presets, string section, OptionShape shape, string shipped, string directory, ICollection<ConfigurationProblem> problems)
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

using MigrationGuard.Configuration;
using MigrationGuard.Configuration.Shapes;
using MigrationGuard.Retention.FileStores;

namespace MigrationGuard.Files;

/// <summary>Adds the promises of preset files to those that a configuration makes itself.</summary>
internal static class FilePresets
{
    private static readonly OptionShape Shape = OptionShapes.Root.Member(nameof(MigrationGuardOptions.Files))!.Value.Shape;

    /// <summary>The options with those of the presets; what stands in the configuration under the same name counts in the place of theirs.</summary>
    /// <exception cref="ConfigurationException">A preset cannot be read, or what comes of it breaks a rule; carries all problems.</exception>
    public static FilesOptions Applied(LoadedConfiguration configuration)
    {
        var (options, problems) = Read(configuration);
        return problems.Count == 0 ? options : throw new ConfigurationException(problems);
    }

    /// <summary>What is wrong with presets, or with what comes of them, beyond what is wrong with the configuration alone.</summary>
    public static IEnumerable<ConfigurationProblem> Problems(LoadedConfiguration configuration) => Read(configuration).Problems.Except(configuration.Problems);

    private static (FilesOptions Options, IReadOnlyList<ConfigurationProblem> Problems) Read(LoadedConfiguration configuration)
    {
        var own = configuration.Options.Files;
        var problems = new List<ConfigurationProblem>();
        var presets = own.Presets.Select(preset => Read(preset, configuration.Directory, problems)).OfType<FilesOptions>().ToList();
        var all = new FilesOptions
        {
            Stores = With(own.Stores, presets.Select(preset => preset.Stores)),
            Comparisons = With(own.Comparisons, presets.Select(preset => preset.Comparisons)),
            Retention = With(own.Retention, presets.Select(preset => preset.Retention)),
            Empty = With(own.Empty, presets.Select(preset => preset.Empty)),
            Concurrency = own.Concurrency,
        };
        // What a preset that cannot be read would have brought is not known, so neither is what it breaks.
        return (all, problems.Count > 0 ? problems : [.. FileRules.Check(all)]);
    }

    private static FilesOptions? Read(string preset, string directory, List<ConfigurationProblem> problems)
    {
        var path = new[] { directory, AppContext.BaseDirectory }.Select(root => Path.GetFullPath(preset, root)).FirstOrDefault(File.Exists);
        if (path is null)
        {
            problems.Add(new ConfigurationProblem("Files:Presets", $"names {ConfigurationPlace.Shown(preset)}, which is neither beside the configuration nor beside the program.", "Correct it; finance-files.json comes with the program."));
            return null;
        }
        var found = new List<ConfigurationProblem>();
        var options = ConfigurationText.Read(path, origin: null, found) is { } node ? (FilesOptions?)Shape.Read(node, "", found) : null;
        problems.AddRange(found.Select(problem => problem.Place == path ? problem : problem with { Place = $"{path}, {problem.Place}" }));
        return options;
    }

    private static Dictionary<string, T> With<T>(Dictionary<string, T> own, IEnumerable<Dictionary<string, T>> presets)
    {
        var all = new Dictionary<string, T>(own, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in presets.SelectMany(preset => preset))
            all.TryAdd(name, value);
        return all;
    }
}

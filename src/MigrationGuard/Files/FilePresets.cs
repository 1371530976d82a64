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
        var presets = PresetFiles.Read<FilesOptions>(own.Presets, nameof(MigrationGuardOptions.Files), Shape, "finance-files.json", configuration.Directory, problems);
        var all = new FilesOptions
        {
            Stores = PresetFiles.With(own.Stores, presets.Select(preset => preset.Stores)),
            Comparisons = PresetFiles.With(own.Comparisons, presets.Select(preset => preset.Comparisons)),
            Retention = PresetFiles.With(own.Retention, presets.Select(preset => preset.Retention)),
            Empty = PresetFiles.With(own.Empty, presets.Select(preset => preset.Empty)),
            Concurrency = own.Concurrency,
        };
        // What a preset that cannot be read would have brought is not known, so neither is what it breaks.
        return (all, problems.Count > 0 ? problems : [.. FileRules.Check(all)]);
    }
}

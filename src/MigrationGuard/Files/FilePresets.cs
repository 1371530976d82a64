using System.Collections.Frozen;
using MigrationGuard.Configuration;
using MigrationGuard.Configuration.Shapes;
using MigrationGuard.Retention.FileStores;
using MigrationGuard.Schedule;

namespace MigrationGuard.Files;

/// <summary>Adds the promises of preset files to those that a configuration makes itself.</summary>
internal static class FilePresets
{
    private const string Shipped = "finance-files.json";

    private static readonly OptionShape Shape = OptionShapes.Root.Member(nameof(MigrationGuardOptions.Files))!.Value.Shape;

    /// <summary>The options with those of the presets; what stands in the configuration under the same name counts in the place of theirs.</summary>
    public static WithPresets<FilesOptions> Of(LoadedConfiguration configuration)
    {
        var own = configuration.Options.Files;
        return PresetFiles.Add<FilesOptions>(
            own.Presets,
            nameof(MigrationGuardOptions.Files),
            Shape,
            Shipped,
            configuration,
            presets => new FilesOptions
            {
                Stores = PresetFiles.With(own.Stores, presets.Select(preset => preset.Stores)),
                Comparisons = PresetFiles.With(own.Comparisons, presets.Select(preset => preset.Comparisons)),
                Retention = PresetFiles.With(own.Retention, presets.Select(preset => preset.Retention)),
                Empty = PresetFiles.With(own.Empty, presets.Select(preset => preset.Empty)),
                Concurrency = own.Concurrency,
            },
            all => [.. FileRules.Check(all), .. ScheduleRules.OfFiles(configuration.Options.Schedules, all)]);
    }

    /// <summary>The patterns of files in the preset that the program ships with, the same on every machine.</summary>
    /// <remarks>Looked for beside the program alone: what lies in a project's own folder under the same name is the project's.</remarks>
    public static IReadOnlySet<string> ShippedPatterns()
    {
        var problems = new List<ConfigurationProblem>();
        var path = Path.Combine(AppContext.BaseDirectory, Shipped);
        if (!File.Exists(path) || ConfigurationText.Read(path, origin: null, problems) is not { } node || Shape.Read(node, "", problems) is not FilesOptions shipped)
            return FrozenSet<string>.Empty;
        var promises = shipped.Comparisons.Values.Cast<FilePromiseOptions>().Concat(shipped.Retention.Values).Concat(shipped.Empty.Values);
        return promises.SelectMany(promise => promise.Include.Concat(promise.Exclude)).ToFrozenSet(StringComparer.Ordinal);
    }
}

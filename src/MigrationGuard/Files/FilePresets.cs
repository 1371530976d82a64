using MigrationGuard.Configuration;
using MigrationGuard.Configuration.Shapes;
using MigrationGuard.Retention.FileStores;

namespace MigrationGuard.Files;

/// <summary>Adds the promises of preset files to those that a configuration makes itself.</summary>
internal static class FilePresets
{
    private static readonly OptionShape Shape = OptionShapes.Root.Member(nameof(MigrationGuardOptions.Files))!.Value.Shape;

    /// <summary>The options with those of the presets; what stands in the configuration under the same name counts in the place of theirs.</summary>
    public static WithPresets<FilesOptions> Of(LoadedConfiguration configuration)
    {
        var own = configuration.Options.Files;
        return PresetFiles.Add<FilesOptions>(
            own.Presets,
            nameof(MigrationGuardOptions.Files),
            Shape,
            "finance-files.json",
            configuration,
            presets => new FilesOptions
            {
                Stores = PresetFiles.With(own.Stores, presets.Select(preset => preset.Stores)),
                Comparisons = PresetFiles.With(own.Comparisons, presets.Select(preset => preset.Comparisons)),
                Retention = PresetFiles.With(own.Retention, presets.Select(preset => preset.Retention)),
                Empty = PresetFiles.With(own.Empty, presets.Select(preset => preset.Empty)),
                Concurrency = own.Concurrency,
            },
            FileRules.Check);
    }
}

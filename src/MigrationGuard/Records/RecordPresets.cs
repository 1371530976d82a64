using MigrationGuard.Configuration;
using MigrationGuard.Configuration.Shapes;
using MigrationGuard.Retention.Records;

namespace MigrationGuard.Records;

/// <summary>Adds the retention codes of preset files to those that a configuration makes itself.</summary>
internal static class RecordPresets
{
    private static readonly OptionShape Shape = OptionShapes.Root.Member(nameof(MigrationGuardOptions.Records))!.Value.Shape;

    /// <summary>The options with those of the presets; what stands in the configuration under the same name counts in the place of theirs.</summary>
    public static WithPresets<RecordsOptions> Of(LoadedConfiguration configuration)
    {
        var own = configuration.Options.Records;
        return PresetFiles.Add<RecordsOptions>(
            own.Presets,
            nameof(MigrationGuardOptions.Records),
            Shape,
            "retention-codes.json",
            configuration,
            presets => new RecordsOptions
            {
                Codes = PresetFiles.With(own.Codes, presets.Select(preset => preset.Codes)),
                Entities = PresetFiles.With(own.Entities, presets.Select(preset => preset.Entities)),
            },
            all => RecordRules.Check(all, configuration.Options.Databases));
    }
}

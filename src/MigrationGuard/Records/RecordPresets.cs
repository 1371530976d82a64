using MigrationGuard.Configuration;
using MigrationGuard.Configuration.Shapes;
using MigrationGuard.Retention.Records;
using MigrationGuard.Schedule;

namespace MigrationGuard.Records;

/// <summary>Adds the retention codes of preset files to those that a configuration makes itself.</summary>
internal static class RecordPresets
{
    private const string Shipped = "retention-codes.json";

    private static readonly OptionShape Shape = OptionShapes.Root.Member(nameof(MigrationGuardOptions.Records))!.Value.Shape;

    /// <summary>The options with those of the presets; what stands in the configuration under the same name counts in the place of theirs.</summary>
    public static WithPresets<RecordsOptions> Of(LoadedConfiguration configuration)
    {
        var own = configuration.Options.Records;
        return PresetFiles.Add<RecordsOptions>(
            own.Presets,
            nameof(MigrationGuardOptions.Records),
            Shape,
            Shipped,
            configuration,
            presets => new RecordsOptions
            {
                Codes = PresetFiles.With(own.Codes, presets.Select(preset => preset.Codes)),
                Entities = PresetFiles.With(own.Entities, presets.Select(preset => preset.Entities)),
            },
            all => [.. RecordRules.Check(all, configuration.Options.Databases), .. ScheduleRules.OfRecords(configuration.Options.Schedules, all)]);
    }

    /// <summary>The retention codes of the presets by their names, whatever the configuration has in the place of them.</summary>
    public static ILookup<string, RetentionCodeOptions> CodesOf(LoadedConfiguration configuration) =>
        PresetFiles.Each<RecordsOptions>(configuration.Options.Records.Presets, nameof(MigrationGuardOptions.Records), Shape, Shipped, configuration)
            .SelectMany(preset => preset.Codes)
            .ToLookup(code => code.Key, code => code.Value, StringComparer.OrdinalIgnoreCase);
}

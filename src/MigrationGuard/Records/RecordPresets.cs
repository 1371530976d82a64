using MigrationGuard.Configuration;
using MigrationGuard.Configuration.Shapes;
using MigrationGuard.Retention.Records;

namespace MigrationGuard.Records;

/// <summary>Adds the retention codes of preset files to those that a configuration makes itself.</summary>
internal static class RecordPresets
{
    private static readonly OptionShape Shape = OptionShapes.Root.Member(nameof(MigrationGuardOptions.Records))!.Value.Shape;

    /// <summary>The options with those of the presets; what stands in the configuration under the same name counts in the place of theirs.</summary>
    /// <exception cref="ConfigurationException">A preset cannot be read, or what comes of it breaks a rule; carries all problems.</exception>
    public static RecordsOptions Applied(LoadedConfiguration configuration)
    {
        var (options, problems) = Read(configuration);
        return problems.Count == 0 ? options : throw new ConfigurationException(problems);
    }

    /// <summary>What is wrong with presets, or with what comes of them, beyond what is wrong with the configuration alone.</summary>
    public static IEnumerable<ConfigurationProblem> Problems(LoadedConfiguration configuration) => Read(configuration).Problems.Except(configuration.Problems);

    private static (RecordsOptions Options, IReadOnlyList<ConfigurationProblem> Problems) Read(LoadedConfiguration configuration)
    {
        var own = configuration.Options.Records;
        var problems = new List<ConfigurationProblem>();
        var presets = PresetFiles.Read<RecordsOptions>(own.Presets, nameof(MigrationGuardOptions.Records), Shape, "retention-codes.json", configuration.Directory, problems);
        var all = new RecordsOptions
        {
            Codes = PresetFiles.With(own.Codes, presets.Select(preset => preset.Codes)),
            Entities = PresetFiles.With(own.Entities, presets.Select(preset => preset.Entities)),
        };
        // What a preset that cannot be read would have brought is not known, so neither is what it breaks.
        return (all, problems.Count > 0 ? problems : [.. RecordRules.Check(all, configuration.Options.Databases)]);
    }
}

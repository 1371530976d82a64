using System.Collections;
using System.Text.Json;

namespace MigrationGuard.Configuration.Overrides;

/// <summary>Environment variables that override the configuration file: <c>MigrationGuard__Databases__old__ConnectionString</c>.</summary>
public static class EnvironmentVariables
{
    private const string Separator = "__";

    private const string Prefix = ConfigurationFile.Section + Separator;

    /// <summary>The variables of this process.</summary>
    public static IReadOnlyDictionary<string, string> OfThisProcess() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);

    /// <summary>The variable that sets the option at <paramref name="path"/>.</summary>
    public static string For(params IEnumerable<string> path) => Prefix + string.Join(Separator, path);

    /// <summary>Those that concern the configuration, in the order of their names.</summary>
    /// <remarks>Ordered, so that a list's items are set one after the other however the environment lists them.</remarks>
    internal static IEnumerable<ConfigurationOverride> Read(IReadOnlyDictionary<string, string> environment) =>
        environment
            .Where(variable => variable.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .OrderBy(variable => variable.Key.Length).ThenBy(variable => variable.Key, StringComparer.Ordinal)
            .Select(variable => new ConfigurationOverride(
                variable.Key,
                variable.Key[Prefix.Length..].Split(Separator),
                Separator,
                new ConfigurationNode.Leaf(JsonValueKind.String, variable.Value, "the environment variable " + variable.Key)));
}

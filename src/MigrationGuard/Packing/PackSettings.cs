using System.Text.Json.Nodes;
using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Evidence.Privacy;
using MigrationGuard.Runs;
using MigrationGuard.Verification;

namespace MigrationGuard.Packing;

/// <summary>The configuration as a pack may hold it: how things are compared, and nobody's name, address or way in.</summary>
/// <remarks>What may stay is listed, not what must go: an option that is added later stays out until somebody has thought about it.</remarks>
internal static class PackSettings
{
    private static readonly string[] Sections = ["Project", "Comparisons", "Verification", "Reviews", "Obligations", "Schedules"];

    private static readonly string[] OfDatabase = ["Provider", "MaxConnections", "CommandTimeoutSeconds", "LockTimeoutSeconds", "Retries", "TimeZone", "IntegerTimestamps"];

    private static readonly string[] OfComparison =
        ["Source", "Target", "Entities", "Excluded", "Queries", "Depth", "FrozenAt", "AllowSameDatabase"];

    public static JsonNode Of(MigrationGuardOptions options)
    {
        var all = JsonNode.Parse(RedactedConfiguration.Of(options))![ConfigurationFile.Section]!.AsObject();
        var kept = Only(all, Sections);
        if (kept["Comparisons"] is JsonObject comparisons)
        {
            kept["Comparisons"] = Each(comparisons, OfComparison);
            foreach (var (name, comparison) in options.Comparisons)
                LeaveOutLiterals(kept["Comparisons"]?[name]?["Entities"] as JsonObject, comparison, options.Databases);
        }
        if (all["Databases"] is JsonObject databases)
            kept["Databases"] = Each(databases, OfDatabase);
        kept["Store"] = new JsonObject { ["Provider"] = options.Store.Provider.ToString() };
        return WithoutPeople(kept)!;
    }

    // Reasons and names are words that people chose, and so may quote somebody.
    private static JsonNode? WithoutPeople(JsonNode? node) => node switch
    {
        JsonObject group => new JsonObject(group.Select(item => KeyValuePair.Create(item.Key, WithoutPeople(item.Value)))),
        JsonArray list => new JsonArray([.. list.Select(WithoutPeople)]),
        JsonValue value when value.TryGetValue<string>(out var words) => JsonValue.Create(PackPrivacy.OfWords(words)),
        _ => node?.DeepClone(),
    };

    // A filter picks rows, and may name one by its key.
    private static void LeaveOutLiterals(JsonObject? entities, ComparisonOptions comparison, IReadOnlyDictionary<string, DatabaseOptions> databases)
    {
        foreach (var (_, entity) in entities ?? [])
        {
            foreach (var (option, database) in new[] { (nameof(EntityOptions.SourceFilter), comparison.Source), (nameof(EntityOptions.TargetFilter), comparison.Target) })
            {
                if (entity is JsonObject members && members[option] is JsonValue filter)
                    members[option] = PackPrivacy.OfFilter(filter.GetValue<string>(), databases.GetValueOrDefault(database)?.Provider.ToString());
            }
        }
    }

    private static JsonObject Each(JsonObject group, string[] members) =>
        new(group.Select(item => KeyValuePair.Create<string, JsonNode?>(item.Key, item.Value is JsonObject value ? Only(value, members) : null)));

    private static JsonObject Only(JsonObject from, string[] members) =>
        new(members.Where(from.ContainsKey).Select(member => KeyValuePair.Create(member, from[member]?.DeepClone())));
}

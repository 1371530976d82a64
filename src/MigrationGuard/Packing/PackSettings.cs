using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Evidence.Privacy;
using MigrationGuard.Files;
using MigrationGuard.Records;
using MigrationGuard.Retention.FileStores;
using MigrationGuard.Runs;
using MigrationGuard.Verification;

namespace MigrationGuard.Packing;

/// <summary>The configuration as a pack may hold it: how things are compared, and nobody's name, address or way in.</summary>
/// <remarks>What may stay is listed, not what must go: an option that is added later stays out until somebody has thought about it.</remarks>
internal static partial class PackSettings
{
    private const int MostDigitsOfCode = 4;

    private static readonly string[] Sections = ["Project", "Comparisons", "Verification", "Reviews", "Obligations", "Schedules"];

    private static readonly string[] OfDatabase = ["Provider", "MaxConnections", "CommandTimeoutSeconds", "LockTimeoutSeconds", "Retries", "TimeZone", "IntegerTimestamps"];

    private static readonly string[] OfComparison =
        ["Source", "Target", "Entities", "Excluded", "Queries", "Depth", "FrozenAt", "AllowSameDatabase"];

    private static readonly string[] OfBackups = ["Stores", "Databases", "Promises"];

    private static readonly string[] OfFiles = ["Presets", "Stores", "Comparisons", "Retention", "Empty"];

    private static readonly string[] OfRecords = ["Presets", "Codes", "Entities"];

    private static readonly string[] OfBackupStore = ["Container", "Folder", "Prefix", "Credential"];

    private static readonly string[] OfBackedUpDatabase = ["Servers", "Database", "Stores", "Names", "Asset", "History", "Restores"];

    private static readonly string[] OfBackupPromise =
        ["Kind", "Databases", "Hours", "Days", "RestorableDays", "ToleranceMinutes", "AtLeastDays", "AtMostDays", "Allowed", "From"];

    // Without prefixes and landmarks: a path below a store of files may be somebody's.
    private static readonly string[] OfFileStore = ["Container", "Folder", "Credential", "Manifest", "ExportedAt", "ExportGoodForDays", "ExportedFiles", "Created"];

    private static readonly string[] OfFilePromise =
        ["Promise", "Include", "Exclude", "Source", "Target", "WithinYears", "ExtraAllowed", "CompareCreated", "CreatedToleranceSeconds", "Store", "Days", "Years", "ToleranceMinutes", "Earlier", "MayBeEmpty"];

    private static readonly string[] OfCode = ["Title", "Promise", "Days", "Months", "Years", "NotVisible"];

    private static readonly string[] OfRetainedEntity =
        ["Code", "Database", "Frozen", "Table", "FrozenTable", "Key", "CountsFrom", "Where", "UndatedAllowed", "MayBeEmpty", "ToleranceDays"];

    /// <param name="codes">Of which the names of servers stay as they are.</param>
    public static JsonNode Of(LoadedConfiguration configuration, DeclaredCodes codes)
    {
        var options = configuration.Options;
        var all = JsonNode.Parse(RedactedConfiguration.Of(options))![ConfigurationFile.Section]!.AsObject();
        // With what presets bring: their files are not in the pack.
        AddPresets(all, new MigrationGuardOptions { Files = FilePresets.Of(configuration).Readable, Records = RecordPresets.Of(configuration).Readable });
        var kept = Only(all, Sections);
        if (kept["Comparisons"] is JsonObject comparisons)
        {
            kept["Comparisons"] = Each(comparisons, OfComparison);
            foreach (var (name, comparison) in options.Comparisons)
                LeaveOutLiterals(kept["Comparisons"]?[name]?["Entities"] as JsonObject, name, comparison, options.Databases, codes);
        }
        if (all["Databases"] is JsonObject databases)
            kept["Databases"] = Each(databases, OfDatabase);
        AddKept(kept, all);
        kept["Store"] = new JsonObject { ["Provider"] = options.Store.Provider.ToString() };
        return WithoutPeople(kept, codes)!;
    }

    private static void AddPresets(JsonObject all, MigrationGuardOptions whole)
    {
        var sections = JsonNode.Parse(RedactedConfiguration.Of(whole))![ConfigurationFile.Section]!;
        foreach (var section in new[] { "Files", "Records" })
        {
            foreach (var (option, value) in sections[section] as JsonObject ?? [])
            {
                if (option != "Presets")
                    all[section]![option] = value?.DeepClone();
            }
        }
    }

    // What was promised of back-ups, files and records: whoever reads that it was kept must see what it was.
    private static void AddKept(JsonObject kept, JsonObject all)
    {
        if (all["Backups"] is JsonObject backups)
        {
            kept["Backups"] = backups = Only(backups, OfBackups);
            Narrow(backups, "Stores", OfBackupStore);
            Narrow(backups, "Databases", OfBackedUpDatabase);
            Narrow(backups, "Promises", OfBackupPromise);
        }
        if (all["Files"] is JsonObject files)
        {
            kept["Files"] = files = Only(files, OfFiles);
            Narrow(files, "Stores", OfFileStore);
            foreach (var promises in new[] { "Comparisons", "Retention", "Empty" })
                Narrow(files, promises, OfFilePromise);
            var shipped = FilePresets.ShippedPatterns();
            foreach (var promise in files.Where(part => part.Key != "Stores").SelectMany(part => (part.Value as JsonObject)?.Select(item => item.Value as JsonObject) ?? []))
                LeaveOutNames(promise, shipped);
        }
        if (all["Records"] is JsonObject records)
        {
            kept["Records"] = records = Only(records, OfRecords);
            Narrow(records, "Codes", OfCode);
            Narrow(records, "Entities", OfRetainedEntity);
            foreach (var (_, entity) in records["Entities"] as JsonObject ?? [])
                LeaveOutTexts(entity?["Where"] as JsonObject);
        }
    }

    private static void Narrow(JsonObject group, string section, string[] members)
    {
        if (group[section] is JsonObject each)
            group[section] = Each(each, members);
    }

    // A pattern may spell a file's name out, and that may be somebody's; what is all asterisks and an ending is nobody's, and what the
    // program ships with is the same on every machine.
    private static void LeaveOutNames(JsonObject? promise, IReadOnlySet<string> shipped)
    {
        foreach (var option in new[] { nameof(FilePromiseOptions.Include), nameof(FilePromiseOptions.Exclude) })
        {
            if (promise?[option] is JsonArray patterns)
                promise[option] = new JsonArray([.. patterns.Select(pattern => JsonValue.Create(Pattern(pattern!.GetValue<string>())))]);
        }

        string Pattern(string pattern) => shipped.Contains(pattern)
            ? pattern
            : string.Join('/', pattern.Split('/', '\\').Select(part => Ending().IsMatch(part) ? part : PackPrivacy.LeftOut));
    }

    // Short numbers are codes of states and reasons, as in statements; a longer one, and a text, may be what a row holds of somebody.
    private static void LeaveOutTexts(JsonObject? filter)
    {
        foreach (var (column, values) in filter?.ToList() ?? [])
            filter![column] = values is JsonArray list ? new JsonArray([.. list.Select(value => value is null || IsCode(value) ? value?.DeepClone() : JsonValue.Create(PackPrivacy.LeftOut))]) : null;
    }

    private static bool IsCode(JsonNode value) => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False || (value.GetValueKind() == JsonValueKind.Number && value.ToJsonString().Length <= MostDigitsOfCode);

    [GeneratedRegex(@"\A(?:\*{1,2}|\*?\.[A-Za-z0-9]{1,5}|\*\.\*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Ending();

    // Reasons and names are words that people chose, and so may quote somebody.
    private static JsonNode? WithoutPeople(JsonNode? node, DeclaredCodes codes) => node switch
    {
        JsonObject group => new JsonObject(group.Select(item => KeyValuePair.Create(item.Key, WithoutPeople(item.Value, codes)))),
        JsonArray list => new JsonArray([.. list.Select(item => WithoutPeople(item, codes))]),
        JsonValue value when value.TryGetValue<string>(out var words) => JsonValue.Create(PackPrivacy.OfWords(words, codes)),
        _ => node?.DeepClone(),
    };

    // A filter picks rows, and may name one by its key.
    private static void LeaveOutLiterals(JsonObject? entities, string comparisonName, ComparisonOptions comparison, IReadOnlyDictionary<string, DatabaseOptions> databases, DeclaredCodes codes)
    {
        foreach (var (name, entity) in entities ?? [])
        {
            foreach (var (option, database) in new[] { (nameof(EntityOptions.SourceFilter), comparison.Source), (nameof(EntityOptions.TargetFilter), comparison.Target) })
            {
                if (entity is JsonObject members && members[option] is JsonValue filter)
                    members[option] = PackPrivacy.OfFilter(filter.GetValue<string>(), databases.GetValueOrDefault(database)?.Provider.ToString(), codes.NamesOf(comparisonName, name));
            }
        }
    }

    private static JsonObject Each(JsonObject group, string[] members) =>
        new(group.Select(item => KeyValuePair.Create<string, JsonNode?>(item.Key, item.Value is JsonObject value ? Only(value, members) : null)));

    private static JsonObject Only(JsonObject from, string[] members) =>
        new(members.Where(from.ContainsKey).Select(member => KeyValuePair.Create(member, from[member]?.DeepClone())));
}

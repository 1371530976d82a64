using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Verification;
using MigrationGuard.Verification.Planning;
using MigrationGuard.Verification.Running;

namespace MigrationGuard.Runs;

/// <summary>SHA-256 over what a run is to do, and over what in: a run is taken up again only where both are what they were.</summary>
/// <remarks>
/// Results of two different comparisons under one verdict would be a verdict about neither. So everything counts that a result may
/// depend on: the program's version, the configuration, the queries' texts, the tables and columns compared, and the databases
/// themselves. What only says how hard to try may have been the reason to begin anew, and does not count: connection limits,
/// time limits, the deadline, and how much is read at once. Nor does what of the results an evidence pack
/// may show. The parts have hashes of their own only so that a refusal can say
/// which of them changed.
/// </remarks>
internal static class PlanDigest
{
    private static readonly string[] OfNoWeight =
        [nameof(DatabaseOptions.MaxConnections), nameof(DatabaseOptions.CommandTimeoutSeconds), nameof(DatabaseOptions.LockTimeoutSeconds), nameof(DatabaseOptions.Retries)];

    private static readonly string[] LimitsOfNoWeight = [nameof(VerificationOptions.DeadlineHours), nameof(VerificationOptions.SegmentSeconds)];

    /// <summary>The hash of all parts, in lower-case hex.</summary>
    public static string Of(IReadOnlyList<PlanPart> parts) => Hash(JsonSerializer.SerializeToNode(parts, LedgerJson.Compact));

    /// <summary>The parts of a plan, in the order of their kinds.</summary>
    public static IReadOnlyList<PlanPart> PartsOf(MigrationGuardOptions options, RunPlan plan)
    {
        var configuration = JsonNode.Parse(RedactedConfiguration.Of(options))![ConfigurationFile.Section]!;
        return
        [
            Part(PlanPartKind.Program, "the program's version", ToolVersion.Current),
            // What is at its default is left out of the document: no limits at all are those with the default deadline.
            Part(PlanPartKind.Settings, "Verification", Without(configuration["Verification"], LimitsOfNoWeight) ?? []),
            .. plan.Comparisons.SelectMany(comparison => PartsOf(comparison, configuration)).DistinctBy(part => (part.Kind, part.Name)).OrderBy(part => part.Kind),
            Part(PlanPartKind.Checks, "what is read", List(plan.Readings, reading => new JsonObject { ["place"] = reading.Ordinal, ["name"] = reading.Name, ["results"] = reading.ResultCount })),
        ];
    }

    /// <summary>The parts that differ, or that only one of the two has: those of the first kind in which there are any, as the rest may follow from them.</summary>
    public static IReadOnlyList<string> Changed(IReadOnlyList<PlanPart> before, IReadOnlyList<PlanPart> now)
    {
        var unlike = before.Except(now).Concat(now.Except(before)).DistinctBy(part => (part.Kind, part.Name)).GroupBy(part => part.Kind);
        return [.. (unlike.MinBy(kind => kind.Key) ?? Enumerable.Empty<PlanPart>()).Select(part => part.Name + Fate(part))];

        string Fate(PlanPart part) => now.Any(other => other.Kind == part.Kind && other.Name == part.Name) ? ""
            : part.Kind == PlanPartKind.Database ? " (it does not answer)"
            // Of its pair, either table may be the one that is gone.
            : " (no longer compared)";
    }

    private static IEnumerable<PlanPart> PartsOf(ComparisonPlan plan, JsonNode configuration)
    {
        yield return Part(PlanPartKind.Settings, $"Comparisons:{plan.Name}", WithoutCodes(configuration["Comparisons"]?[plan.Name]));
        foreach (var name in new[] { plan.Source.Name, plan.Target.Name })
            yield return Part(PlanPartKind.Settings, $"Databases:{name}", Without(configuration["Databases"]?[name], OfNoWeight));
        // A side that did not answer has neither.
        foreach (var (server, identity) in plan.Servers.Zip(plan.LastingIdentities))
            yield return Part(PlanPartKind.Database, $"the database that {server.Name} reaches", identity);
        foreach (var (database, table) in plan.Entities.SelectMany(entity => new[] { (plan.Source.Name, entity.Source), (plan.Target.Name, entity.Target) }))
            yield return Part(PlanPartKind.Content, $"the {(table.IsView ? "view" : "table")} {table.Name} of {database}", Described(table));
        foreach (var query in plan.Queries)
            yield return Part(PlanPartKind.Content, $"the query {query.Name} of {plan.Name}", new JsonArray(query.Source.Sql, query.Target.Sql));
        yield return Part(PlanPartKind.Checks, $"what can be checked of {plan.Name}", new JsonObject
        {
            ["databases"] = new JsonArray(plan.Source.Name, plan.Target.Name),
            ["entities"] = List(plan.Entities, Described),
            ["queries"] = List(plan.Queries, query => JsonValue.Create(query.Name)),
            ["notChecked"] = List(plan.NotChecked, result => new JsonObject
            {
                ["of"] = ResultKey.Of(result).ToString(),
                ["reason"] = ((CheckOutcome.NotChecked)result.Outcome).Reason,
            }),
        });
    }

    private static JsonObject Described(EntityPlan entity) => new()
    {
        ["name"] = entity.Name,
        ["checks"] = List(entity.Checks, check => JsonValue.Create(check.Name + " " + string.Join(", ", check.By ?? []))),
        ["source"] = entity.Source.Name.ToString(),
        ["target"] = entity.Target.Name.ToString(),
    };

    private static JsonObject Described(Table table) => new()
    {
        ["columns"] = List(table.Columns, column => JsonValue.Create(FormattableString.Invariant($"{column.Name} {column.StoreType} {column.IsNullable} {column.Collation}"))),
        ["key"] = List(table.PrimaryKey, column => JsonValue.Create(column)),
    };

    private static PlanPart Part(PlanPartKind kind, string name, JsonNode? content) => new(kind, name, Hash(content)[..32]);

    private static string Hash(JsonNode? content) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sorted(content)?.ToJsonString(LedgerJson.Compact) ?? "null")));

    private static JsonObject? Without(JsonNode? options, IEnumerable<string> left)
    {
        var kept = options?.DeepClone().AsObject();
        foreach (var option in left)
            kept?.Remove(option);
        return kept;
    }

    // What a pack shows of groups says nothing of how they are counted.
    private static JsonNode? WithoutCodes(JsonNode? comparison)
    {
        var kept = comparison?.DeepClone();
        foreach (var (_, entity) in kept?["Entities"] as JsonObject ?? [])
            (entity as JsonObject)?.Remove(nameof(EntityOptions.CodeColumns));
        return kept;
    }

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> each) => [.. items.Select(each)];

    // Members in one order, whatever order a file names them in.
    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}

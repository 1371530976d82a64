using System.Security.Cryptography;
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
/// time limits and the deadline.
/// </remarks>
internal static class PlanDigest
{
    private static readonly string[] OfNoWeight =
        [nameof(DatabaseOptions.MaxConnections), nameof(DatabaseOptions.CommandTimeoutSeconds), nameof(DatabaseOptions.LockTimeoutSeconds), nameof(DatabaseOptions.Retries)];

    /// <summary>The hash in lower-case hex.</summary>
    public static string Of(MigrationGuardOptions options, RunPlan plan)
    {
        var configuration = JsonNode.Parse(RedactedConfiguration.Of(options))![ConfigurationFile.Section]!;
        // What is at its default is left out of the document: no limits at all are those with the default deadline.
        var limits = configuration["Verification"]?.DeepClone().AsObject() ?? [];
        limits.Remove(nameof(VerificationOptions.DeadlineHours));
        var document = new JsonObject
        {
            ["tool"] = ToolVersion.Current,
            ["limits"] = limits,
            ["comparisons"] = List(plan.Comparisons, comparison => Of(comparison, configuration)),
            ["readings"] = List(plan.Readings, reading => new JsonObject { ["place"] = reading.Ordinal, ["name"] = reading.Name, ["results"] = reading.ResultCount }),
        };
        return Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Sorted(document)!.ToJsonString(LedgerJson.Compact))));
    }

    private static JsonObject Of(ComparisonPlan plan, JsonNode configuration) => new()
    {
        ["name"] = plan.Name,
        ["options"] = configuration["Comparisons"]?[plan.Name]?.DeepClone(),
        ["databases"] = List([plan.Source.Name, plan.Target.Name], name => Database(configuration["Databases"]?[name])),
        ["identities"] = List(plan.LastingIdentities, identity => JsonValue.Create(identity)),
        ["entities"] = List(plan.Entities, entity => new JsonObject
        {
            ["name"] = entity.Name,
            ["checks"] = List(entity.Checks, check => JsonValue.Create(check.Name + " " + string.Join(", ", check.By ?? []))),
            ["source"] = Table(entity.Source),
            ["target"] = Table(entity.Target),
        }),
        ["queries"] = List(plan.Queries, query => new JsonObject { ["name"] = query.Name, ["source"] = query.Source.Sql, ["target"] = query.Target.Sql }),
        ["notChecked"] = List(plan.NotChecked, result => new JsonObject
        {
            ["of"] = ResultKey.Of(result).ToString(),
            ["reason"] = ((CheckOutcome.NotChecked)result.Outcome).Reason,
        }),
    };

    private static JsonObject? Database(JsonNode? options)
    {
        var kept = options?.DeepClone().AsObject();
        foreach (var option in OfNoWeight)
            kept?.Remove(option);
        return kept;
    }

    private static JsonObject Table(Table table) => new()
    {
        ["name"] = table.Name.ToString(),
        ["isView"] = table.IsView,
        ["columns"] = List(table.Columns, column => JsonValue.Create(FormattableString.Invariant($"{column.Name} {column.StoreType} {column.IsNullable} {column.Collation}"))),
        ["key"] = List(table.PrimaryKey, column => JsonValue.Create(column)),
    };

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> each) => [.. items.Select(each)];

    // Members in one order, whatever order a file names them in.
    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}

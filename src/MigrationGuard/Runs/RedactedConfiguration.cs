using System.Text.Json.Nodes;
using MigrationGuard.Configuration;
using MigrationGuard.Databases;

namespace MigrationGuard.Runs;

/// <summary>The configuration as the ledger may keep it: where connections lead, not what it takes to get in.</summary>
public static class RedactedConfiguration
{
    /// <summary>The options as JSON, each connection string cut down to its harmless parts.</summary>
    public static string Of(MigrationGuardOptions options)
    {
        var json = JsonNode.Parse(ConfigurationJson.Write(options))!;
        var section = json[ConfigurationFile.Section]!;
        foreach (var (name, database) in options.Databases)
            section["Databases"]![name]!["ConnectionString"] = ConnectionDescription.Of(database.ConnectionString);
        if (section["Store"] is JsonObject store)
            store["ConnectionString"] = ConnectionDescription.Of(options.Store.ConnectionString);
        return json.ToJsonString();
    }
}

using System.Text.Json.Nodes;
using MigrationGuard.Anchors;
using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Evidence;
using MigrationGuard.Notifications;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Runs;

/// <summary>The configuration as the ledger may keep it: where connections lead, not what it takes to get in.</summary>
/// <remarks>
/// People's names and addresses stay in: who could decide what at the time is evidence. They are no secret, and are kept in the
/// entry's payload alone, which can be erased.
/// </remarks>
public static class RedactedConfiguration
{
    private const string Hidden = "(not recorded)";

    /// <summary>The options as JSON, each connection string cut down to its harmless parts.</summary>
    public static string Of(MigrationGuardOptions options)
    {
        var json = JsonNode.Parse(ConfigurationJson.Write(options))!;
        var section = json[ConfigurationFile.Section]!;
        foreach (var (name, database) in options.Databases)
            section["Databases"]![name]!["ConnectionString"] = ConnectionDescription.Of(database.ConnectionString);
        if (section["Store"] is JsonObject store)
            store["ConnectionString"] = ConnectionDescription.Of(options.Store.ConnectionString);
        Notifications(section["Notifications"]);
        Hide(section["Checkpoints"], nameof(CheckpointOptions.BlobConnectionString));
        foreach (var use in new[] { "Backups", "Files" })
        {
            foreach (var (_, place) in section[use]?["Stores"] as JsonObject ?? [])
            {
                Hide(place, nameof(ContentStoreOptions.ConnectionString));
                Hide(place, nameof(ContentStoreOptions.SharedAccessSignature));
            }
        }
        Hide(section["Evidence"]?["Signer"], nameof(SignerOptions.PfxPassword));
        return json.ToJsonString();
    }

    // Where a webhook leads is what it takes to get in: whoever knows the address of a Teams workflow may post to it.
    private static void Notifications(JsonNode? notifications)
    {
        Hide(notifications?["Smtp"], nameof(SmtpOptions.Password));
        foreach (var (_, webhook) in notifications?["Webhooks"] as JsonObject ?? [])
        {
            Hide(webhook, nameof(WebhookOptions.Url));
            Hide(webhook, nameof(WebhookOptions.Secret));
            Hide(webhook, nameof(WebhookOptions.Proxy));
        }
    }

    private static void Hide(JsonNode? group, string option)
    {
        if (group?[option] is not null)
            group[option] = Hidden;
    }
}

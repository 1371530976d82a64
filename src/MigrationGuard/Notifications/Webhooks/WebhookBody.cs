using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Notifications.Templates;

namespace MigrationGuard.Notifications.Webhooks;

/// <summary>What a webhook is sent.</summary>
internal static class WebhookBody
{
    // Teams refuses messages of more than 28 KB. A line of text takes some 120 octets more as a block.
    private const int MostOctetsOfACard = 20_000;
    private const int OctetsOfABlock = 120;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Of(WebhookKind kind, Notification notification, RenderedNotification rendered) =>
        JsonSerializer.SerializeToUtf8Bytes(kind == WebhookKind.Teams ? Teams(rendered) : Generic(notification, rendered), Json);

    private static JsonObject Generic(Notification notification, RenderedNotification rendered) => new()
    {
        ["schema"] = "migrationguard.notification/1",
        ["id"] = notification.Id,
        ["topic"] = notification.Topic,
        ["created"] = notification.Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
        ["subject"] = rendered.Subject,
        ["text"] = rendered.Text,
        ["model"] = notification.Model.DeepClone(),
    };

    /// <summary>A card in the envelope that a Teams workflow takes.</summary>
    /// <remarks>In runs of text, not in text blocks: a text block takes Markdown, and a value could make a link of itself.</remarks>
    private static JsonObject Teams(RenderedNotification rendered)
    {
        var body = new JsonArray(Block(rendered.Subject, isFirst: true, isSpaced: false, isCode: false));
        var octets = 0;
        var afterBlank = false;
        foreach (var line in rendered.Text.TrimEnd('\n').Split('\n'))
        {
            octets += JsonSerializer.SerializeToUtf8Bytes(line, Json).Length + OctetsOfABlock;
            if (octets > MostOctetsOfACard)
            {
                body.Add(Block("… There is more than a card can hold; ask MigrationGuard itself.", isFirst: false, isSpaced: true, isCode: false));
                break;
            }
            if (line.Length > 0)
                body.Add(Block(line.Trim(), isFirst: false, isSpaced: afterBlank, isCode: line.StartsWith("    ", StringComparison.Ordinal)));
            afterBlank = line.Length == 0;
        }
        return new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject
            {
                ["contentType"] = "application/vnd.microsoft.card.adaptive",
                ["content"] = new JsonObject
                {
                    ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
                    ["type"] = "AdaptiveCard",
                    ["version"] = "1.4",
                    ["msteams"] = new JsonObject { ["width"] = "Full" },
                    // What a client without cards, or a screen reader's notification, says.
                    ["fallbackText"] = rendered.Subject,
                    ["body"] = body,
                },
            }),
        };
    }

    private static JsonObject Block(string text, bool isFirst, bool isSpaced, bool isCode)
    {
        var run = new JsonObject { ["type"] = "TextRun", ["text"] = text };
        if (isFirst)
            (run["weight"], run["size"]) = ("Bolder", "Medium");
        if (isCode)
            run["fontType"] = "Monospace";
        return new JsonObject { ["type"] = "RichTextBlock", ["spacing"] = isSpaced ? "Medium" : "None", ["inlines"] = new JsonArray(run) };
    }
}

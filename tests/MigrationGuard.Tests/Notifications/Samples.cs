using System.Text.Json.Nodes;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.People;
using MigrationGuard.Notifications;
using MigrationGuard.Notifications.Templates;

namespace MigrationGuard.Tests.Notifications;

/// <summary>A notification of every topic, as the worker writes them.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Created = new(2026, 5, 18, 8, 0, 3, 250, TimeSpan.Zero);

    public static readonly PeopleDirectory People = PeopleWith("owner@example.org");

    public static readonly TemplateSet Templates = TemplateSet.Load(null, Path.GetTempPath());

    public static IEnumerable<string> TopicNames => Topics.Names;

    public static PeopleDirectory PeopleWith(string? email, string name = "Zoë Quill") => new(
        new Dictionary<string, PersonOptions> { ["zoe"] = new() { Name = name, Email = email } }, new Dictionary<string, RoleOptions>(), TimeZoneInfo.Utc);

    public static Notification Of(string topic, Action<JsonObject>? change = null)
    {
        var model = Model(topic);
        change?.Invoke(model);
        return new Notification(topic + ".crm-old-db.1", topic, model, Created);
    }

    public static Delivery Delivery(string topic, string channel = Recipients.Smtp, string recipient = "zoe", Action<JsonObject>? change = null) =>
        new(Of(topic, change), channel, recipient, MessageIds.Of(topic, channel, recipient, "migrationguard@example.org"), 0);

    private static JsonObject Model(string topic) => topic switch
    {
        _ when topic.StartsWith("review-", StringComparison.Ordinal) => Review(topic),
        _ when topic.StartsWith("obligation-", StringComparison.Ordinal) => new()
        {
            ["project"] = "CRM move", ["occurrence"] = "audit-log-review..4", ["sequence"] = 0, ["obligation"] = "audit-log-review",
            ["title"] = "Monthly review of the audit log", ["source"] = "DPIA template 002, section 6", ["number"] = 4, ["dueOn"] = "2026-05-31",
            ["timeZone"] = "Europe/London", ["ownerRole"] = "Data protection officer", ["step"] = topic.EndsWith("escalation", StringComparison.Ordinal) ? "after-7" : "before-1",
            ["note"] = "Read; nothing that should not be there.", ["previousDueOn"] = "2026-05-28", ["reason"] = "It is no longer configured.",
        },
        Topics.RunMismatch => new()
        {
            ["project"] = "CRM move", ["run"] = "20260518-020000-7f3a", ["schedule"] = "nightly", ["verdict"] = "NO-GO", ["finished"] = "2026-05-18T02:41:07Z",
            ["findings"] = new JsonArray("crm, contact, record-count: 3 rows are missing in the target.", "crm, user, entity-breakdown: 1 group differs."),
        },
        Topics.LedgerCheckFailed => new()
        {
            ["project"] = "CRM move", ["checked"] = "2026-05-18T03:00:00Z", ["entries"] = 48113,
            ["problems"] = new JsonArray("Entry 4711: its line does not follow from the one before."),
        },
        Topics.JobFailing => new() { ["project"] = "CRM move", ["job"] = "sweep", ["failures"] = 5, ["since"] = "2026-05-18T03:00:00Z", ["error"] = "The store is locked by another process." },
        Topics.LedgerCheckpoint => new()
        {
            ["project"] = "CRM move", ["origin"] = "migrationguard/0123456789abcdef", ["size"] = 48113, ["root"] = new string('5', 64),
            ["checkpoint"] = $"migrationguard/0123456789abcdef\n48113\nVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVU=\n\n— migrationguard/0123456789abcdef MEUCIQDx1n8r0Xk=\n",
        },
        Topics.CheckpointFailed => new()
        {
            ["project"] = "CRM move", ["finding"] = "0123456789abcdef", ["place"] = "folder /mnt/worm", ["found"] = "2026-05-18T03:00:00Z",
            ["problem"] = "The chain had 48113 entries and has 48100: its end was removed.",
        },
        Topics.ClockSetBack => new() { ["project"] = "CRM move", ["clock"] = "2026-05-17T03:00:00Z", ["newest"] = "2026-05-18T03:00:00Z" },
        _ => new()
        {
            ["project"] = "CRM move", ["comparison"] = "fees", ["partner"] = "The Registry", ["contact"] = "duty desk, +44 20 7946 0000", ["run"] = "20260518-020000-7f3a",
            ["since"] = "2026-05-18T02:41:07Z", ["dueAt"] = "2026-05-21T02:41:07Z", ["rows"] = 3,
            ["findings"] = new JsonArray("invoice line, record-count: 3 rows are missing in the target."),
        },
    };

    private static JsonObject Review(string topic) => new()
    {
        ["project"] = "CRM move", ["occurrence"] = "deletion-review.crm-old-db.1", ["sequence"] = topic == Topics.ReviewMoved ? 1 : 0,
        ["asset"] = "crm-old-db", ["kind"] = "Database", ["location"] = "old farm, CRMSQL01", ["holder"] = "Hosting Ltd", ["holds"] = "case work; names, addresses & notes",
        ["commitment"] = "DPIA-0042, recommendation 3: destroyed once the new side is proven", ["number"] = 1, ["dueOn"] = "2026-06-01", ["timeZone"] = "Europe/London",
        ["ownerRole"] = "Head of IT architecture", ["owner"] = "zoe", ["step"] = topic == Topics.ReviewEscalation ? "after-7" : "before-14",
        ["decision"] = topic == Topics.ReviewDecided ? "keep" : null, ["reason"] = topic switch
        {
            Topics.ReviewDecided => "The fee register is still reconciled against it until July.",
            Topics.ReviewWithdrawn => "The asset was closed: destroyed on 20 May.",
            _ => null,
        },
        ["previousDueOn"] = topic == Topics.ReviewMoved ? "2026-05-01" : null,
    };
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationGuard.Decommissioning.Obligations;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Decommissioning.Partners;

/// <summary>The clock that runs from a mismatch a partner relies on until it is resolved or the partner was told.</summary>
/// <remarks>
/// A regulator's reprimand: partners relied on records for more than six months that were known to be missing, and "some warning
/// would be given to ensure that partner agencies were aware". The notice is therefore drafted at once, and somebody else hears of
/// it when it was not given in time.
/// </remarks>
public sealed class PartnerNotices(Audience audience, Actor actor, string project)
{
    public const string FoundStep = "found";
    public const string OverdueStep = "overdue";

    /// <summary>Takes in what a run says: opens a notice for what is new, and closes those of which nothing is left.</summary>
    public async Task TakeAsync(LedgerTransaction ledger, Mismatches run, Partner partner)
    {
        var subject = SubjectOf(run.Comparison);
        var mark = "partner:" + subject.ToLowerInvariant();
        var covered = await ledger.MarkAsync(mark) is { } text ? JsonSerializer.Deserialize<HashSet<string>>(text)! : [];
        var found = run.Mismatching.Where(item => !covered.Contains(item.Key)).ToDictionary();
        // What this run did not look at stands as it was.
        covered.ExceptWith(run.Checked);
        covered.UnionWith(run.Mismatching.Keys);
        await ledger.SetMarkAsync(mark, JsonSerializer.Serialize(covered.Order(StringComparer.Ordinal)));
        var notices = await OccurrenceTable.OfSubjectAsync(ledger, ObligationSeries.PartnerNotice, subject);
        foreach (var notice in notices.Where(notice => notice.IsOpen && !ChecksOf(notice).Any(covered.Contains)))
            await ResolveAsync(ledger, notice, run);
        // A notice of its own, also while another is open: whoever has told of that one has not told of this.
        if (found.Count > 0)
            await OpenAsync(ledger, subject, (notices.LastOrDefault()?.Number ?? 0) + 1, run with { Mismatching = found, Rows = run.RowsOf(found.Keys) }, partner);
    }

    /// <summary>Escalates every open notice whose time is over; each once.</summary>
    /// <returns>How many.</returns>
    public async Task<int> EscalateAsync(LedgerTransaction ledger)
    {
        var overdue = (await OccurrenceTable.AllAsync(ledger, includeClosed: false))
            .Where(notice => notice.Obligation == ObligationSeries.PartnerNotice && notice.DueAt <= ledger.Now).ToList();
        var steps = await OccurrenceTable.StepsAsync(ledger, overdue.Select(notice => notice.Id));
        var left = overdue.Where(notice => !steps[notice.Id].Contains(OverdueStep)).ToList();
        foreach (var notice in left)
        {
            var model = JsonNode.Parse(notice.Document)!.AsObject();
            await WriteStepAsync(ledger, notice.Id, OverdueStep, "partner-overdue", model, id => audience.Role(id, "partner-overdue", (string?)model["escalateTo"] ?? ""));
        }
        return left.Count;
    }

    /// <summary>Whether a notice is open whose time is over and that has not been escalated; asked without a lock.</summary>
    public static async Task<bool> IsAnyOverdueAsync(LedgerReading ledger, DateTimeOffset now) => await ledger.FirstAsync<string>(
        """
        SELECT o.id FROM occurrence o
        WHERE o.closed_seq IS NULL AND o.obligation = 'partner-notice' AND o.due_at <= @now
          AND NOT EXISTS (SELECT 1 FROM obligation_step s WHERE s.occurrence_id = o.id AND s.step = 'overdue')
        """,
        new { now = Moments.Text(now) }) is not null;

    private static IEnumerable<string> ChecksOf(Occurrence notice) =>
        JsonNode.Parse(notice.Document)!["checks"]!.AsArray().Select(check => (string)check!);

    private async Task OpenAsync(LedgerTransaction ledger, string subject, int number, Mismatches run, Partner partner)
    {
        var dueAt = run.Found + partner.TellWithin;
        var model = new JsonObject
        {
            ["project"] = project,
            ["title"] = $"Tell {partner.Name} of the mismatch in {run.Comparison}",
            ["comparison"] = run.Comparison,
            ["partner"] = partner.Name,
            ["contact"] = partner.Contact,
            ["ownerRole"] = partner.OwnerRole,
            ["escalateTo"] = partner.EscalateTo,
            ["run"] = run.Run,
            ["since"] = Moments.Text(run.Found),
            ["dueAt"] = Moments.Text(dueAt),
            ["rows"] = run.Rows,
            ["checks"] = new JsonArray([.. run.Mismatching.Keys.Order(StringComparer.Ordinal).Select(check => (JsonNode)check)]),
            ["findings"] = new JsonArray([.. run.Mismatching.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => (JsonNode)item.Value)]),
        };
        var id = string.Create(CultureInfo.InvariantCulture, $"{ObligationSeries.PartnerNotice}.{subject}.{number}");
        model["occurrence"] = id;
        model["obligation"] = $"{ObligationSeries.PartnerNotice}.{subject}";
        var entry = await ledger.AppendAsync(new NewEntry(EntryKind.ObligationStep, id, WithStep(model, FoundStep), actor));
        var dueDay = DateOnly.FromDateTime(dueAt.UtcDateTime);
        await OccurrenceTable.InsertAsync(ledger,
            [new Occurrence(id, ObligationSeries.PartnerNotice, subject, number, dueDay, dueAt, 0, model.ToJsonString(), entry.Seq, null, null)]);
        await KeepStepAsync(ledger, id, FoundStep, "partner-mismatch", model, entry.Seq, name => audience.Owner(name, "partner-mismatch", partner.OwnerRole, owner: null));
    }

    private async Task ResolveAsync(LedgerTransaction ledger, Occurrence open, Mismatches run)
    {
        var payload = new JsonObject { ["occurrence"] = open.Id, ["outcome"] = "resolved", ["run"] = run.Run };
        var entry = await ledger.AppendAsync(new NewEntry(EntryKind.ObligationCompleted, open.Id, payload, actor));
        await OccurrenceTable.CloseAsync(ledger, open.Id, entry.Seq, "resolved");
    }

    private async Task WriteStepAsync(LedgerTransaction ledger, string id, string step, string topic, JsonObject model, Func<string, IReadOnlyList<Recipient>> recipients)
    {
        var entry = await ledger.AppendAsync(new NewEntry(EntryKind.ObligationStep, id, WithStep(model, step), actor));
        await KeepStepAsync(ledger, id, step, topic, model, entry.Seq, recipients);
    }

    private static async Task KeepStepAsync(LedgerTransaction ledger, string id, string step, string topic, JsonObject model, long seq, Func<string, IReadOnlyList<Recipient>> recipients)
    {
        await ledger.InsertAsync("obligation_step", ["occurrence_id", "step", "written_seq"], [[id, step, seq]]);
        var name = id + "." + step;
        await ledger.NotifyAsync([new OutgoingNotification(new Notification(name, topic, WithStep(model, step), ledger.Now), seq, recipients(name))]);
    }

    private static JsonObject WithStep(JsonObject model, string step)
    {
        var stepped = model.DeepClone().AsObject();
        stepped["step"] = step;
        return stepped;
    }

    // A comparison may be called anything; an entry's subject may not. What has to be left out is told apart by a hash.
    private static string SubjectOf(string comparison)
    {
        var plain = new string([.. comparison.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-').Take(60)]);
        return plain == comparison ? plain : plain + "-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(comparison)))[..8];
    }
}

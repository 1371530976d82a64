using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Watch;

/// <summary>What the last check of the ledger came to.</summary>
public sealed record LedgerCheckResult(
    [property: JsonPropertyName("checked")] DateTimeOffset Checked,
    [property: JsonPropertyName("holds")] bool Holds,
    [property: JsonPropertyName("entries")] long Entries,
    [property: JsonPropertyName("head")] string Head);

/// <summary>Replays the chain every so often and leaves a record of it, which is itself an entry.</summary>
/// <remarks>The DPIA template asks for a daily integrity check of the audit chain; that it was made must be visible in it.</remarks>
internal sealed class LedgerCheck(LedgerStore store, Audience audience, Actor actor, TimeProvider time, TimeSpan every, string project)
{
    private const string Mark = "ledger-check";
    private const string Topic = "ledger-check-failed";
    private const int MostProblems = 20;

    /// <summary>The last check; null when there was none.</summary>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public static Task<LedgerCheckResult?> LastAsync(LedgerStore store, CancellationToken cancellationToken) => store.ReadAsync(
        async ledger => Read(await ledger.FirstAsync<string>("SELECT value FROM mark WHERE name = @Mark", new { Mark })), cancellationToken);

    /// <summary>Checks the ledger if the last time is long enough ago.</summary>
    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var last = await LastAsync(store, cancellationToken);
        if (!IsDue(last))
            return;
        var report = await store.VerifyAsync(cancellationToken);
        await store.WriteAsync(ledger => RecordAsync(ledger, report), cancellationToken);
    }

    // A last check that lies ahead was recorded by a clock that has been set back since.
    private bool IsDue(LedgerCheckResult? last) => last is null || last.Checked + every <= time.GetUtcNow() || last.Checked > time.GetUtcNow();

    private async Task<int> RecordAsync(LedgerTransaction ledger, ChainReport report)
    {
        if (!IsDue(Read(await ledger.MarkAsync(Mark))))
            return 0;
        var result = new LedgerCheckResult(ledger.Now, report.Holds, report.Entries, report.Head);
        var payload = JsonSerializer.SerializeToNode(result)!.AsObject();
        payload["problems"] = Problems(report);
        var entry = await ledger.AppendAsync(new NewEntry(EntryKind.LedgerChecked, "ledger", payload, actor));
        await ledger.SetMarkAsync(Mark, JsonSerializer.Serialize(result));
        if (!report.Holds)
            await TellAsync(ledger, report, entry.Seq);
        return 1;
    }

    private async Task TellAsync(LedgerTransaction ledger, ChainReport report, long seq)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{Topic}.{seq}");
        var model = new JsonObject
        {
            ["project"] = project,
            ["checked"] = Moments.Text(ledger.Now),
            ["entries"] = report.Entries,
            ["problems"] = Problems(report),
        };
        await ledger.NotifyAsync([new OutgoingNotification(new Notification(id, Topic, model, ledger.Now), seq, audience.Alerts(id, Topic))]);
    }

    private static JsonArray Problems(ChainReport report)
    {
        var problems = report.Problems.Take(MostProblems)
            .Select(problem => problem.Seq is { } seq ? string.Create(CultureInfo.InvariantCulture, $"Entry {seq}: {problem.Problem}") : problem.Problem)
            .ToList();
        if (report.Problems.Count > MostProblems)
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"and {report.Problems.Count - MostProblems:N0} more"));
        return new JsonArray([.. problems.Select(problem => (JsonNode)problem)]);
    }

    private static LedgerCheckResult? Read(string? mark) => mark is null ? null : JsonSerializer.Deserialize<LedgerCheckResult>(mark);
}

using System.Globalization;
using System.Text.Json.Nodes;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Watch;

/// <summary>Tells whoever looks after the program of scheduled runs that did not end with GO.</summary>
/// <remarks>INCOMPLETE as well: a night in which nothing could be checked is no quiet night.</remarks>
internal sealed class RunAlerts(LedgerStore store, Audience audience, Actor actor, string project)
{
    private const string Topic = "run-mismatch";

    private readonly FinishedRuns _runs = new(store, "run-alerts");

    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    public Task RunAsync(CancellationToken cancellationToken) => _runs.ForEachAsync(TellAsync, cancellationToken);

    private async Task TellAsync(LedgerTransaction ledger, RunDocument run)
    {
        var schedule = await ledger.FirstAsync<string>("SELECT schedule FROM scheduled_run WHERE run_id = @Run", new { run.Run });
        if (schedule is null || run.Verdict == Verdict.Go)
            return;
        var model = new JsonObject
        {
            ["project"] = project,
            ["run"] = run.Run,
            ["schedule"] = schedule,
            ["verdict"] = run.Verdict.Spelt(),
            ["finished"] = Moments.Text(run.Finished!.Value),
            ["findings"] = new JsonArray([.. Findings(run).Select(finding => (JsonNode)finding)]),
        };
        var id = Topic + "." + run.Run;
        var entry = await ledger.AppendAsync(new NewEntry(EntryKind.RunAlert, "run-" + run.Run, model.DeepClone().AsObject(), actor));
        await ledger.NotifyAsync([new OutgoingNotification(new Notification(id, Topic, model, ledger.Now), entry.Seq, audience.Alerts(id, Topic))]);
    }

    private static IEnumerable<string> Findings(RunDocument run)
    {
        const int Most = 50;
        var lines = run.Results.Select(result => result.Outcome switch
        {
            CheckOutcome.Mismatch mismatch => $"{result.Comparison}: {MismatchSentences.Of(result, mismatch.Findings)}",
            CheckOutcome.NotChecked => $"{result.Comparison}: {MismatchSentences.NameOf(result)}: not checked",
            _ => null,
        }).OfType<string>().ToList();
        lines.AddRange(run.Uncovered.Select(table => $"{table.Comparison}: {table.Table} is covered by nobody"));
        return lines.Count <= Most ? lines : [.. lines.Take(Most), string.Create(CultureInfo.InvariantCulture, $"and {lines.Count - Most:N0} more")];
    }
}

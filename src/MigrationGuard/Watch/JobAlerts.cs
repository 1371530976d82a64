using System.Globalization;
using System.Text.Json.Nodes;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Watch;

/// <summary>Tells whoever looks after the program of a piece of its work that keeps failing; once for each row of failures.</summary>
internal sealed class JobAlerts(LedgerStore store, Audience audience, Actor actor, string project)
{
    private const string Topic = "job-failing";

    /// <param name="job">The piece of work.</param>
    /// <param name="failures">How often it has failed in a row.</param>
    /// <param name="since">When the first of these failures was.</param>
    /// <param name="error">What the last one said, without secrets.</param>
    /// <exception cref="LedgerException">The ledger could not be written.</exception>
    public Task TellAsync(string job, int failures, DateTimeOffset since, string error, CancellationToken cancellationToken)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{Topic}.{job}.{since.UtcDateTime:yyyyMMddHHmmss}");
        return store.WriteAsync(
            async ledger =>
            {
                if (await ledger.FirstAsync<string>("SELECT id FROM notification WHERE id = @id", new { id }) is not null)
                    return false;
                var model = new JsonObject { ["project"] = project, ["job"] = job, ["failures"] = failures, ["since"] = Moments.Text(since), ["error"] = error };
                var entry = await ledger.AppendAsync(new NewEntry(EntryKind.JobFailing, job, model.DeepClone().AsObject(), actor));
                await ledger.NotifyAsync([new OutgoingNotification(new Notification(id, Topic, model, ledger.Now), entry.Seq, audience.Alerts(id, Topic))]);
                return true;
            },
            cancellationToken);
    }
}

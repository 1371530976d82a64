using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Decommissioning.Obligations;

/// <summary>Ends what is open and due no more, and tells its owner, so that nothing goes quiet by itself.</summary>
internal static class Withdrawal
{
    public const string Outcome = "withdrawn";

    /// <summary>Withdraws everything that is open for a subject.</summary>
    /// <returns>How many.</returns>
    public static async Task<int> OfSubjectAsync(LedgerTransaction ledger, string obligation, string subject, string reason, Audience audience, Actor actor)
    {
        var open = (await OccurrenceTable.OfSubjectAsync(ledger, obligation, subject)).Where(occurrence => occurrence.IsOpen).ToList();
        foreach (var occurrence in open)
        {
            var written = Event(occurrence, reason, audience, actor);
            var entry = await ledger.AppendAsync(written.Entry);
            await OccurrenceTable.CloseAsync(ledger, occurrence.Id, entry.Seq, Outcome);
            await ledger.NotifyAsync([(written with { Seq = entry.Seq }).Outgoing(ledger.Now)]);
        }
        return open.Count;
    }

    /// <summary>The entry that withdraws an occurrence, and what its owner is told.</summary>
    public static WrittenEvent Event(Occurrence occurrence, string reason, Audience audience, Actor actor)
    {
        var model = OccurrenceModel.Of(occurrence);
        model["reason"] = reason;
        var topic = occurrence.Obligation == ObligationSeries.DeletionReview ? "review-withdrawn" : "obligation-withdrawn";
        var id = occurrence.Id + "." + Outcome;
        return new WrittenEvent(
            new DueWork(occurrence, Series: null, Opens: false, MovedFrom: null, Steps: []),
            null,
            new NewEntry(EntryKind.ObligationWithdrawn, occurrence.Id, model.DeepClone().AsObject(), actor),
            id,
            topic,
            model,
            audience.Owner(id, topic, (string?)model["ownerRole"] ?? "", (string?)model["owner"]));
    }
}

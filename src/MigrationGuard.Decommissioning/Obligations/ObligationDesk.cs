using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.People;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Decommissioning.Obligations;

/// <summary>Where what fell due is closed, and listed.</summary>
public sealed class ObligationDesk(LedgerStore store, PeopleDirectory people, Audience audience)
{
    /// <summary>Records that the oldest open occurrence of an obligation was done.</summary>
    /// <param name="name">The obligation's name, or <c>partner-notice.</c> and the subject.</param>
    /// <param name="reason">What was done, and where that can be seen.</param>
    /// <param name="mayComplete">The roles one of which the actor's person must hold; when empty, the owner's.</param>
    /// <exception cref="DecommissioningException">Nothing is open by that name, no reason is given, or the actor may not.</exception>
    /// <exception cref="LedgerException">The ledger could not be read or written; then nothing was recorded.</exception>
    public Task<Occurrence> CompleteAsync(string name, string reason, IReadOnlyList<string> mayComplete, Actor actor, CancellationToken cancellationToken)
    {
        var said = Authority.RequireReason(reason);
        var person = Authority.RequirePerson(people, actor);
        var (obligation, subject) = Named(name);
        if (obligation.Equals(ObligationSeries.DeletionReview, StringComparison.OrdinalIgnoreCase))
            throw new DecommissioningException(name, "is not completed but decided.", "Decide it with: migrationguard reviews decide ASSET keep|destroy|hold --reason TEXT");
        var outcome = obligation == ObligationSeries.PartnerNotice ? "told" : "completed";
        return store.WriteAsync(
            async ledger =>
            {
                var open = (await OccurrenceTable.OfSubjectAsync(ledger, obligation, subject)).FirstOrDefault(occurrence => occurrence.IsOpen)
                    ?? throw new DecommissioningException(name, "nothing of that name is due.", "See what is with: migrationguard obligations list");
                var model = OccurrenceModel.Of(open);
                var ownerRole = (string?)model["ownerRole"] ?? "";
                Authority.RequireAny(people, actor, person, mayComplete.Count > 0 ? mayComplete : [ownerRole], (string?)model["owner"], $"{name} may be completed");
                model["note"] = said;
                model["outcome"] = outcome;
                var entry = await ledger.AppendAsync(new NewEntry(EntryKind.ObligationCompleted, open.Id, Authority.Signed(model, people, person), actor));
                await OccurrenceTable.CloseAsync(ledger, open.Id, entry.Seq, outcome);
                var (id, topic) = (open.Id + ".completed", "obligation-completed");
                if (obligation != ObligationSeries.PartnerNotice)
                    await ledger.NotifyAsync([new OutgoingNotification(new Notification(id, topic, model, ledger.Now), entry.Seq, audience.Owner(id, topic, ownerRole, (string?)model["owner"]))]);
                return open with { ClosedSeq = entry.Seq, Outcome = outcome };
            },
            cancellationToken);
    }

    /// <summary>Occurrences of everything but deletion reviews, those due first on top.</summary>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public Task<IReadOnlyList<Occurrence>> ListAsync(bool includeClosed, CancellationToken cancellationToken) => store.ReadAsync<IReadOnlyList<Occurrence>>(
        async ledger => [.. (await OccurrenceTable.AllAsync(ledger, includeClosed)).Where(occurrence => occurrence.Obligation != ObligationSeries.DeletionReview)],
        cancellationToken);

    /// <summary>What falls due next of each series that nothing is open of, that due first on top.</summary>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public Task<IReadOnlyList<UpcomingObligation>> UpcomingAsync(IReadOnlyList<ObligationSeries> series, DateTimeOffset now, CancellationToken cancellationToken) => store.ReadAsync<IReadOnlyList<UpcomingObligation>>(
        async ledger =>
        {
            var state = await ObligationState.ReadAsync(ledger);
            var open = state.Open.Select(occurrence => occurrence.SeriesKey).ToHashSet(StringComparer.OrdinalIgnoreCase);
            return
            [
                .. series
                    .Where(item => !open.Contains(item.Key))
                    .Select(item => (Series: item, Next: state.Next(item, now)))
                    .Select(next => new UpcomingObligation(next.Series, next.Next.Number, next.Next.Day))
                    .OrderBy(next => next.DueOn),
            ];
        },
        cancellationToken);

    private static (string Obligation, string Subject) Named(string name)
    {
        const string Prefix = ObligationSeries.PartnerNotice + ".";
        return name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? (ObligationSeries.PartnerNotice, name[Prefix.Length..]) : (name, name);
    }
}

/// <summary>The next time that an obligation falls due, of which nobody has been reminded yet.</summary>
public sealed record UpcomingObligation(ObligationSeries Series, int Number, DateOnly DueOn);

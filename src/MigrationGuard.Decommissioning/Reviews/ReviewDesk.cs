using System.Globalization;
using MigrationGuard.Decommissioning.Assets;
using MigrationGuard.Decommissioning.Obligations;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.People;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Decommissioning.Reviews;

/// <summary>Where deletion reviews are decided, and listed.</summary>
public sealed class ReviewDesk(LedgerStore store, PeopleDirectory people, ReviewOptions options, Audience audience, string project, TimeProvider time)
{
    /// <summary>Decides an asset's oldest open review.</summary>
    /// <param name="reason">Why; always needed.</param>
    /// <exception cref="DecommissioningException">No review is open, no reason is given, or the actor may not decide, or not decide so.</exception>
    /// <exception cref="LedgerException">The ledger could not be read or written; then nothing was decided.</exception>
    public Task<Occurrence> DecideAsync(Asset asset, ReviewDecision decision, string reason, Actor actor, CancellationToken cancellationToken)
    {
        var said = Authority.RequireReason(reason);
        var person = Authority.RequirePerson(people, actor);
        Authority.RequireAny(people, actor, person, [asset.OwnerRole, .. options.DecidedBy, options.KeepBeyondLimitBy], asset.Owner, $"the review of {asset.Name} is decided");
        return store.WriteAsync(
            async ledger =>
            {
                var reviews = await OccurrenceTable.OfSubjectAsync(ledger, ObligationSeries.DeletionReview, asset.Name);
                var open = reviews.FirstOrDefault(review => review.IsOpen) ?? throw NothingOpen(asset);
                if (decision == ReviewDecision.Keep)
                    RequireMayKeep(asset, [.. reviews.Select(review => review.Outcome)], actor, person);
                var outcome = decision.Spelt();
                var model = OccurrenceModel.Of(open);
                model["decision"] = outcome;
                model["reason"] = said;
                var entry = await ledger.AppendAsync(new NewEntry(EntryKind.ReviewDecided, open.Id, Authority.Signed(model, people, person), actor));
                await OccurrenceTable.CloseAsync(ledger, open.Id, entry.Seq, outcome);
                var (id, topic) = (open.Id + ".decided", "review-decided");
                var notification = new Notification(id, topic, model, ledger.Now);
                await ledger.NotifyAsync([new OutgoingNotification(notification, entry.Seq, audience.Owner(id, topic, asset.OwnerRole, asset.Owner))]);
                return open with { ClosedSeq = entry.Seq, Outcome = outcome };
            },
            cancellationToken);
    }

    /// <summary>How the reviews of each of these assets stand, those due first on top; assets that nothing has replaced yet last.</summary>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public Task<IReadOnlyList<ReviewStanding>> ListAsync(IReadOnlyList<Asset> assets, CancellationToken cancellationToken) => store.ReadAsync<IReadOnlyList<ReviewStanding>>(
        async ledger =>
        {
            var state = await ObligationState.ReadAsync(ledger);
            var reviews = (await OccurrenceTable.OfObligationAsync(ledger, ObligationSeries.DeletionReview))
                .ToLookup(review => review.Subject, StringComparer.OrdinalIgnoreCase);
            return [.. assets.Select(asset => Standing(asset, [.. reviews[asset.Name]], state)).OrderBy(standing => standing.DueAt ?? DateTimeOffset.MaxValue)];
        },
        cancellationToken);

    private ReviewStanding Standing(Asset asset, IReadOnlyList<Occurrence> reviews, ObligationState state)
    {
        var last = reviews.LastOrDefault(review => !review.IsOpen);
        var keeps = ReviewDecisions.KeepsInARow(reviews.Select(review => review.Outcome));
        if (reviews.FirstOrDefault(review => review.IsOpen) is { } open)
            return new ReviewStanding(asset, open.Number, open.DueOn, open.DueAt, IsOpen: true, keeps, last?.Outcome);
        if (ReviewSeries.Of(asset, options, people, project) is not { } series)
            return new ReviewStanding(asset, null, null, null, IsOpen: false, keeps, last?.Outcome);
        var next = state.Next(series, time.GetUtcNow());
        // Open from its first reminder's moment on, whether or not a worker has written it yet.
        return new ReviewStanding(asset, next.Number, next.Day, series.Moment(next.Day), series.Steps(next.Day)[0].At <= time.GetUtcNow(), keeps, last?.Outcome);
    }

    private void RequireMayKeep(Asset asset, IReadOnlyList<string?> outcomes, Actor actor, string person)
    {
        if (people.Holds(person, options.KeepBeyondLimitBy))
            return;
        if (ReviewDecisions.IsToBeDestroyed(outcomes))
        {
            throw new DecommissioningException(
                $"Account {actor.Account}", $"is {person}, who may not keep {asset.Name}: it was decided to destroy it.",
                $"Let the {options.KeepBeyondLimitBy} decide from their own account, or destroy it.");
        }
        var keeps = ReviewDecisions.KeepsInARow(outcomes);
        if (keeps < options.KeepLimit)
            return;
        throw new DecommissioningException(
            $"Account {actor.Account}",
            string.Create(CultureInfo.InvariantCulture, $"is {person}, who may not keep {asset.Name} once more: it was kept {keeps} times in a row."),
            $"Let the {options.KeepBeyondLimitBy} decide from their own account, or destroy it.");
    }

    private static DecommissioningException NothingOpen(Asset asset) => new(
        asset.Name,
        asset.GoLive is null ? "has no go-live day yet, so no review of it is due." : "no review of it is open: each opens with its first reminder.",
        "See what is due with: migrationguard reviews list");
}

/// <summary>How the reviews of an asset stand.</summary>
/// <param name="Number">The oldest open review, or else the next; null while nothing has gone live in the asset's place.</param>
/// <param name="DueOn">Its day, in the owner's zone.</param>
/// <param name="DueAt">The moment of that day.</param>
/// <param name="IsOpen">Whether its first reminder's moment has come, so that it may be decided.</param>
/// <param name="KeepsInARow">How many times in a row it was decided to keep the asset.</param>
/// <param name="LastOutcome">What the last review came to; null where there was none.</param>
public sealed record ReviewStanding(Asset Asset, int? Number, DateOnly? DueOn, DateTimeOffset? DueAt, bool IsOpen, int KeepsInARow, string? LastOutcome);

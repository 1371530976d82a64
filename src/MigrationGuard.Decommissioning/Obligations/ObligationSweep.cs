using System.Text.Json.Nodes;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Decommissioning.Obligations;

/// <summary>What a sweep wrote.</summary>
/// <param name="Steps">Reminders and escalations.</param>
/// <param name="Moved">Occurrences that are due on another day than before.</param>
/// <param name="Withdrawn">Occurrences that are due no more.</param>
public sealed record SweepOutcome(int Steps, int Moved, int Withdrawn);

/// <summary>Writes every reminder and escalation whose moment has come, each once, whatever dies in between.</summary>
/// <remarks>
/// What is due is read outside a transaction, so that a sweep with nothing to do takes no lock. What is to be written is then read
/// again within the transaction that writes it, where nobody else writes: another worker may have been faster, or somebody may have
/// decided meanwhile.
/// </remarks>
public sealed class ObligationSweep(LedgerStore store, Audience audience, Actor actor, TimeProvider time)
{
    // Long enough to be few, short enough that others who write are not kept waiting.
    private const int EntriesPerTransaction = 1000;

    /// <param name="series">Everything that recurs. What is open in the ledger and has not been among these for <see cref="SeriesPresence.Grace"/> is withdrawn.</param>
    /// <exception cref="LedgerException">The ledger cannot be read or written; what was written before it failed stays.</exception>
    public async Task<SweepOutcome> RunAsync(IReadOnlyList<ObligationSeries> series, CancellationToken cancellationToken)
    {
        var state = await store.ReadAsync(ObligationState.ReadAsync, cancellationToken);
        if (SeriesPresence.Changes(series, state.Series, time.GetUtcNow()).Count > 0)
            state = await RememberAsync(series, cancellationToken);
        var outcome = new SweepOutcome(0, 0, 0);
        foreach (var batch in Batches(DueWork.At(time.GetUtcNow(), series, state)))
        {
            var written = await store.WriteAsync(ledger => WriteAsync(ledger, batch), cancellationToken);
            outcome = new SweepOutcome(outcome.Steps + written.Steps, outcome.Moved + written.Moved, outcome.Withdrawn + written.Withdrawn);
        }
        return outcome;
    }

    private Task<ObligationState> RememberAsync(IReadOnlyList<ObligationSeries> series, CancellationToken cancellationToken) => store.WriteAsync(
        async ledger =>
        {
            await SeriesPresence.RememberAsync(ledger, SeriesPresence.Changes(series, await SeriesPresence.ReadAsync(ledger), ledger.Now));
            return await ObligationState.ReadAsync(ledger);
        },
        cancellationToken);

    private static IEnumerable<IReadOnlyList<DueWork>> Batches(IReadOnlyList<DueWork> due)
    {
        var (batch, entries) = (new List<DueWork>(), 0);
        foreach (var work in due)
        {
            batch.Add(work);
            entries += Math.Max(1, work.Entries);
            if (entries < EntriesPerTransaction)
                continue;
            yield return batch;
            (batch, entries) = ([], 0);
        }
        if (batch.Count > 0)
            yield return batch;
    }

    private async Task<SweepOutcome> WriteAsync(LedgerTransaction ledger, IReadOnlyList<DueWork> batch)
    {
        var ids = batch.Select(work => work.Occurrence.Id).ToList();
        var stored = await OccurrenceTable.ByIdAsync(ledger, ids);
        var steps = await OccurrenceTable.StepsAsync(ledger, ids);
        var closed = await ClosedAssetsAsync(ledger, batch);
        var left = batch
            .Where(work => !work.Opens || !closed.Contains(work.Occurrence.Subject))
            .Select(work => StillToDo(work, stored.GetValueOrDefault(work.Occurrence.Id), steps[work.Occurrence.Id])).OfType<DueWork>().ToList();
        var events = left.SelectMany(Events).ToList();
        var entries = await ledger.AppendAsync([.. events.Select(item => item.Entry)]);
        var numbered = events.Zip(entries, (item, entry) => item with { Seq = entry.Seq }).ToList();
        await WriteOccurrencesAsync(ledger, left, numbered);
        await ledger.InsertAsync(
            "obligation_step",
            ["occurrence_id", "step", "written_seq"],
            numbered.Where(item => item.Step is not null).Select(item => (object?[])[item.Work.Occurrence.Id, item.Step, item.Seq]));
        await ledger.NotifyAsync([.. numbered.Select(item => item.Outgoing(ledger.Now))]);
        return new SweepOutcome(
            numbered.Count(item => item.Step is not null), left.Count(work => work.MovedFrom is not null), left.Count(work => work.Withdraws));
    }

    // An asset may have been closed since the series were made of those that were open.
    private static async Task<HashSet<string>> ClosedAssetsAsync(LedgerTransaction ledger, IReadOnlyList<DueWork> batch) =>
        (await ledger.ListByKeysAsync<string>(
            "SELECT name FROM asset WHERE closed_seq IS NOT NULL AND lower(name) IN @keys",
            batch.Where(work => work.Opens && work.Occurrence.Obligation == ObligationSeries.DeletionReview).Select(work => work.Occurrence.Subject.ToLowerInvariant())))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static DueWork? StillToDo(DueWork work, Occurrence? stored, IEnumerable<string> written)
    {
        if (stored is { IsOpen: false })
            return null;
        // Moved by another worker since: what is due of it is worked out again by the next sweep.
        if (stored is not null && stored.Sequence != work.Occurrence.Sequence - (work.MovedFrom is null ? 0 : 1))
            return null;
        var steps = work.Steps.ExceptBy(written, step => step.Name).ToList();
        return stored is not null && work.Opens && steps.Count == 0 ? null : work with { Opens = stored is null, Steps = steps };
    }

    private IEnumerable<WrittenEvent> Events(DueWork work)
    {
        var occurrence = work.Occurrence;
        if (work.Series is not { } series)
        {
            yield return Withdrawal.Event(occurrence, "It is no longer configured.", audience, actor);
            yield break;
        }
        if (work.MovedFrom is { } previous)
        {
            var model = OccurrenceModel.Of(occurrence, series);
            model["previousDueOn"] = OccurrenceTable.Day(previous);
            var id = FormattableString.Invariant($"{occurrence.Id}.moved-{occurrence.Sequence}");
            var topic = series.Topic + "-moved";
            yield return new WrittenEvent(
                work, null, new NewEntry(EntryKind.ObligationMoved, occurrence.Id, model.DeepClone().AsObject(), actor), id, topic, model,
                audience.Owner(id, topic, series.OwnerRole, series.Owner));
        }
        foreach (var step in work.Steps)
        {
            var model = OccurrenceModel.Of(occurrence, series);
            model["step"] = step.Name;
            var id = occurrence.Id + "." + step.Name;
            var topic = series.Topic + (step.EscalatesTo is null ? "-reminder" : "-escalation");
            var recipients = step.EscalatesTo is null ? audience.Owner(id, topic, series.OwnerRole, series.Owner) : audience.Role(id, topic, step.EscalatesTo);
            yield return new WrittenEvent(
                work, step.Name, new NewEntry(EntryKind.ObligationStep, occurrence.Id, model.DeepClone().AsObject(), actor), id, topic, model, recipients);
        }
    }

    private static async Task WriteOccurrencesAsync(LedgerTransaction ledger, IReadOnlyList<DueWork> works, IReadOnlyList<WrittenEvent> events)
    {
        var first = events.GroupBy(item => item.Work.Occurrence.Id).ToDictionary(group => group.Key, group => group.First().Seq);
        await OccurrenceTable.InsertAsync(ledger, works.Where(work => work.Opens).Select(work => work.Occurrence with
        {
            OpenedSeq = first[work.Occurrence.Id],
            Document = OccurrenceModel.Of(work.Occurrence, work.Series!).ToJsonString(),
        }));
        foreach (var work in works.Where(work => !work.Opens && !work.Withdraws && work.ChangesTheDay))
            await OccurrenceTable.MoveAsync(ledger, work.Occurrence.Id, work.Occurrence.DueOn, work.Occurrence.DueAt, work.Occurrence.Sequence);
        foreach (var work in works.Where(work => work.Withdraws))
            await OccurrenceTable.CloseAsync(ledger, work.Occurrence.Id, first[work.Occurrence.Id], Withdrawal.Outcome);
    }
}

/// <summary>An entry, the step it is, and what is told of it.</summary>
internal sealed record WrittenEvent(
    DueWork Work, string? Step, NewEntry Entry, string NotificationId, string Topic, JsonObject Model, IReadOnlyList<Recipient> Recipients, long Seq = 0)
{
    public OutgoingNotification Outgoing(DateTimeOffset now) => new(new Notification(NotificationId, Topic, Model, now), Seq, Recipients);
}

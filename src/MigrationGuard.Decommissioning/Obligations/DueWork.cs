namespace MigrationGuard.Decommissioning.Obligations;

/// <summary>What there is to be written of one occurrence.</summary>
/// <param name="Occurrence">As it shall be: opened now where <paramref name="Opens"/> says so, moved where <paramref name="MovedFrom"/> does.</param>
/// <param name="Series">Null where there is none any more, and the occurrence is withdrawn.</param>
/// <param name="MovedFrom">The day it was due on before; null where it is due on the same day still.</param>
/// <param name="Steps">Steps whose moment has come, in their order.</param>
internal sealed record DueWork(Occurrence Occurrence, ObligationSeries? Series, bool Opens, DateOnly? MovedFrom, IReadOnlyList<ObligationStep> Steps)
{
    /// <summary>Whether the day, or the moment of the same day, is another than the store has.</summary>
    public bool ChangesTheDay { get; init; }

    public bool Withdraws => Series is null;

    /// <summary>Entries of the chain it takes.</summary>
    public int Entries => Withdraws ? 1 : Steps.Count + (MovedFrom is null ? 0 : 1);

    /// <summary>Everything there is to be written at a moment.</summary>
    /// <remarks>
    /// Worked out from what the ledger holds and the clock alone: a sweep that was missed, or was killed half-way, leaves nothing
    /// behind that the next one does not find.
    /// </remarks>
    public static IReadOnlyList<DueWork> At(DateTimeOffset now, IReadOnlyList<ObligationSeries> series, ObligationState state)
    {
        var known = series.ToDictionary(item => item.Key, StringComparer.OrdinalIgnoreCase);
        var due = new List<DueWork>();
        foreach (var occurrence in state.Open.Where(occurrence => occurrence.Obligation != ObligationSeries.PartnerNotice))
        {
            if (Of(occurrence, known.GetValueOrDefault(occurrence.SeriesKey), state, now) is { } work)
                due.Add(work);
        }
        foreach (var item in series)
            due.AddRange(NewOnes(item, state, now));
        return due;
    }

    private static DueWork? Of(Occurrence occurrence, ObligationSeries? series, ObligationState state, DateTimeOffset now)
    {
        if (series is null)
        {
            return state.Series.TryGetValue(occurrence.SeriesKey, out var presence) && presence.HasEnded(now)
                ? new DueWork(occurrence, Series: null, Opens: false, MovedFrom: null, Steps: [])
                : null;
        }
        var day = series.DueFrom(occurrence.NotBefore).Day;
        var moved = day != occurrence.DueOn;
        var written = state.Steps[occurrence.Id].ToHashSet(StringComparer.Ordinal);
        var steps = series.Steps(day, occurrence.Sequence + (moved ? 1 : 0)).Where(step => step.At <= now && !written.Contains(step.Name)).ToList();
        if (!moved && steps.Count == 0 && series.Moment(day) == occurrence.DueAt)
            return null;
        var current = occurrence with { DueOn = day, DueAt = series.Moment(day), Sequence = occurrence.Sequence + (moved ? 1 : 0) };
        return new DueWork(current, series, Opens: false, moved ? occurrence.DueOn : null, steps) { ChangesTheDay = current.DueAt != occurrence.DueAt || moved };
    }

    private static IEnumerable<DueWork> NewOnes(ObligationSeries series, ObligationState state, DateTimeOffset now)
    {
        var (number, day, notBefore) = state.Next(series, now);
        while (true)
        {
            var steps = series.Steps(day).TakeWhile(step => step.At <= now).ToList();
            if (steps.Count == 0)
                yield break;
            var occurrence = new Occurrence(
                series.OccurrenceId(number), series.Obligation, series.Subject, number, day, series.Moment(day), Sequence: 0,
                Document: "", OpenedSeq: 0, ClosedSeq: null, Outcome: null) { NotBefore = notBefore };
            yield return new DueWork(occurrence, series, Opens: true, MovedFrom: null, steps);
            notBefore = series.NotBeforeAfter(day);
            (var counted, day) = series.DueFrom(notBefore);
            number = Math.Max(number + 1, counted);
        }
    }
}

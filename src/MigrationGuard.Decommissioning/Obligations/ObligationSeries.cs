using System.Globalization;
using System.Text.Json.Nodes;

namespace MigrationGuard.Decommissioning.Obligations;

/// <summary>Something that falls due again and again: when, and who owns it.</summary>
public sealed record ObligationSeries
{
    /// <summary>The obligation of reviewing an asset's deletion.</summary>
    public const string DeletionReview = "deletion-review";

    /// <summary>The obligation of telling a partner of a mismatch; it has a clock of hours and no series.</summary>
    public const string PartnerNotice = "partner-notice";

    public required string Obligation { get; init; }

    /// <summary>What it is about: an asset's name, or the obligation itself.</summary>
    public required string Subject { get; init; }

    /// <summary>The first word of the topics its messages have: <c>review</c> or <c>obligation</c>.</summary>
    public required string Topic { get; init; }

    /// <summary>The day its due days are counted from.</summary>
    public required DateOnly From { get; init; }

    public required int EveryMonths { get; init; }

    /// <summary>Days before the due day on which the owner is reminded.</summary>
    public required IReadOnlyList<int> RemindDaysBefore { get; init; }

    public required IReadOnlyList<EscalationOptions> Escalations { get; init; }

    public required string OwnerRole { get; init; }

    /// <summary>The owner's key; null where the role owns it.</summary>
    public string? Owner { get; init; }

    /// <summary>Whose day and hour count.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>The hour of the day, 0 to 23.</summary>
    public required int Hour { get; init; }

    /// <summary>What messages say of it, beside what every occurrence has.</summary>
    public required JsonObject Model { get; init; }

    /// <summary>What tells it from other series; stays the same over its life.</summary>
    public string Key => ObligationState.KeyOf(Obligation, Subject);

    /// <summary>The id of its time of a number; the same on every machine, however its configuration spells the name.</summary>
    public string OccurrenceId(int number) => string.Create(CultureInfo.InvariantCulture, $"{Key.ToLowerInvariant()}.{number}");

    /// <summary>The first due day on or after a day, and which one it is counted from the first.</summary>
    public (int Number, DateOnly Day) DueFrom(DateOnly notBefore)
    {
        var number = ObligationCalendar.FirstNumber(From, EveryMonths, notBefore);
        return (number, ObligationCalendar.DueDay(From, EveryMonths, number));
    }

    /// <summary>The day on or after which the next one is due.</summary>
    /// <remarks>
    /// Half a period later, so that the next is found by its day and not by its number: when the first day or the months are
    /// corrected, none is left out, and none follows on the heels of the one before.
    /// </remarks>
    public DateOnly NotBeforeAfter(DateOnly dueDay) => dueDay.AddDays(15 * EveryMonths);

    public DateTimeOffset Moment(DateOnly day) => ObligationCalendar.Moment(day, Hour, Zone);

    /// <summary>What is written of a due day, in the order of its moments. There is at least one: somebody must hear of it.</summary>
    /// <param name="moves">How often the day was moved: each time all steps are to come again, under names of their own.</param>
    public IReadOnlyList<ObligationStep> Steps(DateOnly dueDay, int moves = 0) => moves == 0
        ? StepsOf(dueDay)
        : [.. StepsOf(dueDay).Select(step => step with { Name = string.Create(CultureInfo.InvariantCulture, $"{step.Name}{ObligationStep.Moved}{moves}") })];

    private IReadOnlyList<ObligationStep> StepsOf(DateOnly dueDay)
    {
        var steps = RemindDaysBefore.Select(days => new ObligationStep(
            days == 0 ? ObligationStep.OnTheDay : string.Create(CultureInfo.InvariantCulture, $"before-{days}"), Moment(dueDay.AddDays(-days)), EscalatesTo: null));
        if (RemindDaysBefore.Count == 0)
            steps = [new ObligationStep(ObligationStep.OnTheDay, Moment(dueDay), EscalatesTo: null)];
        return
        [
            .. steps.Concat(Escalations.Select(escalation => new ObligationStep(
                string.Create(CultureInfo.InvariantCulture, $"after-{escalation.DaysAfter}"), Moment(dueDay.AddDays(escalation.DaysAfter)), escalation.Role)))
                .OrderBy(step => step.At),
        ];
    }
}

/// <summary>A reminder or an escalation.</summary>
/// <param name="Name"><c>before-14</c>, <c>on-the-day</c>, <c>after-7</c>: once for each time that something is due.</param>
/// <param name="At">From when on it is written; never before.</param>
/// <param name="EscalatesTo">The role that hears of it; null where the owner is reminded.</param>
public sealed record ObligationStep(string Name, DateTimeOffset At, string? EscalatesTo)
{
    public const string OnTheDay = "on-the-day";

    /// <summary>Follows the name of a step of a day that was moved, before the number of the move.</summary>
    public const string Moved = "-moved-";
}

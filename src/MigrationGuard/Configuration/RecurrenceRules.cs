using System.Globalization;
using MigrationGuard.Decommissioning.Obligations;

namespace MigrationGuard.Configuration;

/// <summary>What reviews and other obligations have in common: how often, who is reminded when, who hears of it afterwards.</summary>
internal sealed record Recurrence(int EveryMonths, IReadOnlyList<int> RemindDaysBefore, IReadOnlyList<EscalationOptions> Escalations, int Hour);

/// <summary>The rules of what recurs.</summary>
internal static class RecurrenceRules
{
    // Bounds that no wish comes near, and within which no due day leaves the calendar.
    private const int MostMonths = 1200;
    private const int MostDaysBefore = 365;
    private const int MostDaysAfter = 3650;

    public static IEnumerable<ConfigurationProblem> Check(string place, Recurrence recurrence, KnownNames known) =>
    [
        .. Bounds(place, recurrence),
        .. Reminders(ConfigurationPlace.Below(place, nameof(Recurrence.RemindDaysBefore)), recurrence.RemindDaysBefore),
        .. Escalations(ConfigurationPlace.Below(place, nameof(Recurrence.Escalations)), recurrence.Escalations, known),
    ];

    /// <summary>Holds a list of roles against those there are.</summary>
    public static IEnumerable<ConfigurationProblem> Roles(string place, IReadOnlyList<string> roles, KnownNames known) =>
        roles.SelectMany((role, index) => known.Role(Item(place, index), role));

    private static IEnumerable<ConfigurationProblem> Bounds(string place, Recurrence recurrence)
    {
        if (recurrence.EveryMonths is < 1 or > MostMonths)
            yield return new(ConfigurationPlace.Below(place, nameof(recurrence.EveryMonths)), "is not between 1 and 1200.", "Write how many months lie between one time and the next.");
        if (recurrence.Hour is < 0 or > 23)
            yield return new(ConfigurationPlace.Below(place, nameof(recurrence.Hour)), "is not between 0 and 23.", "Write an hour of the day.");
    }

    private static IEnumerable<ConfigurationProblem> Reminders(string place, IReadOnlyList<int> days)
    {
        // Something due that nobody is told of is something forgotten.
        if (days.Count == 0)
            yield return new(place, "is empty, so that nobody is ever reminded.", "Write days before the due day, such as [14, 3, 0].");
        for (var index = 0; index < days.Count; index++)
        {
            if (days[index] is < 0 or > MostDaysBefore)
                yield return new(Item(place, index), "is not between 0 and 365.", "Write days before the due day; 0 is the day itself.");
            else if (days.Take(index).Contains(days[index]))
                yield return new(Item(place, index), "is there more than once.", "Keep one of them: a reminder is sent once.");
        }
    }

    private static IEnumerable<ConfigurationProblem> Escalations(string place, IReadOnlyList<EscalationOptions> escalations, KnownNames known)
    {
        for (var index = 0; index < escalations.Count; index++)
        {
            var escalation = escalations[index];
            var days = ConfigurationPlace.Below(Item(place, index), nameof(escalation.DaysAfter));
            if (escalation.DaysAfter is < 1 or > MostDaysAfter)
                yield return new(days, "is not between 1 and 3650.", "Write days after the due day.");
            else if (escalations.Take(index).Any(earlier => earlier.DaysAfter == escalation.DaysAfter))
                yield return new(days, "is there more than once.", "Give each escalation a day of its own.");
            foreach (var problem in known.RequiredRole(ConfigurationPlace.Below(Item(place, index), nameof(escalation.Role)), escalation.Role, "Name the role that hears of it."))
                yield return problem;
        }
    }

    private static string Item(string place, int index) => ConfigurationPlace.Below(place, index.ToString(CultureInfo.InvariantCulture));
}

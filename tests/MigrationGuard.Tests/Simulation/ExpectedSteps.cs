using System.Globalization;

namespace MigrationGuard.Tests.Simulation;

/// <summary>What must have been written of an asset's reviews, worked out without the code under test.</summary>
internal static class ExpectedSteps
{
    private static readonly (string Name, int Days)[] Steps = [("before-14", -14), ("before-3", -3), ("on-the-day", 0), ("after-7", 7), ("after-14", 14)];

    /// <summary>Ids and moments of all steps, up to a moment, of reviews due on a day or later.</summary>
    /// <param name="known">The day the ledger first knew of the asset: nothing is due before it, but reminders of what is due soon are made up for.</param>
    public static IEnumerable<(string Id, DateTime At)> Of(string asset, DateOnly goLive, string zone, DateOnly known, DateTime to)
    {
        for (var number = 1; number <= 40; number++)
        {
            var due = Due(goLive, number);
            if (due < known)
                continue;
            foreach (var (name, days) in Steps)
            {
                // Nine in the morning is never skipped or shown twice in these zones.
                var local = due.AddDays(days).ToDateTime(new TimeOnly(9, 0));
                var at = TimeZoneInfo.ConvertTimeToUtc(local, TimeZoneInfo.FindSystemTimeZoneById(zone));
                if (at <= to)
                    yield return (string.Create(CultureInfo.InvariantCulture, $"deletion-review.{asset}.{number}.{name}"), at);
            }
        }
    }

    private static DateOnly Due(DateOnly goLive, int number)
    {
        var months = (goLive.Year * 12) + goLive.Month - 1 + (3 * number);
        var (year, month) = (months / 12, (months % 12) + 1);
        return new DateOnly(year, month, Math.Min(goLive.Day, DateTime.DaysInMonth(year, month)));
    }
}

using System.Globalization;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Decommissioning.Obligations;

/// <summary>What the ledger holds of obligations, as far as what is due next depends on it.</summary>
/// <param name="Open">Everything that is open.</param>
/// <param name="Steps">The steps written of what is open, by occurrence.</param>
/// <param name="Newest">The highest number opened and the latest day it was due on, by series.</param>
/// <param name="Series">Since when each series is known here, and since when it is gone.</param>
internal sealed record ObligationState(
    IReadOnlyList<Occurrence> Open,
    ILookup<string, string> Steps,
    IReadOnlyDictionary<string, (int Number, DateOnly DueOn)> Newest,
    IReadOnlyDictionary<string, SeriesPresence> Series)
{
    public static async Task<ObligationState> ReadAsync(LedgerReading ledger)
    {
        var newest = await ledger.ListAsync<NewestRow>(
            "SELECT obligation AS Obligation, subject AS Subject, MAX(number) AS Number, MAX(due_on) AS DueOn FROM occurrence GROUP BY obligation, subject");
        return new ObligationState(
            await OccurrenceTable.AllAsync(ledger, includeClosed: false),
            await OccurrenceTable.OpenStepsAsync(ledger),
            // Names are the same in any case, which not every engine's GROUP BY knows.
            newest.GroupBy(row => KeyOf(row.Obligation, row.Subject), StringComparer.OrdinalIgnoreCase).ToDictionary(
                series => series.Key,
                series => ((int)series.Max(row => row.Number), DateOnly.ParseExact(series.Max(row => row.DueOn)!, "yyyy-MM-dd", CultureInfo.InvariantCulture)),
                StringComparer.OrdinalIgnoreCase),
            await SeriesPresence.ReadAsync(ledger));
    }

    /// <summary>What opens next in a series: its number, its day, and the day that it is due on or after.</summary>
    public (int Number, DateOnly Day, DateOnly NotBefore) Next(ObligationSeries series, DateTimeOffset now)
    {
        var known = Series.TryGetValue(series.Key, out var presence) ? presence.Known : DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, series.Zone).DateTime);
        var opened = Newest.TryGetValue(series.Key, out var newest);
        var notBefore = opened && series.NotBeforeAfter(newest.DueOn) is var after && after > known ? after : known;
        var (counted, day) = series.DueFrom(notBefore);
        return (Math.Max(opened ? newest.Number + 1 : 1, counted), day, notBefore);
    }

    /// <summary>The key of the series that an obligation and its subject make up.</summary>
    public static string KeyOf(string obligation, string subject) => obligation.Equals(subject, StringComparison.OrdinalIgnoreCase) ? obligation : obligation + "." + subject;

    private sealed record NewestRow
    {
        public string Obligation { get; init; } = "";

        public string Subject { get; init; } = "";

        public long Number { get; init; }

        public string DueOn { get; init; } = "";
    }
}

using System.Globalization;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Decommissioning.Obligations;

/// <summary>What the ledger holds of obligations, as far as what is due next depends on it.</summary>
/// <param name="Open">Everything that is open.</param>
/// <param name="Steps">The steps written of what is open, by occurrence.</param>
/// <param name="Newest">The highest number opened and the latest day it was due on, by series.</param>
/// <param name="FirstSeen">The day each series was first known here; nothing is due before that.</param>
internal sealed record ObligationState(
    IReadOnlyList<Occurrence> Open, ILookup<string, string> Steps, IReadOnlyDictionary<string, (int Number, DateOnly DueOn)> Newest, IReadOnlyDictionary<string, DateOnly> FirstSeen)
{
    private const string MarkPrefix = "series:";

    public static async Task<ObligationState> ReadAsync(LedgerReading ledger)
    {
        var newest = await ledger.ListAsync<NewestRow>(
            "SELECT obligation AS Obligation, subject AS Subject, MAX(number) AS Number, MAX(due_on) AS DueOn FROM occurrence GROUP BY obligation, subject");
        var marks = await ledger.ListAsync<MarkRow>("SELECT name AS Name, value AS Value FROM mark WHERE name LIKE 'series:%'");
        return new ObligationState(
            await OccurrenceTable.AllAsync(ledger, includeClosed: false),
            await OccurrenceTable.OpenStepsAsync(ledger),
            newest.ToDictionary(row => KeyOf(row.Obligation, row.Subject), row => ((int)row.Number, Day(row.DueOn)), StringComparer.OrdinalIgnoreCase),
            marks.ToDictionary(
                row => row.Name[MarkPrefix.Length..],
                row => Day(row.Value),
                StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Remembers since when series are known; those that are known already keep their day.</summary>
    public static async Task RememberAsync(LedgerTransaction ledger, IEnumerable<ObligationSeries> series)
    {
        foreach (var item in series)
        {
            var name = MarkPrefix + item.Key.ToLowerInvariant();
            if (await ledger.MarkAsync(name) is null)
                await ledger.SetMarkAsync(name, OccurrenceTable.Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(ledger.Now, item.Zone).DateTime)));
        }
    }

    /// <summary>The key of the series that an obligation and its subject make up.</summary>
    public static string KeyOf(string obligation, string subject) => obligation == subject ? obligation : obligation + "." + subject;

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record NewestRow
    {
        public string Obligation { get; init; } = "";

        public string Subject { get; init; } = "";

        public long Number { get; init; }

        public string DueOn { get; init; } = "";
    }

    private sealed record MarkRow
    {
        public string Name { get; init; } = "";

        public string Value { get; init; } = "";
    }
}

using System.Globalization;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Decommissioning.Obligations;

/// <summary>Since when a series is known here, and since when it is gone.</summary>
/// <param name="Known">Nothing is due before this day.</param>
/// <param name="GoneSince">When it was first found to be configured no longer; null while it is.</param>
/// <remarks>
/// A line that was deleted by mistake, or one worker of several with another file, must not end what is due: what is gone comes back
/// as if nothing had been within <see cref="Grace"/>, and ends after it.
/// </remarks>
internal sealed record SeriesPresence(DateOnly Known, DateTimeOffset? GoneSince)
{
    /// <summary>How long a series may be gone before what is open of it is withdrawn.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    private const string MarkPrefix = "series:";
    private const string Gone = " gone ";

    public bool HasEnded(DateTimeOffset now) => GoneSince + Grace <= now;

    public static async Task<Dictionary<string, SeriesPresence>> ReadAsync(LedgerReading ledger) =>
        (await ledger.ListAsync<MarkRow>("SELECT name AS Name, value AS Value FROM mark WHERE name LIKE 'series:%'"))
            .ToDictionary(row => row.Name[MarkPrefix.Length..], row => Parse(row.Value), StringComparer.OrdinalIgnoreCase);

    /// <summary>What is to be remembered: of series that are new, of those that are gone, and of those that are back.</summary>
    public static IReadOnlyList<(string Key, SeriesPresence Presence)> Changes(
        IReadOnlyList<ObligationSeries> series, IReadOnlyDictionary<string, SeriesPresence> known, DateTimeOffset now)
    {
        var changes = new List<(string, SeriesPresence)>();
        foreach (var item in series)
        {
            var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, item.Zone).DateTime);
            if (!known.TryGetValue(item.Key, out var presence))
                changes.Add((item.Key, new SeriesPresence(today, GoneSince: null)));
            else if (presence.GoneSince is not null)
                changes.Add((item.Key, new SeriesPresence(presence.HasEnded(now) ? today : presence.Known, GoneSince: null)));
        }
        var present = series.Select(item => item.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        changes.AddRange(known.Where(item => item.Value.GoneSince is null && !present.Contains(item.Key)).Select(item => (item.Key, item.Value with { GoneSince = now })));
        return changes;
    }

    public static async Task RememberAsync(LedgerTransaction ledger, IReadOnlyList<(string Key, SeriesPresence Presence)> changes)
    {
        foreach (var (key, presence) in changes)
            await ledger.SetMarkAsync(MarkPrefix + key.ToLowerInvariant(), presence.Text);
    }

    private string Text => OccurrenceTable.Day(Known) + (GoneSince is { } gone ? Gone + Moments.Text(gone) : "");

    private static SeriesPresence Parse(string text)
    {
        var parts = text.Split(Gone);
        return new SeriesPresence(
            DateOnly.ParseExact(parts[0], "yyyy-MM-dd", CultureInfo.InvariantCulture), parts.Length == 1 ? null : Moments.Read(parts[1]));
    }

    private sealed record MarkRow
    {
        public string Name { get; init; } = "";

        public string Value { get; init; } = "";
    }
}

using System.Globalization;

namespace MigrationGuard.Commands;

/// <summary>Moments as people type them.</summary>
internal static class SpokenMoment
{
    // A literal Z does not mean UTC to a custom format; K does, and lets nothing but Z and an offset pass beside nothing at all.
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mmK"];

    /// <summary>Reads a date and time, with its offset from UTC or as clocks of a zone show it.</summary>
    /// <param name="zone">The zone where there is no offset; null where none is known.</param>
    /// <exception cref="UsageException">It is none, or clocks of the zone never show it, or show it twice.</exception>
    public static DateTimeOffset Parse(string option, string text, TimeZoneInfo? zone)
    {
        // Kind says whether an offset was given: one is turned into UTC, and without one nothing is assumed.
        if (!DateTime.TryParseExact(text.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var read))
            throw new UsageException($"{option}: '{text}' is no date and time. Write it like 2026-03-07T18:30, or with its offset like 2026-03-07T18:30+00:00.");
        if (read.Kind == DateTimeKind.Utc)
            return new DateTimeOffset(read);
        if (zone is null)
            throw new UsageException($"{option}: '{text}' has no offset, and Project:TimeZone names a zone that this machine does not know. Write it like 2026-03-07T18:30+00:00.");
        if (zone.IsInvalidTime(read) || zone.IsAmbiguousTime(read))
            throw new UsageException($"{option}: clocks of {zone.Id} {(zone.IsInvalidTime(read) ? "never show" : "show twice")} '{text}', as they are changed then. Give its offset, like 2026-03-07T18:30+00:00.");
        return new DateTimeOffset(read, zone.GetUtcOffset(read));
    }
}

using System.Globalization;

namespace MigrationGuard.Commands;

/// <summary>Durations as people type them.</summary>
internal static class Durations
{
    /// <summary>Reads <c>90s</c>, <c>45m</c>, <c>6h</c>, <c>2d</c> or <c>hh:mm:ss</c>; longer than nothing, at most 30 days.</summary>
    /// <exception cref="UsageException">It is none of these.</exception>
    public static TimeSpan Parse(string option, string text)
    {
        var duration = Read(text.Trim());
        return duration > TimeSpan.Zero && duration <= TimeSpan.FromDays(30)
            ? duration.Value
            : throw new UsageException($"{option}: '{text}' is no duration. Write it like 45m, 6h, 2d or 06:30:00; at most 30 days.");
    }

    private static TimeSpan? Read(string text)
    {
        TimeSpan? unit = text.Length == 0 ? null : text[^1] switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => null,
        };
        if (unit is not null)
        {
            return double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount < 1_000_000
                ? amount * unit
                : null;
        }
        return TimeSpan.TryParseExact(text, [@"h\:mm", @"hh\:mm", @"h\:mm\:ss", @"hh\:mm\:ss"], CultureInfo.InvariantCulture, out var exact) ? exact : null;
    }
}

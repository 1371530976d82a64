using System.Globalization;

namespace MigrationGuard.Retention.BackupHistories;

/// <summary>Whether a history says what is so now.</summary>
internal static class HistoryAge
{
    /// <summary>By how much the clocks of two machines may differ before what they say cannot be put in order.</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(10);

    /// <summary>Why it does not; null where it does.</summary>
    /// <param name="goodFor">For how long it does; null of what was read just now.</param>
    public static string? Doubt(string place, DateTimeOffset asOf, DateTimeOffset now, TimeSpan? goodFor)
    {
        var said = asOf.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        if (asOf > now + MostSkew || (goodFor is null && asOf < now - MostSkew))
            return $"{place}: by the server's clock it is of {said} UTC, by this machine's it is {now.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC. One of the two is wrong; set it right.";
        return now - asOf > goodFor
            ? string.Create(CultureInfo.InvariantCulture, $"{place}: it is of {said} UTC, more than {goodFor.Value.TotalDays:0.##} days ago, and does not say what is so now. Export it anew.")
            : null;
    }
}

using System.Globalization;

namespace MigrationGuard.Retention.Chains;

/// <summary>How moments and lengths of time are said in sentences.</summary>
internal static class Moment
{
    public static string Say(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Say(TimeSpan length) => length.Days == 0
        ? length.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{length.Days} d {length:hh\\:mm\\:ss}");
}

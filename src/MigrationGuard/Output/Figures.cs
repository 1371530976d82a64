using System.Globalization;

namespace MigrationGuard.Output;

/// <summary>Numbers, days and moments as lists show them, whatever the machine's locale.</summary>
internal static class Figures
{
    public static string Of(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Of(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A moment in UTC, to the minute.</summary>
    public static string Of(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A number of days with the word.</summary>
    public static string Days(int days) => days == 1 ? "1 day" : Of(days) + " days";
}

using System.Globalization;

namespace MigrationGuard.Retention.FileStores;

/// <summary>For how long something is kept, counted from when it was made.</summary>
/// <param name="Days">Whole days; null where years say it.</param>
/// <param name="Years">Whole years, of the calendar in UTC; null where days say it.</param>
internal sealed record KeepingPeriod(int? Days, int? Years)
{
    /// <summary>The first moment at which it is to be there no more.</summary>
    public DateTimeOffset End(DateTimeOffset created)
    {
        try
        {
            return Years is { } years ? created.ToUniversalTime().AddYears(years) : created.AddDays(Days ?? 0);
        }
        catch (ArgumentOutOfRangeException)
        {
            return DateTimeOffset.MaxValue;
        }
    }

    public override string ToString() => Years is { } years
        ? string.Create(CultureInfo.InvariantCulture, $"{years} {(years == 1 ? "year" : "years")}")
        : string.Create(CultureInfo.InvariantCulture, $"{Days} {(Days == 1 ? "day" : "days")}");
}

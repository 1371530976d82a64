using System.Globalization;

namespace MigrationGuard.Retention;

/// <summary>For how long something is kept, counted from when it was made or closed: one of days, months and years.</summary>
/// <param name="Days">Whole days.</param>
/// <param name="Months">Whole months, of the calendar in UTC.</param>
/// <param name="Years">Whole years, of the calendar in UTC.</param>
internal sealed record KeepingPeriod(int? Days = null, int? Months = null, int? Years = null)
{
    /// <summary>The first moment at which it is to be there no more.</summary>
    public DateTimeOffset End(DateTimeOffset from)
    {
        var utc = from.ToUniversalTime();
        try
        {
            return Years is { } years ? utc.AddYears(years) : Months is { } months ? utc.AddMonths(months) : utc.AddDays(Days ?? 0);
        }
        catch (ArgumentOutOfRangeException)
        {
            return DateTimeOffset.MaxValue;
        }
    }

    /// <summary>Whether both end at the same moment, whatever they count from: 24 months are 2 years, and 730 days are not.</summary>
    public bool IsAsLongAs(KeepingPeriod other) => AllMonths is { } months ? months == other.AllMonths : other.AllMonths is null && (Days ?? 0) == (other.Days ?? 0);

    private long? AllMonths => Years is { } years ? 12L * years : Months;

    public override string ToString() => Years is { } years ? Counted(years, "year") : Months is { } months ? Counted(months, "month") : Counted(Days ?? 0, "day");

    private static string Counted(int count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
}

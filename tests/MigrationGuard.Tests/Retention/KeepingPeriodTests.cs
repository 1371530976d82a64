using System.Globalization;
using MigrationGuard.Retention;

namespace MigrationGuard.Tests.Retention;

/// <summary>When what is kept for a time is to be there no more, by the calendar.</summary>
public sealed class KeepingPeriodTests
{
    [Theory]
    [InlineData("2024-02-29T10:00:00Z", null, null, 2, "2026-02-28T10:00:00Z", "2 years")]
    [InlineData("2024-02-28T11:00:00Z", null, null, 1, "2025-02-28T11:00:00Z", "1 year")]
    [InlineData("2025-05-31T10:00:00Z", null, 9, null, "2026-02-28T10:00:00Z", "9 months")]
    [InlineData("2025-01-31T10:00:00Z", null, 1, null, "2025-02-28T10:00:00Z", "1 month")]
    [InlineData("2024-02-29T00:00:00Z", 1, null, null, "2024-03-01T00:00:00Z", "1 day")]
    // Of the calendar in UTC, whatever the offset: this was the 31st there.
    [InlineData("2025-02-01T00:30:00+01:00", null, 1, null, "2025-02-28T23:30:00Z", "1 month")]
    [InlineData("9999-06-01T00:00:00Z", null, null, 2, "9999-12-31T23:59:59.9999999Z", "2 years")]
    public void A_period_ends_by_the_calendar(string from, int? days, int? months, int? years, string end, string spelt)
    {
        var period = new KeepingPeriod(days, months, years);
        period.End(DateTimeOffset.Parse(from, CultureInfo.InvariantCulture)).ShouldBe(DateTimeOffset.Parse(end, CultureInfo.InvariantCulture));
        period.ToString().ShouldBe(spelt);
    }
}

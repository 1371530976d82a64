using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Decommissioning.Obligations;

namespace MigrationGuard.Tests.Decommissioning;

public sealed class ObligationCalendarTests
{
    private static readonly DateOnly Earliest = new(2000, 1, 1);

    private static readonly Gen<DateOnly> AnyDay = Gen.Choose(0, 60 * 365).Select(days => Earliest.AddDays(days));

    private static readonly Gen<TimeZoneInfo> AnyZone = Gen.Elements(TimeZoneInfo.GetSystemTimeZones().ToArray());

    [Theory]
    [InlineData("2025-11-30", 1, "2026-02-28")]
    [InlineData("2027-11-30", 1, "2028-02-29")]
    [InlineData("2025-11-30", 2, "2026-05-30")]
    [InlineData("2024-02-29", 4, "2025-02-28")]
    [InlineData("2024-02-29", 16, "2028-02-29")]
    [InlineData("2026-01-31", 1, "2026-04-30")]
    [InlineData("2026-01-31", 2, "2026-07-31")]
    public void Three_months_end_on_the_same_day_or_on_the_last_of_a_shorter_month(string goLive, int number, string due) =>
        ObligationCalendar.DueDay(Day(goLive), 3, number).ShouldBe(Day(due));

    [Fact]
    public void A_due_day_is_in_the_month_counted_and_on_the_first_day_wanted_or_that_months_last() =>
        Prop.ForAll(AnyDay.SelectMany(_ => Gen.Choose(1, 40), (day, number) => (day, number)).ToArbitrary(), item =>
        {
            var due = ObligationCalendar.DueDay(item.day, 3, item.number);
            var months = ((due.Year - item.day.Year) * 12) + due.Month - item.day.Month;
            months.ShouldBe(3 * item.number);
            due.Day.ShouldBe(Math.Min(item.day.Day, DateTime.DaysInMonth(due.Year, due.Month)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_first_number_is_the_first_that_is_not_before_the_day_wanted() =>
        Prop.ForAll(AnyDay.Two().SelectMany(_ => Gen.Choose(1, 24), (days, every) => (From: days.Item1, NotBefore: days.Item2, every)).ToArbitrary(), item =>
        {
            var number = ObligationCalendar.FirstNumber(item.From, item.every, item.NotBefore);
            number.ShouldBeGreaterThanOrEqualTo(1);
            ObligationCalendar.DueDay(item.From, item.every, number).ShouldBeGreaterThanOrEqualTo(item.NotBefore);
            if (number > 1)
                ObligationCalendar.DueDay(item.From, item.every, number - 1).ShouldBeLessThan(item.NotBefore);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("2026-03-29", 1, "Europe/London", "2026-03-29T01:00:00Z")] // Skipped: clocks go from 01:00 to 02:00.
    [InlineData("2026-10-25", 1, "Europe/London", "2026-10-25T00:00:00Z")] // Shown twice: the first.
    [InlineData("2026-10-25", 9, "Europe/London", "2026-10-25T09:00:00Z")]
    [InlineData("2026-07-01", 9, "Europe/London", "2026-07-01T08:00:00Z")]
    [InlineData("2026-10-04", 2, "Australia/Lord_Howe", "2026-10-03T15:30:00Z")] // Half an hour skipped.
    [InlineData("2011-12-30", 9, "Pacific/Apia", "2011-12-30T10:00:00Z")] // A whole day skipped.
    public void An_hour_that_clocks_skip_is_when_they_go_on_and_one_shown_twice_is_the_first(string day, int hour, string zone, string moment) =>
        ObligationCalendar.Moment(Day(day), hour, TimeZoneInfo.FindSystemTimeZoneById(zone))
            .ShouldBe(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void In_any_zone_the_clock_shows_the_hour_or_what_follows_the_gap_and_never_an_earlier_one() =>
        Prop.ForAll(AnyDay.SelectMany(_ => Gen.Choose(0, 23), (day, hour) => (day, hour)).SelectMany(_ => AnyZone, (when, zone) => (when.day, when.hour, zone)).ToArbitrary(), item =>
        {
            var moment = ObligationCalendar.Moment(item.day, item.hour, item.zone);
            var wanted = item.day.ToDateTime(new TimeOnly(item.hour, 0));
            Shown(moment).ShouldBeGreaterThanOrEqualTo(wanted);
            Shown(moment.AddMinutes(-1)).ShouldBeLessThan(wanted);
            if (Shown(moment) != wanted)
                Enumerable.Range(-48 * 60, 96 * 60).Select(minute => Shown(moment.AddMinutes(minute))).ShouldNotContain(wanted);

            DateTime Shown(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, item.zone).DateTime;
        }).QuickCheckThrowOnFailure();

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

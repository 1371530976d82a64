using MigrationGuard.Retention.BackupHistories;

namespace MigrationGuard.Tests.Retention.BackupHistories;

public sealed class RecordedMomentTests
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-20, -300)]
    [InlineData(22, 330)]
    [InlineData(56, 840)]
    public void A_time_zone_counts_quarters_of_an_hour(int units, int minutes) => RecordedMoment.DifferenceOf(units).ShouldBe(TimeSpan.FromMinutes(minutes));

    [Theory]
    [InlineData(127)]
    [InlineData(57)]
    [InlineData(-57)]
    [InlineData(null)]
    public void What_is_no_zone_on_earth_is_not_known(int? units) => RecordedMoment.DifferenceOf(units).ShouldBeNull();

    [Fact]
    public void A_recorded_difference_goes_before_the_configured_zone()
    {
        var moment = RecordedMoment.Of(new DateTime(2026, 10, 25, 1, 30, 0), TimeSpan.Zero, London);
        (moment.Earliest, moment.IsExact).ShouldBe((Utc(25, 1, 30), true));
    }

    [Fact]
    public void The_hour_that_occurs_twice_is_two_moments_and_says_so()
    {
        var moment = RecordedMoment.Of(new DateTime(2026, 10, 25, 1, 30, 0), null, London);
        (moment.Earliest, moment.Latest).ShouldBe((Utc(25, 0, 30), Utc(25, 1, 30)));
        moment.ToString().ShouldBe("2026-10-25 01:30:00 by the server's clock (an hour that occurs twice or not at all as clocks are changed)");
    }

    [Theory]
    [InlineData(0, 59)]
    [InlineData(2, 0)]
    public void The_hours_around_it_are_one_moment_each(int hour, int minute) =>
        RecordedMoment.Of(new DateTime(2026, 10, 25, hour, minute, 0), null, London).IsExact.ShouldBeTrue();

    [Fact]
    public void The_hour_that_does_not_occur_is_not_decided()
    {
        var moment = RecordedMoment.Of(new DateTime(2026, 3, 29, 1, 30, 0), null, London);
        moment.Earliest.ShouldBe(new DateTimeOffset(2026, 3, 29, 0, 30, 0, TimeSpan.Zero));
        moment.Latest.ShouldBe(new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Without_any_zone_it_may_have_been_anywhere_on_earth()
    {
        var moment = RecordedMoment.Of(new DateTime(2026, 10, 20, 12, 0, 0), null, null);
        (moment.Earliest, moment.Latest).ShouldBe((Utc(19, 22, 0), Utc(21, 0, 0)));
        moment.ToString().ShouldContain("whose zone is neither recorded nor configured");
    }

    [Fact]
    public void The_true_moment_is_never_outside()
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var moment = start; moment < start.AddYears(2); moment = moment.AddMinutes(37))
        {
            var local = TimeZoneInfo.ConvertTime(moment, London).DateTime;
            foreach (var recorded in new[] { RecordedMoment.Of(local, null, London), RecordedMoment.Of(local, null, null) })
                moment.ShouldBeInRange(recorded.Earliest, recorded.Latest);
        }
    }

    private static DateTimeOffset Utc(int day, int hour, int minute) => new(2026, 10, day, hour, minute, 0, TimeSpan.Zero);
}

using MigrationGuard.Databases.Values;

namespace MigrationGuard.Tests.Databases;

/// <summary>Readings of a clock that is put forward and back.</summary>
public sealed class ZoneTests
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    [Theory]
    [InlineData("2025-01-15 12:00:00", "2025-01-15 12:00:00Z")]
    [InlineData("2025-07-15 12:00:00", "2025-07-15 11:00:00Z")]
    // The last reading before clocks go forward, and the first after.
    [InlineData("2025-03-30 00:59:59", "2025-03-30 00:59:59Z")]
    [InlineData("2025-03-30 02:00:00", "2025-03-30 01:00:00Z")]
    // The last before the hour that is repeated, and the first after.
    [InlineData("2025-10-26 00:59:59", "2025-10-25 23:59:59Z")]
    [InlineData("2025-10-26 02:00:00", "2025-10-26 02:00:00Z")]
    public void A_reading_is_taken_at_the_offset_of_its_day(string reading, string utc) => Read(reading).ToUtc(London).ShouldBe(Read(utc));

    [Theory]
    [InlineData("2025-10-26 01:00:00")]
    [InlineData("2025-10-26 01:30:00")]
    [InlineData("2025-10-26 01:59:59")]
    public void A_reading_of_the_repeated_hour_names_two_moments(string reading) => Read(reading).ToUtc(London).ShouldBeNull();

    [Fact]
    public void A_reading_of_the_skipped_hour_is_taken_at_the_offset_before() =>
        Read("2025-03-30 01:30:00").ToUtc(London).ShouldBe(Read("2025-03-30 01:30:00Z"));

    [Fact]
    public void A_moment_in_UTC_stays_what_it_is_in_every_zone() =>
        Read("2025-10-26 01:30:00Z").ToUtc(London).ShouldBe(Read("2025-10-26 01:30:00Z"));

    [Theory]
    [InlineData("Pacific/Auckland")]
    [InlineData("America/Los_Angeles")]
    [InlineData("Europe/London")]
    public void A_date_is_the_same_date_in_every_zone(string zone) =>
        Read("2025-10-26").ToUtc(TimeZoneInfo.FindSystemTimeZoneById(zone)).ShouldBe(Read("2025-10-26") with { IsUtc = true });

    [Fact]
    public void The_offset_reaches_the_minute_of_a_smalldatetime() =>
        Read("2025-07-15 12:34:00").Floor(TimeResolution.Minute).ToUtc(London)!.Value.ToString().ShouldBe("2025-07-15T11:34:00Z");

    private static Timestamp Read(string text)
    {
        MomentText.TryRead(text, out var moment).ShouldBeTrue(text);
        return moment;
    }
}

using MigrationGuard.Databases;
using MigrationGuard.Databases.Sqlite;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Tests.Databases;

public sealed class SqliteMomentsTests
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
    private static readonly SqliteMoments Utc = new(TimeZoneInfo.Utc, IntegerTimestamps.UnixSeconds);

    [Fact]
    public void Text_a_julian_day_and_Unix_seconds_name_the_same_moment()
    {
        object[] spellings = ["2025-01-01 12:00:00", "2025-01-01T13:00:00+01:00", 1_735_732_800L, 2_460_677.0];
        spellings.Select(value => Utc.Read(value)!.Value.ToUtc(TimeZoneInfo.Utc)!.Value.Ticks).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void Whole_numbers_count_milliseconds_where_that_is_configured()
    {
        var milliseconds = new SqliteMoments(TimeZoneInfo.Utc, IntegerTimestamps.UnixMilliseconds);
        milliseconds.Read(1_735_732_800_123L)!.Value.ToString().ShouldBe("2025-01-01T12:00:00.123Z");
        milliseconds.Read(1_735_732_800L)!.Value.ToString().ShouldBe("1970-01-21T02:08:52.800Z");
        Utc.Read(1_735_732_800_123L).ShouldBeNull();
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1.0)]
    [InlineData(1e12)]
    public void What_names_no_moment_is_none(object value) => Utc.Read(value).ShouldBeNull();

    [Fact]
    public void Bytes_are_no_moment() => Utc.Read(new byte[] { 1 }).ShouldBeNull();

    [Fact]
    public void The_newest_is_found_among_all_spellings_and_what_is_unreadable_is_counted()
    {
        var newest = Newest(Utc, "2025-01-01", DBNull.Value, "soon", 1_735_732_800L, "2024-12-31 23:59:59.1234", new byte[] { 1 });
        // The step of the finest spelling: a copy of that value would show as many digits.
        newest.Newest!.Value.ToString().ShouldBe("2025-01-01T12:00:00.0000Z");
        newest.Unreadable.ShouldBe(2);
    }

    [Fact]
    public void Dates_alone_have_the_step_of_a_day() =>
        Newest(Utc, "2025-01-01", "2024-01-01").Newest!.Value.Resolution.ShouldBe(TimeResolution.Day);

    [Fact]
    public void Nothing_but_NULL_has_no_newest() => Newest(Utc, DBNull.Value, null).ShouldBe(new NewestMoment(null, 0));

    [Fact]
    public void Text_without_a_zone_is_a_reading_of_the_configured_one()
    {
        var london = new SqliteMoments(London, IntegerTimestamps.UnixSeconds);
        Newest(london, "2025-07-01 12:00:00").Newest!.Value.ToString().ShouldBe("2025-07-01T11:00:00Z");
        Newest(london, "2025-07-01 12:00:00Z").Newest!.Value.ToString().ShouldBe("2025-07-01T12:00:00Z");
        Newest(london, "2025-10-26 01:30:00").Unreadable.ShouldBe(1);
    }

    [Fact]
    public void A_reading_of_the_repeated_hour_matters_only_where_it_is_the_newest()
    {
        var london = new SqliteMoments(London, IntegerTimestamps.UnixSeconds);
        var seen = london.Add(london.Add(default, "2025-10-26 01:30:00"), "2025-11-01 12:00:00");
        SqliteMoments.Decode(london.Encode(seen)).Unreadable.ShouldBe(0);
        var ambiguous = london.Add(london.Add(default, "2025-10-01 12:00:00"), "2025-10-26 01:30:00");
        SqliteMoments.Decode(london.Encode(ambiguous)).Unreadable.ShouldBe(1);
    }

    [Fact]
    public void Only_what_is_later_is_after_a_moment()
    {
        var moment = new DateTime(2025, 1, 1, 12, 0, 0, DateTimeKind.Utc).Ticks;
        Utc.IsAfter("2025-01-01 12:00:00", moment).ShouldBeFalse();
        Utc.IsAfter("2025-01-01 12:00:00.0000001", moment).ShouldBeTrue();
        Utc.IsAfter(DBNull.Value, moment).ShouldBeFalse();
        Utc.IsAfter("soon", moment).ShouldBeFalse();
    }

    private static NewestMoment Newest(SqliteMoments moments, params object?[] values) =>
        SqliteMoments.Decode(moments.Encode(values.Aggregate(default(SqliteMoments.Seen), moments.Add)));
}

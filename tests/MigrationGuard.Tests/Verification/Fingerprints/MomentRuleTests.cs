using MigrationGuard.Databases.Values;
using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.Scans;
using static MigrationGuard.Tests.Verification.Fingerprints.Columns;

namespace MigrationGuard.Tests.Verification.Fingerprints;

public sealed class MomentRuleTests
{
    private static readonly TimeResolution Micro = TimeResolution.Microsecond;
    private static readonly TimeResolution Ticks = TimeResolution.HundredNanoseconds;

    [Fact]
    public void A_target_with_a_finer_step_narrows_nothing()
    {
        foreach (var source in new[] { SmallDatetime, Datetime2 with { Type = Datetime2.Type with { Resolution = TimeResolution.Millisecond } }, PgTimestamp })
        {
            var rule = Compared(source, Datetime2);
            rule.Narrowing.ShouldBeNull();
            rule.DependsOnRounding.ShouldBeFalse();
            rule.ShouldTakeAsSame(Cell.At("2024-03-01T10:05", source.Type.Resolution!.Value), Cell.At("2024-03-01T10:05", Ticks));
            rule.ShouldTellApart(Cell.At("2024-03-01T10:05", source.Type.Resolution!.Value), Cell.At("2024-03-01T10:05:00.0000001", Ticks));
        }
    }

    [Fact]
    public void A_coarser_target_narrows_the_source_as_the_copy_did()
    {
        var source = Cell.At("2024-03-01T10:00:00.1234567", Ticks);
        var (up, down) = (Cell.At("2024-03-01T10:00:00.123457", Micro), Cell.At("2024-03-01T10:00:00.123456", Micro));
        var nearest = Compared(Datetime2, PgTimestamp);
        nearest.Narrowing.ShouldBe("Col: rounded to 1 µs, the target's step");
        nearest.DependsOnRounding.ShouldBeTrue();
        nearest.ShouldTakeAsSame(source, up);
        nearest.ShouldTellApart(source, down);
        var cut = Compared(Datetime2, PgTimestamp, Rounding.Cut);
        cut.Narrowing.ShouldBe("Col: cut to 1 µs, the target's step");
        cut.ShouldTakeAsSame(source, down);
        cut.ShouldTellApart(source, up);
    }

    [Theory]
    [InlineData(1, "2024-03-01T00:00:00.0033333", "2024-03-01T00:00:00.003", "2024-03-01T00:00:00.003333")]
    [InlineData(2, "2024-03-01T00:00:00.0066667", "2024-03-01T00:00:00.007", "2024-03-01T00:00:00.006666")]
    [InlineData(3, "2024-03-01T00:00:00.0100000", "2024-03-01T00:00:00.01", "2024-03-01T00:00:00.010")]
    public void A_count_of_three_hundredths_is_every_decimal_spelling_of_it_and_nothing_else(int count, params string[] spellings)
    {
        var day = new Timestamp(738_945, TimeResolution.Day, IsUtc: false);
        var source = Cell.Moment(new Timestamp((day.Units * 86_400 * 300) + count, TimeResolution.SqlDateTime, IsUtc: false));
        var rule = Compared(Datetime, Datetime2);
        rule.Narrowing.ShouldBe("Col: compared as the source's counts of 1/300 s, which the target holds as decimals, three or more, rounded or cut");
        rule.DependsOnRounding.ShouldBeFalse();
        foreach (var spelling in spellings)
        {
            MomentText.TryRead(spelling, out var moment).ShouldBeTrue();
            rule.ShouldTakeAsSame(source, Cell.At(spelling, Ticks));
            Compared(Datetime, SqliteDatetime).ShouldTakeAsSame(source, Cell.Moment(moment));
            var tick = moment.Round(Ticks);
            rule.ShouldTellApart(source, Cell.Moment(tick with { Units = tick.Units + 2 }));
            rule.ShouldTellApart(source, Cell.Moment(tick with { Units = tick.Units - 2 }));
        }
    }

    [Fact]
    public void A_finer_source_is_rounded_to_three_hundredths()
    {
        var rule = Compared(PgTimestamp, Datetime);
        rule.Narrowing.ShouldBe("Col: rounded to 1/300 s, the target's step");
        rule.DependsOnRounding.ShouldBeFalse();
        rule.ShouldTakeAsSame(Cell.At("2024-03-01T00:00:00.005", Micro), Cell.At("2024-03-01T00:00:00.0066667", TimeResolution.SqlDateTime));
        rule.ShouldTellApart(Cell.At("2024-03-01T00:00:00.005", Micro), Cell.At("2024-03-01T00:00:00.0033333", TimeResolution.SqlDateTime));
        Compared(SmallDatetime, Datetime).Narrowing.ShouldBeNull();
        Compared(SmallDatetime, Datetime).ShouldTakeAsSame(Cell.At("2024-03-01T10:01", TimeResolution.Minute), Cell.At("2024-03-01T10:01", TimeResolution.SqlDateTime));
    }

    [Fact]
    public void Two_columns_of_three_hundredths_are_compared_by_their_counts()
    {
        var rule = Compared(Datetime, Datetime);
        rule.Narrowing.ShouldBeNull();
        rule.ShouldTellApart(Cell.At("2024-03-01T00:00:00.003", TimeResolution.SqlDateTime), Cell.At("2024-03-01T00:00:00.007", TimeResolution.SqlDateTime));
    }

    [Fact]
    public void A_date_is_its_midnight_and_a_target_of_dates_loses_the_time()
    {
        Compared(Date, PgTimestamp).Narrowing.ShouldBeNull();
        Compared(Date, PgTimestamp).ShouldTakeAsSame(Cell.At("2024-03-01", TimeResolution.Day), Cell.At("2024-03-01T00:00", Micro));
        Compared(Date, PgTimestamp).ShouldTellApart(Cell.At("2024-03-01", TimeResolution.Day), Cell.At("2024-03-01T05:00", Micro));
        var rule = Compared(PgTimestamp, Date);
        rule.Narrowing.ShouldBe("Col: compared by the day, as the target holds no time");
        rule.ShouldTakeAsSame(Cell.At("2024-03-01T23:59:59.999999", Micro), Cell.At("2024-03-01", TimeResolution.Day));
        rule.ShouldTellApart(Cell.At("2024-03-02T00:00", Micro), Cell.At("2024-03-01", TimeResolution.Day));
    }

    [Fact]
    public void Readings_of_one_zone_are_compared_as_they_read()
    {
        var (source, target) = (Datetime2 with { Zone = "Europe/Amsterdam" }, PgTimestamp with { Zone = "Europe/Amsterdam" });
        Compared(source, target).Narrowing.ShouldBe("Col: rounded to 1 µs, the target's step");
        Compared(source, target).ShouldTakeAsSame(Cell.At("2024-10-27T02:30", Ticks), Cell.At("2024-10-27T02:30", Micro));
    }

    [Theory]
    [InlineData("2024-07-01T12:00", "2024-07-01T10:00Z")]
    [InlineData("2024-01-01T12:00", "2024-01-01T11:00Z")]
    [InlineData("2024-10-27T02:30", "2024-10-27T00:30Z")]
    [InlineData("2024-10-27T02:30", "2024-10-27T01:30Z")]
    [InlineData("2024-03-31T02:30", "2024-03-31T01:30Z")]
    public void Readings_are_moments_of_their_zone_and_a_repeated_hour_is_one(string reading, string moment)
    {
        var (clock, zoned) = (PgTimestamp with { Zone = "Europe/Amsterdam" }, TimestampTz with { Zone = "America/New_York" });
        var rule = Compared(clock, zoned);
        rule.Narrowing.ShouldBe("Col: the source's readings without a zone are taken to be of Europe/Amsterdam, where an hour that clocks repeat is one, and one that they skip is the hour after it");
        rule.ShouldTakeAsSame(Cell.At(reading, Micro), Cell.At(moment, Micro));
        rule.ShouldTellApart(Cell.At(reading, Micro), Cell.Moment(Read(moment) with { Units = Read(moment).Units + 1 }));
    }

    [Theory]
    [InlineData("2024-10-27T00:30Z", "2024-10-27T02:30")]
    [InlineData("2024-10-27T01:30Z", "2024-10-27T02:30")]
    [InlineData("2024-10-27T02:30Z", "2024-10-27T03:30")]
    public void Moments_become_readings_of_the_target(string moment, string reading)
    {
        var rule = Compared(TimestampTz, PgTimestamp with { Zone = "Europe/Amsterdam" });
        rule.ShouldTakeAsSame(Cell.At(moment, Micro), Cell.At(reading, Micro));
        rule.ShouldTellApart(Cell.At(moment, Micro), Cell.Moment(Read(reading) with { Units = Read(reading).Units - 1 }));
    }

    [Theory]
    [InlineData("UTC", "2024-10-27T00:30", "Europe/Amsterdam", "2024-10-27T02:30")]
    [InlineData("UTC", "2024-10-27T01:30", "Europe/Amsterdam", "2024-10-27T02:30")]
    [InlineData("Europe/Amsterdam", "2024-10-27T02:30", "UTC", "2024-10-27T00:30")]
    [InlineData("Europe/Amsterdam", "2024-10-27T02:30", "UTC", "2024-10-27T01:30")]
    [InlineData("Europe/Amsterdam", "2024-10-27T02:30", "America/New_York", "2024-10-26T20:30")]
    [InlineData("Europe/Amsterdam", "2024-10-27T02:30", "America/New_York", "2024-10-26T21:30")]
    [InlineData("America/New_York", "2024-11-03T01:30", "Europe/Amsterdam", "2024-11-03T06:30")]
    [InlineData("America/New_York", "2024-11-03T01:30", "Europe/Amsterdam", "2024-11-03T07:30")]
    [InlineData("Europe/Amsterdam", "2024-10-27T02:30", "Europe/London", "2024-10-27T01:30")]
    public void Two_clocks_agree_wherever_a_moment_has_both_readings(string sourceZone, string source, string targetZone, string target)
    {
        var rule = Compared(PgTimestamp with { Zone = sourceZone }, PgTimestamp with { Zone = targetZone });
        rule.ShouldTakeAsSame(Cell.At(source, Micro), Cell.At(target, Micro));
        rule.ShouldTellApart(Cell.At(source, Micro), Cell.Moment(Read(target) with { Units = Read(target).Units + 1 }));
    }

    [Fact]
    public void Offsets_are_compared_between_two_columns_that_keep_them_and_else_left_out()
    {
        var both = Compared(DatetimeOffset, DatetimeOffset);
        both.Narrowing.ShouldBeNull();
        both.ShouldTakeAsSame(Cell.WithOffset("2024-03-01T10:00Z", 60), Cell.WithOffset("2024-03-01T10:00Z", 60));
        both.ShouldTellApart(Cell.WithOffset("2024-03-01T10:00Z", 60), Cell.WithOffset("2024-03-01T10:00Z", 0));
        both.ShouldTellApart(Cell.WithOffset("2024-03-01T10:00Z", 60), Cell.WithOffset("2024-03-01T10:00:00.0000001Z", 60));
        var one = Compared(DatetimeOffset, TimestampTz);
        one.Narrowing.ShouldBe("Col: rounded to 1 µs, the target's step; the source's offsets from UTC are left out, as the other side keeps none");
        one.ShouldTakeAsSame(Cell.WithOffset("2024-03-01T10:00Z", 60), Cell.At("2024-03-01T10:00Z", Micro));
    }

    [Fact]
    public void Infinite_and_far_moments_are_like_themselves_alone()
    {
        var (infinity, far) = (new Timestamp(long.MaxValue, Micro, IsUtc: true), new Timestamp(9_000_000_000_000_000_000, Micro, IsUtc: true));
        var rule = Compared(TimestampTz, PgTimestamp with { Zone = "Europe/Amsterdam" });
        rule.ShouldTakeAsSame(Cell.Moment(infinity), Cell.Moment(infinity with { IsUtc = false }));
        rule.ShouldTellApart(Cell.Moment(infinity), Cell.Moment(far with { IsUtc = false }));
        foreach (var target in new[] { Datetime, Date, SmallDatetime, Datetime2, SqliteDatetime })
            Compared(TimestampTz, target).Encoded(Side.Source, Cell.Moment(infinity)).ShouldNotBeEmpty();
    }

    [Fact]
    public void Infinity_is_infinity_in_every_step()
    {
        var seconds = PgTimestamp with { Type = PgTimestamp.Type with { Resolution = TimeResolution.Second } };
        var (infinity, never) = (new Timestamp(long.MaxValue, Micro, IsUtc: false), new Timestamp(long.MinValue, Micro, IsUtc: false));
        foreach (var source in new[] { PgTimestamp, TimestampTz })
        {
            var isUtc = source == TimestampTz;
            foreach (var target in new[] { seconds, Date, seconds with { Zone = "Europe/Amsterdam" } })
            {
                foreach (var rounding in new[] { Rounding.Nearest, Rounding.Cut })
                {
                    var rule = Compared(source, target, rounding);
                    rule.ShouldTakeAsSame(Cell.Moment(infinity with { IsUtc = isUtc }), Cell.Moment(infinity));
                    rule.ShouldTakeAsSame(Cell.Moment(never with { IsUtc = isUtc }), Cell.Moment(never));
                    rule.ShouldTellApart(Cell.Moment(infinity with { IsUtc = isUtc }), Cell.Moment(never));
                    rule.ShouldTellApart(Cell.Moment(infinity with { IsUtc = isUtc }), Cell.At("9999-12-31", TimeResolution.Day));
                    rule.ShouldTellApart(Cell.Moment(infinity with { IsUtc = isUtc }), Cell.Moment(infinity with { Units = long.MaxValue / 1_000_000, Resolution = TimeResolution.Second }));
                    rule.ShouldTellApart(Cell.Moment(infinity with { IsUtc = isUtc }), Cell.Null);
                }
            }
        }
    }

    [Fact]
    public void What_names_no_moment_differs_from_all_that_do_and_from_other_text()
    {
        var rule = Compared(SqliteDatetime, PgTimestamp);
        rule.Narrowing.ShouldBe("Col: rounded to 1 µs, the target's step; the source's readings without a zone are taken to be of UTC; values of the source are compared to 100 ns as what they name, however they are spelt, julian days to the millisecond");
        rule.ShouldTakeAsSame(Cell.At("2024-03-01T10:00Z", TimeResolution.Second), Cell.At("2024-03-01T10:00", Micro));
        rule.ShouldTellApart(Cell.Utf8("2024-02-30"), Cell.At("2024-02-29", Micro));
        rule.ShouldTellApart(Cell.Utf8(""), Cell.Null);
        rule.ShouldTellApart(Cell.Utf8("a"), Cell.Utf8("b"));
    }

    [Fact]
    public void Times_of_day_are_compared_in_the_target_s_step()
    {
        Compared(Time6, Time7).Narrowing.ShouldBeNull();
        Compared(Time6, Time7).ShouldTellApart(Cell.Time("10:00:00"), Cell.Time("10:00:00.0000001"));
        var rule = Compared(Time7, Time6);
        rule.Narrowing.ShouldBe("Col: rounded to 1 µs, the target's step");
        rule.ShouldTakeAsSame(Cell.Time("10:00:00.0000005"), Cell.Time("10:00:00.000001"));
        Compared(Time7, Time6, Rounding.Cut).ShouldTakeAsSame(Cell.Time("10:00:00.0000005"), Cell.Time("10:00:00"));
        Compared(Time6, Time6).ShouldTellApart(Cell.Time(TimeSpan.TicksPerDay), Cell.Time(0));
        Compared(Time6, SqliteText).ShouldTakeAsSame(Cell.Time("10:00:00.5"), Cell.Utf8("10:00:00.500"));
        Compared(Time6, SqliteText).ShouldTellApart(Cell.Time("10:00:00"), Cell.Utf8("10 o'clock"));
    }

    private static Timestamp Read(string text) => MomentText.TryRead(text, out var moment) ? moment.Round(Micro) : throw new ArgumentException(text, nameof(text));
}

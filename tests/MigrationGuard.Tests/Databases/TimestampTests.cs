using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Tests.Databases;

public sealed class TimestampTests
{
    private static readonly TimeResolution[] FineToCoarse =
    [
        TimeResolution.HundredNanoseconds, TimeResolution.Microsecond, TimeResolution.Fraction(5), TimeResolution.Fraction(4), TimeResolution.Millisecond,
        TimeResolution.SqlDateTime, TimeResolution.Fraction(2), TimeResolution.Fraction(1), TimeResolution.Second, TimeResolution.Minute, TimeResolution.Day,
    ];

    private static readonly Gen<TimeResolution> AnyResolution = Gen.Elements(FineToCoarse);

    // Within ten minutes of a day's beginning in 2025, to the 100 ns, so that every resolution has neighbours.
    private static readonly Gen<Timestamp> AnyMoment = Gen.Choose(0, int.MaxValue).Two()
        .Select(parts => new DateTime(2025, 3, 1, 0, 0, 0, DateTimeKind.Unspecified).AddDays(parts.Item1 % 300).Ticks + ((long)parts.Item2 * 3))
        .SelectMany(_ => AnyResolution, (ticks, resolution) => Timestamp.FromTicks(ticks, resolution, isUtc: false));

    [Fact]
    public void Resolutions_are_ordered_from_fine_to_coarse()
    {
        FineToCoarse.Order().ShouldBe(FineToCoarse);
        FineToCoarse.Distinct().Count().ShouldBe(FineToCoarse.Length);
        foreach (var (fine, coarse) in FineToCoarse.Zip(FineToCoarse.Skip(1)))
        {
            (fine < coarse).ShouldBeTrue();
            TimeResolution.Coarser(fine, coarse).ShouldBe(coarse);
            TimeResolution.Coarser(coarse, fine).ShouldBe(coarse);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(8)]
    public void A_fraction_no_engine_has_is_refused(int decimals) =>
        Should.Throw<ArgumentOutOfRangeException>(() => TimeResolution.Fraction(decimals));

    [Fact]
    public void The_floor_is_the_last_value_that_is_not_after() => ForAll((moment, resolution) =>
    {
        var floor = moment.Floor(resolution);
        Timestamp.CompareExactly(floor, moment).ShouldBeLessThanOrEqualTo(0);
        Timestamp.CompareExactly(floor with { Units = floor.Units + 1 }, moment).ShouldBeGreaterThan(0);
    });

    [Fact]
    public void Rounding_is_to_the_floor_or_the_next_value_whichever_is_nearer() => ForAll((moment, resolution) =>
    {
        var (floor, rounded) = (moment.Floor(resolution), moment.Round(resolution));
        (rounded.Units - floor.Units).ShouldBeInRange(0, 1);
        // Twice the distance in the fine resolution against one step of the coarse one.
        var middle = new Timestamp((2 * floor.Units) + 1, resolution with { UnitsPerSecond = 2 * resolution.UnitsPerSecond }, IsUtc: false);
        (Timestamp.CompareExactly(moment, middle) >= 0).ShouldBe(rounded.Units > floor.Units);
    });

    [Fact]
    public void A_value_rounded_or_cut_to_its_own_resolution_is_itself() => ForAll((moment, _) =>
    {
        moment.Floor(moment.Resolution).ShouldBe(moment);
        moment.Round(moment.Resolution).ShouldBe(moment);
    });

    [Fact]
    public void A_rounded_copy_and_a_cut_copy_are_the_same_and_no_other_is() => ForAll((moment, resolution) =>
    {
        if (resolution <= moment.Resolution)
            return;
        var (floor, rounded) = (moment.Floor(resolution), moment.Round(resolution));
        Timestamp.SameAtCoarser(moment, rounded).ShouldBeTrue();
        Timestamp.SameAtCoarser(rounded, moment).ShouldBeTrue();
        Timestamp.SameAtCoarser(moment, floor).ShouldBe(resolution != TimeResolution.SqlDateTime || floor == rounded);
        Timestamp.SameAtCoarser(moment, floor with { Units = floor.Units - 1 }).ShouldBeFalse();
        Timestamp.SameAtCoarser(moment, rounded with { Units = rounded.Units + 1 }).ShouldBeFalse();
    });

    [Theory]
    [InlineData(0)]
    [InlineData(TimeSpan.TicksPerSecond)]
    public void At_one_resolution_only_the_same_value_is_the_same(long difference)
    {
        var moment = Timestamp.FromTicks(TimeSpan.TicksPerDay * 700_000, TimeResolution.Second, isUtc: true);
        var other = Timestamp.FromTicks((TimeSpan.TicksPerDay * 700_000) + difference, TimeResolution.Second, isUtc: true);
        Timestamp.SameAtCoarser(moment, other).ShouldBe(difference == 0);
    }

    // Compatibility level 120 widens a datetime's thirds to .0030000 and .0070000, level 130 to .0033333 and .0066667.
    [Theory]
    [InlineData(1, "2025-03-01 10:00:00.0030000")]
    [InlineData(1, "2025-03-01 10:00:00.0033333")]
    [InlineData(1, "2025-03-01 10:00:00.003333")]
    [InlineData(1, "2025-03-01 10:00:00.003")]
    [InlineData(2, "2025-03-01 10:00:00.0070000")]
    [InlineData(2, "2025-03-01 10:00:00.0066667")]
    [InlineData(299, "2025-03-01 10:00:00.9970000")]
    [InlineData(299, "2025-03-01 10:00:00.9966667")]
    public void A_copy_of_a_datetime_is_the_same_whichever_level_made_it_and_its_neighbours_are_not(int ticks, string copy)
    {
        var second = new DateTime(2025, 3, 1, 10, 0, 0, DateTimeKind.Unspecified).Ticks / TimeSpan.TicksPerSecond;
        var original = new Timestamp((second * 300) + ticks, TimeResolution.SqlDateTime, IsUtc: false);
        MomentText.TryRead(copy, out var read).ShouldBeTrue();
        Timestamp.SameAtCoarser(original, read).ShouldBeTrue();
        Timestamp.SameAtCoarser(original with { Units = original.Units + 1 }, read).ShouldBeFalse();
        Timestamp.SameAtCoarser(original with { Units = original.Units - 1 }, read).ShouldBeFalse();
    }

    [Theory]
    [InlineData("2025-03-01", "2025-03-01")]
    [InlineData("2025-03-01 10:00", "2025-03-01T10:00:00")]
    [InlineData("2025-03-01 10:00:00.500Z", "2025-03-01T10:00:00.500Z")]
    public void A_moment_is_written_with_the_digits_it_has(string text, string written)
    {
        MomentText.TryRead(text, out var moment).ShouldBeTrue();
        moment.ToString().ShouldBe(written);
    }

    private static void ForAll(Action<Timestamp, TimeResolution> law) =>
        Prop.ForAll(AnyMoment.SelectMany(_ => AnyResolution, (moment, resolution) => (moment, resolution)).ToArbitrary(), pair => law(pair.moment, pair.resolution))
            .QuickCheckThrowOnFailure();
}

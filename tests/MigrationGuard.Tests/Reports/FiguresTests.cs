using System.Globalization;
using MigrationGuard.Evidence.Reports;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Tests.Reports;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(1_234_567, "1,234,567")]
    [InlineData(-1_000, "\u22121,000")]
    [InlineData(long.MinValue, "\u22129,223,372,036,854,775,808")]
    public void Counts_have_thousands_separators_in_every_culture(long number, string spelt)
    {
        using var _ = new Culture("de-DE");

        Figures.Count(number).ShouldBe(spelt);
        Figures.Measured(new Scalar(number)).ShouldBe(spelt);
    }

    [Fact]
    public void A_decimal_keeps_its_decimals()
    {
        Figures.Measured(new Scalar(12345.25m)).ShouldBe("12,345.25");
        Figures.Measured(new Scalar(-0.25m)).ShouldBe("\u22120.25");
    }

    [Theory]
    [InlineData("2026-03-06T18:00:00Z", "2026-03-06T17:58:30Z", "1 min 30 s earlier")]
    [InlineData("2026-03-06T18:00:00", "2026-03-08T19:00:00", "2 d 1 h later")]
    [InlineData("2026-03-06", "2026-03-06", "none")]
    [InlineData("2026-03-06T18:00:00.5Z", "2026-03-06T18:00:00.503Z", "0.003 s later")]
    [InlineData("2026-03-06T18:00:00Z", "2026-03-06T18:00:00", "differs")]
    [InlineData("2026-03-06T18:00:00Z", null, "differs")]
    [InlineData("old", "new", "differs")]
    public void Moments_are_set_apart_only_when_both_say_the_same_of_their_zone(string? source, string? target, string difference)
    {
        Figures.Difference(new Scalar(source), new Scalar(target)).ShouldBe(difference);
    }

    [Fact]
    public void A_difference_is_the_target_less_the_source()
    {
        Figures.Difference(new Scalar(1_003), new Scalar(3)).ShouldBe("\u22121,000");
        Figures.Difference(new Scalar(1), new Scalar(1.5m)).ShouldBe("+0.5");
        Figures.Difference(new Scalar(3), new Scalar(3)).ShouldBe("0");
        Figures.Difference(new Scalar(3), null).ShouldBe("");
    }

    [Fact]
    public void A_moment_is_given_in_UTC()
    {
        Figures.Moment(new DateTimeOffset(2026, 3, 7, 0, 30, 0, TimeSpan.FromHours(1))).ShouldBe("2026-03-06T23:30:00Z");
    }

    /// <summary>Another culture until disposed of.</summary>
    private sealed class Culture : IDisposable
    {
        private readonly CultureInfo _before = Thread.CurrentThread.CurrentCulture;

        public Culture(string name) => Thread.CurrentThread.CurrentCulture = CultureInfo.GetCultureInfo(name);

        public void Dispose() => Thread.CurrentThread.CurrentCulture = _before;
    }
}

using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Runs.Joined;
using MigrationGuard.Schedule;

namespace MigrationGuard.Tests.Schedule;

/// <summary>When schedules fall due, and how limits are shared out.</summary>
public sealed class DueTimesTests
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    [Theory]
    [InlineData("2026-03-02T01:59:59.9999999Z", null)]
    [InlineData("2026-03-02T02:00:00Z", "2026-03-02T02:00:00Z")]
    [InlineData("2026-03-02T02:00:00.5Z", "2026-03-02T02:00:00Z")]
    [InlineData("2026-03-09T12:00:00Z", "2026-03-09T02:00:00Z")]
    public void The_newest_time_that_has_come_is_due(string now, string? due) =>
        DueTimes.Newest("0 0 2 * * ?", London, Moment("2026-03-01T12:00:00Z"), Moment(now)).ShouldBe(due is null ? null : Moment(due));

    [Theory]
    [InlineData("2026-03-02T02:00:00Z")]
    [InlineData("2026-03-02T03:00:00Z")]
    public void What_was_run_for_is_not_due_again(string since) =>
        DueTimes.Newest("0 0 2 * * ?", London, Moment(since), Moment("2026-03-02T12:00:00Z")).ShouldBeNull();

    [Fact]
    public void In_summer_two_in_London_is_one_in_UTC() =>
        DueTimes.Newest("0 0 2 * * ?", London, Moment("2026-06-01T12:00:00Z"), Moment("2026-06-02T12:00:00Z")).ShouldBe(Moment("2026-06-02T01:00:00Z"));

    [Fact]
    public void Shares_of_all_workers_add_up_to_the_limit_and_differ_by_one_at_most()
    {
        var property = Prop.ForAll(Gen.Choose(1, 50).SelectMany(_ => Gen.Choose(0, 1000), (workers, limit) => (workers, limit)).ToArbitrary(), scenario =>
        {
            var shares = Enumerable.Range(0, scenario.workers).Select(rank => new Share(scenario.workers, rank).Of(scenario.limit)).ToList();
            shares.Sum().ShouldBe(scenario.limit);
            (shares.Max() - shares.Min()).ShouldBeLessThanOrEqualTo(1);
            shares.ShouldBe(shares.OrderDescending());
        });
        Check.One(Config.QuickThrowOnFailure, property);
    }

    [Fact]
    public void Nobody_who_shares_loses_when_another_leaves()
    {
        var property = Prop.ForAll(Gen.Choose(2, 20).SelectMany(workers => Gen.Choose(0, workers - 1), (workers, gone) => (workers, gone)).SelectMany(_ => Gen.Choose(0, 100), (who, limit) => (who.workers, who.gone, limit)).ToArbitrary(), scenario =>
        {
            for (var rank = 0; rank < scenario.workers - 1; rank++)
            {
                var before = new Share(scenario.workers, rank < scenario.gone ? rank : rank + 1).Of(scenario.limit);
                new Share(scenario.workers - 1, rank).Of(scenario.limit).ShouldBeGreaterThanOrEqualTo(before);
            }
        });
        Check.One(Config.QuickThrowOnFailure, property);
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

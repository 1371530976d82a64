using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.Chains;
using static MigrationGuard.Tests.Retention.Chains.Made;

namespace MigrationGuard.Tests.Retention.Chains;

/// <summary>Log back-ups each hour from 01:00 of the first day to 00:00 of the third, looked at half an hour later.</summary>
public sealed class LogCalendarTests
{
    private const int HoursBefore = 32 * 24;

    private static readonly DateTimeOffset Now = At(48, 30);

    private static readonly TimeSpan Allowed = TimeSpan.FromMinutes(75);

    [Fact]
    public void Every_hour_of_an_unbroken_chain_is_covered_and_what_is_before_or_may_still_come_is_not_known()
    {
        var calendar = Calendar(_ => true);
        calendar.First.ShouldBe(new DateOnly(2025, 12, 4));
        calendar.States.ShouldBe(new string('?', HoursBefore + 1) + new string('+', 47) + "?");
    }

    [Fact]
    public void A_missing_log_back_up_leaves_the_hours_on_both_sides_of_it_missing_and_no_others()
    {
        var calendar = Calendar(hour => hour != 20);
        Missing(calendar).ShouldBe([19, 20]);
        calendar.States.Count(state => state == HourCoverage.Covered).ShouldBe(45);
    }

    [Fact]
    public void A_log_back_up_that_was_cut_off_is_as_good_as_none() =>
        Missing(LogCalendar.Of(Chain(Logs(_ => true).Select(file => file.Header.Started == At(20) ? file with { IsComplete = false } : file)), Allowed, isWhole: true, Now)).ShouldBe([19, 20]);

    [Fact]
    public void Back_ups_that_stopped_are_missing_from_the_last_one_on_until_the_next_may_still_come()
    {
        var calendar = Calendar(hour => hour <= 40);
        Missing(calendar).ShouldBe([40, 41, 42, 43, 44, 45, 46]);
        calendar.States.ShouldEndWith("??");
    }

    [Fact]
    public void Hours_between_back_ups_four_hours_apart_are_covered() =>
        Missing(LogCalendar.Of(Chain(Enumerable.Range(1, 12).Select(number => Log(At((number - 1) * 4), At(number * 4)))), TimeSpan.FromHours(4), isWhole: true, Now)).ShouldBeEmpty();

    [Fact]
    public void What_may_lie_where_nobody_could_look_is_not_known_rather_than_missing()
    {
        var calendar = LogCalendar.Of(Chain(Logs(hour => hour != 20)), Allowed, isWhole: false, Now);
        Missing(calendar).ShouldBeEmpty();
        calendar.States.Count(state => state == HourCoverage.Covered).ShouldBe(45);
    }

    [Fact]
    public void Without_back_ups_no_hour_is_known() =>
        LogCalendar.Of(null, Allowed, isWhole: true, Now).States.ShouldBe(new string('?', HoursBefore + 49));

    private static HourCoverage Calendar(Func<int, bool> isThere) => LogCalendar.Of(Chain(Logs(isThere)), Allowed, isWhole: true, Now);

    private static IEnumerable<BackupFile> Logs(Func<int, bool> isThere) => Enumerable.Range(1, 48).Where(isThere).Select(hour => Log(At(hour - 1), At(hour)));

    private static DatabaseChain Chain(IEnumerable<BackupFile> logs) => BackupChains.Of([Full(At(0, 10)), .. logs], new ChainRules { Window = TimeSpan.Zero }, Now).Single();

    private static IEnumerable<int> Missing(HourCoverage calendar) =>
        calendar.States.Index().Where(hour => hour.Item == HourCoverage.Missing).Select(hour => hour.Index - HoursBefore);
}

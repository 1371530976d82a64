using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Runs;

namespace MigrationGuard.Tests.Runs;

/// <summary>When a run would finish, by an earlier one.</summary>
public sealed class ForecastTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 7, 1, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset WindowEnds = Now.AddHours(5);

    [Fact]
    public void Twice_the_rows_take_twice_the_time()
    {
        var forecast = Of(Earlier(600, ("contact", 1000, 600)), ("crm / contact", 2000));
        forecast.At(Now).ShouldBe(Now.AddSeconds(1200));
        forecast.Sentence(Now).ShouldBe("would finish at 01:20, window ends 06:00 (UTC)");
    }

    [Fact]
    public void Tables_that_were_read_beside_each_other_are_again()
    {
        var earlier = Earlier(500, ("a", 1000, 400), ("b", 1000, 400), ("c", 1000, 200));
        Of(earlier, ("crm / a", 1000), ("crm / b", 1000), ("crm / c", 1000)).At(Now).ShouldBe(Now.AddSeconds(500));
        Of(earlier, ("crm / a", 1000)).At(Now).ShouldBe(Now.AddSeconds(400), "One table alone takes no less than it takes.");
    }

    [Fact]
    public void A_table_that_was_not_there_is_expected_to_take_what_rows_took_on_average()
    {
        Of(Earlier(600, ("contact", 1000, 600)), ("crm / new", 500)).At(Now).ShouldBe(Now.AddSeconds(300));
        Of(Earlier(600, ("contact", 1000, 600)), ("crm / query:orphans", 0)).At(Now).ShouldBe(Now.AddSeconds(600));
    }

    [Fact]
    public void What_is_finished_counts_no_more_and_corrects_what_is_left_by_how_fast_it_was()
    {
        var forecast = Of(Earlier(200, ("a", 1000, 100), ("b", 1000, 100)), ("crm / a", 1000), ("crm / b", 1000));
        forecast.Started("crm / a", Now);
        forecast.At(Now.AddSeconds(40)).ShouldBe(Now.AddSeconds(200), "What is under way has its time behind it.");
        forecast.Finished("crm / a", Now.AddSeconds(300));
        forecast.At(Now.AddSeconds(300)).ShouldBe(Now.AddSeconds(600));
        forecast.Finished("crm / b", Now.AddSeconds(400));
        forecast.At(Now.AddSeconds(400)).ShouldBe(Now.AddSeconds(400));
    }

    [Fact]
    public void Moments_a_day_away_are_given_with_their_day() =>
        Of(Earlier(600, ("contact", 1, 90_000)), ("crm / contact", 1)).Sentence(Now).ShouldBe("would finish at 2026-03-08 02:00, window ends 06:00 (UTC)");

    [Fact]
    public void An_earlier_run_that_took_no_time_forecasts_nothing_absurd() =>
        Of(Earlier(0, ("contact", 1000, 0)), ("crm / contact", long.MaxValue)).At(Now).ShouldBe(Now);

    [Fact]
    public void An_earlier_run_that_read_nothing_forecasts_nothing() =>
        Forecast.Of(Earlier(0), [("crm / contact", 1000)], comparesRows: false, WindowEnds).ShouldBeNull();

    [Fact]
    public void A_table_that_was_not_read_to_its_end_is_expected_to_take_what_the_others_rows_took()
    {
        var earlier = Earlier(100, ("account", 1000, 100));
        earlier = earlier with { Results = [.. earlier.Results, Result(("contact", 0, 0), CheckNames.RecordCount) with { Outcome = new CheckOutcome.NotChecked("The window ended.") }] };
        Of(earlier, ("crm / contact", 9000)).At(Now).ShouldBe(Now.AddSeconds(900));
    }

    [Fact]
    public void A_run_that_only_counted_does_not_forecast_one_that_compares_rows()
    {
        var counted = Earlier(100, ("contact", 1000, 100));
        var compared = counted with { Results = [.. counted.Results, Result(("contact", 0, 100), CheckNames.Fingerprint)] };
        Forecast.Of(counted, [("crm / contact", 1000)], comparesRows: true, WindowEnds).ShouldBeNull();
        Forecast.Of(compared, [("crm / contact", 1000)], comparesRows: true, WindowEnds)!.At(Now).ShouldBe(Now.AddSeconds(100));
    }

    private static Forecast Of(RunDocument earlier, params (string Name, long Rows)[] readings) =>
        Forecast.Of(earlier, readings, comparesRows: false, WindowEnds).ShouldNotBeNull();

    private static RunDocument Earlier(double seconds, params (string Entity, long Rows, double Seconds)[] readings) => new()
    {
        Run = "20260301-010000-aaaaaa",
        Started = Now.AddDays(-7),
        Finished = Now.AddDays(-7).AddSeconds(seconds),
        Results = [.. readings.SelectMany(reading => new[] { CheckNames.RecordCount, CheckNames.LastTimestamp }, Result)],
    };

    // All checks of a table share one reading, and so its time.
    private static CheckResult Result((string Entity, long Rows, double Seconds) reading, string check) => new()
    {
        Comparison = "crm",
        Entity = reading.Entity,
        Check = check,
        Outcome = new CheckOutcome.Match(),
        Source = check == CheckNames.RecordCount ? new Dictionary<string, Scalar> { ["rows"] = new(reading.Rows) } : null,
        Seconds = reading.Seconds,
    };
}

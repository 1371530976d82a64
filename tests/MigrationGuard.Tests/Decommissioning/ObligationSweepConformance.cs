using MigrationGuard.Databases;
using MigrationGuard.Decommissioning.Obligations;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Decommissioning;

public sealed class ObligationSweepConformance
{
    private static readonly DateOnly GoLive = new(2026, 3, 1);

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Every_step_of_a_review_is_written_at_its_moment_and_not_a_second_before(Provider engine)
    {
        await using var test = await TestDecommissioning.CreateAsync(engine, SetClock.At(2026, 3, 1));
        var series = test.Series(TestDecommissioning.Asset("old-db", GoLive));
        (string Step, DateTimeOffset At)[] steps =
        [
            ("before-14", Utc(2026, 5, 18, 8)), ("before-3", Utc(2026, 5, 29, 8)), ("on-the-day", Utc(2026, 6, 1, 8)),
            ("after-7", Utc(2026, 6, 8, 8)), ("after-14", Utc(2026, 6, 15, 8)),
        ];
        foreach (var (step, at) in steps)
        {
            test.Clock.Now = at.AddTicks(-1);
            (await test.SweepAsync(series)).Steps.ShouldBe(0);
            test.Clock.Now = at;
            (await test.SweepAsync(series)).Steps.ShouldBe(1);
            (await test.NotificationsAsync())[^1].ShouldBe("deletion-review.old-db.1." + step);
        }
        await test.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task What_was_missed_is_caught_up_once_and_in_order(Provider engine)
    {
        await using var test = await TestDecommissioning.CreateAsync(engine, SetClock.At(2026, 3, 1));
        var series = test.Series(TestDecommissioning.Asset("old-db", GoLive));
        await test.SweepAsync(series);
        test.Clock.Now = Utc(2026, 9, 1, 12);
        (await test.SweepAsync(series)).Steps.ShouldBe(8);
        (await test.SweepAsync(series)).Steps.ShouldBe(0);
        (await test.NotificationsAsync()).ShouldBe(
        [
            .. new[] { "before-14", "before-3", "on-the-day", "after-7", "after-14" }.Select(step => "deletion-review.old-db.1." + step),
            .. new[] { "before-14", "before-3", "on-the-day" }.Select(step => "deletion-review.old-db.2." + step),
        ]);
        await test.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Several_that_sweep_at_once_write_each_step_once(Provider engine)
    {
        await using var test = await TestDecommissioning.CreateAsync(engine, SetClock.At(2026, 3, 1));
        var series = Enumerable.Range(0, 20).Select(i => test.Series(TestDecommissioning.Asset("asset-" + i, GoLive))).ToArray();
        await test.SweepAsync(series);
        test.Clock.Now = Utc(2026, 9, 1, 12);
        var stores = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => test.Ledger.OpenAsync()));
        var outcomes = await Task.WhenAll(stores.Select(store => test.SweepAsync(store, series)));
        outcomes.Sum(outcome => outcome.Steps).ShouldBe(20 * 8);
        (await test.NotificationsAsync()).Distinct().Count().ShouldBe(20 * 8);
        await test.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_clock_set_back_writes_nothing_twice_and_nothing_early(Provider engine)
    {
        await using var test = await TestDecommissioning.CreateAsync(engine, SetClock.At(2026, 3, 1));
        var series = test.Series(TestDecommissioning.Asset("old-db", GoLive));
        test.Clock.Now = Utc(2026, 6, 1, 12);
        await test.SweepAsync(series);
        var before = await test.NotificationsAsync();
        test.Clock.Now = Utc(2026, 4, 1, 12);
        (await test.SweepAsync(series)).ShouldBe(new SweepOutcome(0, 0, 0));
        test.Clock.Now = Utc(2026, 6, 1, 12);
        (await test.SweepAsync(series)).ShouldBe(new SweepOutcome(0, 0, 0));
        (await test.NotificationsAsync()).ShouldBe(before);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_go_live_that_moves_moves_the_open_review_and_tells_the_owner(Provider engine)
    {
        await using var test = await TestDecommissioning.CreateAsync(engine, SetClock.At(2026, 3, 1));
        var asset = TestDecommissioning.Asset("old-db", GoLive);
        await test.SweepAsync(test.Series(asset));
        test.Clock.Now = Utc(2026, 5, 20, 12);
        await test.SweepAsync(test.Series(asset));
        (await test.SweepAsync(test.Series(asset with { GoLive = GoLive.AddDays(10) }))).ShouldBe(new SweepOutcome(0, 1, 0));
        (await test.SweepAsync(test.Series(asset with { GoLive = GoLive.AddDays(10) }))).ShouldBe(new SweepOutcome(0, 0, 0));
        (await test.NotificationsAsync()).ShouldBe(["deletion-review.old-db.1.before-14", "deletion-review.old-db.1.moved-1"]);
        var model = await test.ModelAsync("deletion-review.old-db.1.moved-1");
        ((string?)model["dueOn"], (string?)model["previousDueOn"], (int)model["sequence"]!).ShouldBe(("2026-06-11", "2026-06-01", 1));
        test.Clock.Now = Utc(2026, 6, 8, 12);
        (await test.SweepAsync(test.Series(asset with { GoLive = GoLive.AddDays(10) }))).Steps.ShouldBe(2, "The new day has all its reminders, also those that the old one had.");
        (await test.NotificationsAsync())[^1].ShouldBe("deletion-review.old-db.1.before-3-moved-1");
        await test.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task What_is_no_longer_configured_is_withdrawn_and_its_owner_told(Provider engine)
    {
        await using var test = await TestDecommissioning.CreateAsync(engine, SetClock.At(2026, 1, 31));
        var monthly = TestDecommissioning.Monthly(new DateOnly(2026, 1, 31));
        await test.SweepAsync(monthly);
        test.Clock.Now = Utc(2026, 2, 28, 12);
        (await test.SweepAsync(monthly)).Steps.ShouldBe(3);
        (await test.SweepAsync()).Withdrawn.ShouldBe(0, "It may have been a mistake.");
        test.Clock.Now = Utc(2026, 3, 7, 12).AddSeconds(-1);
        (await test.SweepAsync()).Withdrawn.ShouldBe(0);
        test.Clock.Now = Utc(2026, 3, 7, 12);
        (await test.SweepAsync()).Withdrawn.ShouldBe(1);
        (await test.SweepAsync()).Withdrawn.ShouldBe(0);
        (await test.NotificationsAsync())[^1].ShouldBe("audit-log-review.1.withdrawn");
        await test.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task What_is_put_back_soon_goes_on_as_if_nothing_had_been(Provider engine)
    {
        await using var test = await TestDecommissioning.CreateAsync(engine, SetClock.At(2026, 3, 1));
        var series = test.Series(TestDecommissioning.Asset("old-db", GoLive));
        await test.SweepAsync(series);
        test.Clock.Now = Utc(2026, 5, 28, 12);
        await test.SweepAsync(series);
        await test.SweepAsync();
        test.Clock.Now = Utc(2026, 6, 2, 12);
        (await test.SweepAsync(series)).ShouldBe(new SweepOutcome(2, 0, 0), "Those of its absence are made up for.");
        (await test.SweepAsync()).Withdrawn.ShouldBe(0, "It was there in between.");
        test.Clock.Now = Utc(2026, 6, 9, 11);
        (await test.SweepAsync()).Withdrawn.ShouldBe(0);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task What_comes_back_after_years_is_due_from_then_on(Provider engine)
    {
        await using var test = await TestDecommissioning.CreateAsync(engine, SetClock.At(2026, 1, 31));
        var monthly = TestDecommissioning.Monthly(new DateOnly(2026, 1, 31));
        await test.SweepAsync(monthly);
        test.Clock.Now = Utc(2026, 2, 28, 12);
        await test.SweepAsync(monthly);
        await test.SweepAsync();
        test.Clock.Now = Utc(2028, 5, 1, 12);
        (await test.SweepAsync(monthly)).Steps.ShouldBe(0);
        test.Clock.Now = Utc(2028, 5, 31, 12);
        await test.SweepAsync(monthly);
        (await test.NotificationsAsync()).TakeLast(3).ShouldBe(["audit-log-review.28.before-14", "audit-log-review.28.before-3", "audit-log-review.28.on-the-day"]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Months_that_are_corrected_leave_no_review_out_and_bring_none_on_the_heels_of_another(Provider engine)
    {
        await using var test = await TestDecommissioning.CreateAsync(engine, SetClock.At(2026, 3, 1));
        var series = test.Series(TestDecommissioning.Asset("old-db", GoLive));
        await test.SweepAsync(series);
        test.Clock.Now = Utc(2027, 3, 16, 12);
        await test.SweepAsync(series);
        // Four have been, the last on 1 March 2027; every six months from now on, then monthly.
        test.Clock.Now = Utc(2027, 9, 1, 12);
        await test.SweepAsync(series with { EveryMonths = 6 });
        (await test.ModelAsync("deletion-review.old-db.5.on-the-day"))["dueOn"]!.GetValue<string>().ShouldBe("2027-09-01");
        test.Clock.Now = Utc(2027, 10, 1, 12);
        await test.SweepAsync(series with { EveryMonths = 1 });
        (await test.NotificationsAsync())[^1].ShouldBe("deletion-review.old-db.19.on-the-day");
        (await test.ModelAsync("deletion-review.old-db.19.on-the-day"))["dueOn"]!.GetValue<string>().ShouldBe("2027-10-01");
        await test.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Nothing_is_due_for_days_before_the_ledger_knew_of_it(Provider engine)
    {
        await using var test = await TestDecommissioning.CreateAsync(engine, SetClock.At(2026, 8, 30));
        var series = test.Series(TestDecommissioning.Asset("old-db", new DateOnly(2024, 3, 1)));
        await test.SweepAsync(series);
        // Due on 1 September 2026, the tenth of its reviews; the first reminders' moments are past and are made up for.
        (await test.NotificationsAsync()).ShouldBe(["deletion-review.old-db.10.before-14", "deletion-review.old-db.10.before-3"]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_reminder_goes_to_the_owner_and_an_escalation_to_the_role_it_names(Provider engine)
    {
        await using var test = await TestDecommissioning.CreateAsync(engine, SetClock.At(2026, 3, 1));
        var series = test.Series(TestDecommissioning.Asset("old-db", GoLive));
        await test.SweepAsync(series);
        test.Clock.Now = Utc(2026, 7, 1, 12);
        await test.SweepAsync(series);
        var deliveries = await test.Ledger.Store.ListDeliveriesAsync(waitingOnly: true, 100, CancellationToken.None);
        deliveries.OrderBy(delivery => delivery.Notification, StringComparer.Ordinal).Select(delivery => (delivery.Notification[24..], delivery.Recipient)).ShouldBe(
            [(".after-14", "dpo"), (".after-7", "iao"), (".before-14", "owner"), (".before-3", "owner"), (".on-the-day", "owner")]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task What_would_reach_nobody_reaches_whoever_looks_after_the_program(Provider engine)
    {
        await using var test = await TestDecommissioning.CreateAsync(engine, SetClock.At(2026, 3, 1));
        var series = test.Series(TestDecommissioning.Asset("old-db", GoLive)) with { OwnerRole = "A role that nobody holds", Owner = "somebody who left" };
        await test.SweepAsync(series);
        test.Clock.Now = Utc(2026, 5, 20, 12);
        await test.SweepAsync(series);
        (await test.Ledger.Store.ListDeliveriesAsync(waitingOnly: true, 100, CancellationToken.None)).ShouldHaveSingleItem().Recipient.ShouldBe("dpo");
    }

    private static DateTimeOffset Utc(int year, int month, int day, int hour) => new(year, month, day, hour, 0, 0, TimeSpan.Zero);
}

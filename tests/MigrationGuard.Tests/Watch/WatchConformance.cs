using MigrationGuard.Databases;
using MigrationGuard.Decommissioning;
using MigrationGuard.Decommissioning.Partners;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Tests.Decommissioning;
using MigrationGuard.Tests.Ledger;
using MigrationGuard.Tests.Servers;
using MigrationGuard.Verification;
using MigrationGuard.Watch;

namespace MigrationGuard.Tests.Watch;

/// <summary>What the worker watches beside obligations: finished runs, partners' clocks, the ledger itself, its own clock.</summary>
public sealed class WatchConformance
{
    private static readonly CheckOutcome Missing = new CheckOutcome.Mismatch([new Finding(FindingKinds.MissingInTarget, 3)]);

    private static readonly Dictionary<string, ComparisonOptions> Partnered = new()
    {
        ["crm"] = new()
        {
            Partner = new() { Name = "The national register", Contact = "its duty desk", OwnerRole = "Head of IT architecture", EscalateTo = "Data protection officer", TellWithinHours = 72 },
        },
    };

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_mismatch_starts_the_partners_clock_and_drafts_the_notice(Provider engine)
    {
        await using var test = await AtFirstRunAsync(engine);
        await test.Ledger.RunAsync(TestLedger.Result("contact", Missing), TestLedger.Result("user"));
        await PartnersAsync(test);
        (await test.NotificationsAsync()).ShouldBe(["partner-notice.crm.1.found"]);
        var model = await test.ModelAsync("partner-notice.crm.1.found");
        ((string?)model["since"], (string?)model["dueAt"], (long?)model["rows"], (string?)model["partner"])
            .ShouldBe(("2026-03-01T10:01:00.0000000Z", "2026-03-04T10:01:00.0000000Z", 3, "The national register"));
        model["findings"]!.AsArray().Select(finding => (string?)finding).ShouldBe(["contact, record-count: missing-in-target 3"]);
        await test.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_run_that_agrees_or_that_could_not_be_checked_starts_no_clock(Provider engine)
    {
        await using var test = await AtFirstRunAsync(engine);
        await test.Ledger.RunAsync(TestLedger.Result("contact"), TestLedger.Result("user", new CheckOutcome.NotChecked("no permission")));
        await PartnersAsync(test);
        (await test.NotificationsAsync()).ShouldBeEmpty();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_clock_that_runs_out_is_escalated_once_and_not_early(Provider engine)
    {
        await using var test = await AtFirstRunAsync(engine);
        await test.Ledger.RunAsync(TestLedger.Result("contact", Missing));
        await PartnersAsync(test);
        test.Clock.Now = new DateTimeOffset(2026, 3, 4, 10, 0, 59, TimeSpan.Zero);
        await PartnersAsync(test);
        (await test.NotificationsAsync()).Count.ShouldBe(1);
        test.Clock.Now = test.Clock.Now.AddSeconds(1);
        await PartnersAsync(test);
        await PartnersAsync(test);
        (await test.NotificationsAsync()).ShouldBe(["partner-notice.crm.1.found", "partner-notice.crm.1.overdue"]);
        (await test.Ledger.Store.ListDeliveriesAsync(true, 10, CancellationToken.None))[0].Recipient.ShouldBe("dpo");
        await test.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_later_run_that_agrees_stops_the_clock_but_one_that_did_not_look_does_not(Provider engine)
    {
        await using var test = await AtFirstRunAsync(engine);
        await test.Ledger.RunAsync(TestLedger.Result("contact", Missing), TestLedger.Result("user"));
        await test.Ledger.RunAsync(TestLedger.Result("contact", new CheckOutcome.NotChecked("the server is down")), TestLedger.Result("user"));
        await PartnersAsync(test);
        (await test.Obligations.ListAsync(false, CancellationToken.None)).ShouldHaveSingleItem().IsOpen.ShouldBeTrue();
        await test.Ledger.RunAsync(TestLedger.Result("contact"));
        await PartnersAsync(test);
        (await test.Obligations.ListAsync(true, CancellationToken.None)).ShouldHaveSingleItem().Outcome.ShouldBe("resolved");
        test.Clock.Now = test.Clock.Now.AddYears(1);
        await PartnersAsync(test);
        (await test.NotificationsAsync()).Count.ShouldBe(1);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_partner_who_was_told_is_not_told_again_of_the_same_but_of_something_new(Provider engine)
    {
        await using var test = await AtFirstRunAsync(engine);
        await test.Ledger.RunAsync(TestLedger.Result("contact", Missing), TestLedger.Result("user"));
        await PartnersAsync(test);
        await Should.ThrowAsync<DecommissioningException>(() => test.Obligations.CompleteAsync("partner-notice.crm", "Called them.", [], new Actor("FARM\\dpo"), CancellationToken.None));
        (await test.Obligations.CompleteAsync("partner-notice.crm", "Called their duty desk.", [], TestDecommissioning.Owner, CancellationToken.None)).Outcome.ShouldBe("told");
        await test.Ledger.RunAsync(TestLedger.Result("contact", Missing), TestLedger.Result("user"));
        await PartnersAsync(test);
        (await test.NotificationsAsync()).Count.ShouldBe(1);
        await test.Ledger.RunAsync(TestLedger.Result("contact", Missing), TestLedger.Result("user", Missing));
        await PartnersAsync(test);
        (await test.NotificationsAsync()).ShouldBe(["partner-notice.crm.1.found", "partner-notice.crm.2.found"]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task What_is_found_while_a_notice_is_open_gets_a_notice_and_a_clock_of_its_own(Provider engine)
    {
        await using var test = await AtFirstRunAsync(engine);
        await test.Ledger.RunAsync(TestLedger.Result("contact", Missing), TestLedger.Result("user"));
        await test.Ledger.RunAsync(TestLedger.Result("contact", Missing), TestLedger.Result("user", Missing));
        await PartnersAsync(test);
        (await test.NotificationsAsync()).ShouldBe(["partner-notice.crm.1.found", "partner-notice.crm.2.found"]);
        var second = await test.ModelAsync("partner-notice.crm.2.found");
        (second["findings"]!.AsArray().Count, (long?)second["rows"]).ShouldBe((1, 3));
        await test.Ledger.RunAsync(TestLedger.Result("contact"), TestLedger.Result("user", Missing));
        await PartnersAsync(test);
        (await test.Obligations.ListAsync(true, CancellationToken.None)).Select(notice => (notice.Number, notice.Outcome)).ShouldBe([(1, "resolved"), (2, null)], ignoreOrder: true);
        await test.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_scheduled_run_that_is_not_GO_is_told_once_and_others_are_not(Provider engine)
    {
        await using var test = await AtFirstRunAsync(engine);
        var alerts = new RunAlerts(test.Ledger.Store, test.Audience, TestDecommissioning.Owner, "Project");
        await alerts.RunAsync(CancellationToken.None);
        var byHand = await test.Ledger.RunAsync(TestLedger.Result("contact", Missing));
        var good = await ScheduledAsync(test, TestLedger.Result("contact"));
        var bad = await ScheduledAsync(test, TestLedger.Result("contact", Missing));
        await alerts.RunAsync(CancellationToken.None);
        await alerts.RunAsync(CancellationToken.None);
        (byHand.Verdict, good.Verdict, bad.Verdict).ShouldBe((Verdict.NoGo, Verdict.Go, Verdict.NoGo));
        (await test.NotificationsAsync()).ShouldBe(["run-mismatch." + bad.Run]);
        (await test.ModelAsync("run-mismatch." + bad.Run))["findings"]!.AsArray().Select(finding => (string?)finding).ShouldBe(["crm: contact, record-count: missing-in-target 3"]);
        await test.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task The_ledger_is_checked_when_it_is_due_and_says_so_in_itself(Provider engine)
    {
        await using var test = await AtFirstRunAsync(engine);
        var check = Check(test);
        await check.RunAsync(CancellationToken.None);
        await check.RunAsync(CancellationToken.None);
        test.Clock.Now = test.Clock.Now.AddHours(24);
        await check.RunAsync(CancellationToken.None);
        (await test.Ledger.LinesAsync()).Count(line => line.Contains("\"kind\":\"ledger-checked\"", StringComparison.Ordinal)).ShouldBe(2);
        (await LedgerCheck.LastAsync(test.Ledger.Store, CancellationToken.None))!.Holds.ShouldBeTrue();
        (await test.NotificationsAsync()).ShouldBeEmpty();
        await test.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_ledger_that_does_not_hold_is_told(Provider engine)
    {
        await using var test = await AtFirstRunAsync(engine);
        await test.Ledger.Store.AppendAsync(EntryKind.Approval, "x", [], TestDecommissioning.Owner, CancellationToken.None);
        await Triggers.RemoveAsync(test.Ledger.Database);
        await test.Ledger.Database.ExecuteAsync("UPDATE ledger_entry SET line = REPLACE(line, 'approval', 'approvel') WHERE seq = 2");
        await Check(test).RunAsync(CancellationToken.None);
        (await LedgerCheck.LastAsync(test.Ledger.Store, CancellationToken.None))!.Holds.ShouldBeFalse();
        (await test.NotificationsAsync()).ShouldHaveSingleItem().ShouldStartWith("ledger-check-failed.");
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_clock_set_back_is_told_once_and_stays_known_until_it_has_caught_up(Provider engine)
    {
        await using var test = await AtFirstRunAsync(engine);
        var check = new ClockCheck(test.Ledger.Store, test.Audience, TestDecommissioning.Owner, test.Clock, "Project");
        await check.RunAsync(CancellationToken.None);
        (await test.NotificationsAsync()).ShouldBeEmpty();
        var before = test.Clock.Now;
        test.Clock.Now = before.AddHours(-1);
        await check.RunAsync(CancellationToken.None);
        await check.RunAsync(CancellationToken.None);
        (await test.NotificationsAsync()).ShouldHaveSingleItem().ShouldStartWith("clock-set-back.");
        (await ClockCheck.AheadAsync(test.Ledger.Store, test.Clock, CancellationToken.None)).ShouldBe(before);
        test.Clock.Now = before;
        (await ClockCheck.AheadAsync(test.Ledger.Store, test.Clock, CancellationToken.None)).ShouldBeNull();
        await test.ShouldHoldAsync();
    }

    private static LedgerCheck Check(TestDecommissioning test) =>
        new(test.Ledger.Store, test.Audience, TestDecommissioning.Owner, test.Clock, TimeSpan.FromHours(24), "Project");

    private static async Task<RunDocument> ScheduledAsync(TestDecommissioning test, CheckResult result)
    {
        var run = await test.Ledger.RunAsync(result);
        await test.Ledger.Store.WriteAsync(
            ledger => ledger.ExecuteAsync("INSERT INTO scheduled_run (schedule, due, run_id) VALUES ('nightly', @due, @Run)", new { due = run.Run, run.Run }), CancellationToken.None);
        return run;
    }

    private static Task PartnersAsync(TestDecommissioning test) => new PartnerClock(
        test.Ledger.Store, Partnered, new PartnerNotices(test.Audience, TestDecommissioning.Owner, "Project"), test.Clock).RunAsync(CancellationToken.None);

    // A ledger in which everything watched has begun, so that what comes is not history.
    private static async Task<TestDecommissioning> AtFirstRunAsync(Provider engine)
    {
        var test = await TestDecommissioning.CreateAsync(engine, SetClock.At(2026, 3, 1));
        await PartnersAsync(test);
        return test;
    }
}

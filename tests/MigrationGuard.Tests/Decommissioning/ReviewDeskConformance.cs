using MigrationGuard.Databases;
using MigrationGuard.Decommissioning;
using MigrationGuard.Decommissioning.Assets;
using MigrationGuard.Decommissioning.Reviews;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Decommissioning;

public sealed class ReviewDeskConformance
{
    private static readonly Asset OldDatabase = TestDecommissioning.Asset("old-db", new DateOnly(2026, 3, 1));

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task The_owner_decides_with_a_reason_and_the_calendar_is_told(Provider engine)
    {
        await using var test = await AtReviewAsync(engine, 1);
        var decided = await test.Desk.DecideAsync(OldDatabase, ReviewDecision.Hold, "A claim needs it.", TestDecommissioning.Owner, CancellationToken.None);
        decided.Outcome.ShouldBe("hold");
        var model = await test.ModelAsync("deletion-review.old-db.1.decided");
        ((string?)model["decision"], (string?)model["reason"]).ShouldBe(("hold", "A claim needs it."));
        await test.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_decided_review_is_escalated_no_more_and_the_next_one_comes(Provider engine)
    {
        await using var test = await AtReviewAsync(engine, 1);
        await DecideAsync(test, ReviewDecision.Destroy, TestDecommissioning.Owner);
        test.Clock.Now = new DateTimeOffset(2026, 8, 20, 12, 0, 0, TimeSpan.Zero);
        await test.SweepAsync(test.Series(OldDatabase));
        (await test.NotificationsAsync()).ShouldBe(
            ["deletion-review.old-db.1.before-14", "deletion-review.old-db.1.before-3", "deletion-review.old-db.1.on-the-day", "deletion-review.old-db.1.decided", "deletion-review.old-db.2.before-14"]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_third_keep_in_a_row_needs_the_Information_Asset_Owner(Provider engine)
    {
        await using var test = await AtReviewAsync(engine, 3);
        await DecideAsync(test, ReviewDecision.Keep, TestDecommissioning.Owner);
        await DecideAsync(test, ReviewDecision.Keep, TestDecommissioning.Owner);
        var refused = await Should.ThrowAsync<DecommissioningException>(() => DecideAsync(test, ReviewDecision.Keep, TestDecommissioning.Owner));
        refused.Message.ShouldContain("kept 2 times in a row");
        var onBehalf = TestDecommissioning.Owner with { OnBehalfOf = "the Information Asset Owner" };
        await Should.ThrowAsync<DecommissioningException>(() => DecideAsync(test, ReviewDecision.Keep, onBehalf));
        (await DecideAsync(test, ReviewDecision.Keep, TestDecommissioning.AssetOwner)).Number.ShouldBe(3);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_hold_between_two_keeps_is_no_way_around_the_Information_Asset_Owner(Provider engine)
    {
        await using var test = await AtReviewAsync(engine, 5);
        await DecideAsync(test, ReviewDecision.Keep, TestDecommissioning.Owner);
        await DecideAsync(test, ReviewDecision.Hold, TestDecommissioning.Owner);
        await DecideAsync(test, ReviewDecision.Keep, TestDecommissioning.Owner);
        await Should.ThrowAsync<DecommissioningException>(() => DecideAsync(test, ReviewDecision.Keep, TestDecommissioning.Owner));
        await DecideAsync(test, ReviewDecision.Destroy, TestDecommissioning.Owner);
        (await Should.ThrowAsync<DecommissioningException>(() => DecideAsync(test, ReviewDecision.Keep, TestDecommissioning.Owner))).Message.ShouldContain("decided to destroy it");
        await DecideAsync(test, ReviewDecision.Keep, TestDecommissioning.AssetOwner);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Who_is_nobody_or_may_not_decides_nothing(Provider engine)
    {
        await using var test = await AtReviewAsync(engine, 1);
        (await Should.ThrowAsync<DecommissioningException>(() => DecideAsync(test, ReviewDecision.Keep, TestDecommissioning.Stranger))).Message.ShouldContain("is nobody's under People");
        (await Should.ThrowAsync<DecommissioningException>(() => DecideAsync(test, ReviewDecision.Keep, new Actor("FARM\\dpo")))).Message.ShouldContain("may not");
        await Should.ThrowAsync<DecommissioningException>(() => test.Desk.DecideAsync(OldDatabase, ReviewDecision.Keep, "  ", TestDecommissioning.Owner, CancellationToken.None));
        (await test.Desk.ListAsync([OldDatabase], CancellationToken.None)).ShouldHaveSingleItem().IsOpen.ShouldBeTrue();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_review_that_has_not_opened_cannot_be_decided_ahead(Provider engine)
    {
        await using var test = await AtReviewAsync(engine, 1);
        await DecideAsync(test, ReviewDecision.Keep, TestDecommissioning.Owner);
        (await Should.ThrowAsync<DecommissioningException>(() => DecideAsync(test, ReviewDecision.Keep, TestDecommissioning.Owner))).Message.ShouldContain("no review of it is open");
        var standing = (await test.Desk.ListAsync([OldDatabase], CancellationToken.None)).ShouldHaveSingleItem();
        (standing.Number, standing.DueOn, standing.IsOpen, standing.KeepsInARow, standing.LastOutcome).ShouldBe((2, new DateOnly(2026, 9, 1), false, 1, "keep"));
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Two_who_decide_at_once_decide_once(Provider engine)
    {
        await using var test = await AtReviewAsync(engine, 1);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            try
            {
                await DecideAsync(test, ReviewDecision.Keep, TestDecommissioning.Owner);
                return true;
            }
            catch (DecommissioningException)
            {
                return false;
            }
        }));
        outcomes.Count(decided => decided).ShouldBe(1);
        await test.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task An_obligation_is_completed_by_its_owner_and_by_nobody_else(Provider engine)
    {
        await using var test = await TestDecommissioning.CreateAsync(engine, SetClock.At(2026, 1, 31));
        var monthly = TestDecommissioning.Monthly(new DateOnly(2026, 1, 31));
        await test.SweepAsync(monthly);
        test.Clock.Now = test.Clock.Now.AddDays(28);
        await test.SweepAsync(monthly);
        await Should.ThrowAsync<DecommissioningException>(() => test.Obligations.CompleteAsync("audit-log-review", "Looked through it.", [], TestDecommissioning.Owner, CancellationToken.None));
        var done = await test.Obligations.CompleteAsync("Audit-Log-Review", "Looked through it.", [], new Actor("farm\\DPO"), CancellationToken.None);
        (done.Number, done.Outcome).ShouldBe((1, "completed"));
        await Should.ThrowAsync<DecommissioningException>(() => test.Obligations.CompleteAsync("audit-log-review", "Again.", [], new Actor("FARM\\dpo"), CancellationToken.None));
        await test.ShouldHoldAsync();
    }

    private static Task<MigrationGuard.Decommissioning.Obligations.Occurrence> DecideAsync(TestDecommissioning test, ReviewDecision decision, Actor actor) =>
        test.Desk.DecideAsync(OldDatabase, decision, "Because.", actor, CancellationToken.None);

    // With that many reviews open: on the due day of the last of them.
    private static async Task<TestDecommissioning> AtReviewAsync(Provider engine, int number)
    {
        var test = await TestDecommissioning.CreateAsync(engine, SetClock.At(2026, 3, 1));
        await test.SweepAsync(test.Series(OldDatabase));
        test.Clock.Now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddMonths(3 * number);
        await test.SweepAsync(test.Series(OldDatabase));
        return test;
    }
}

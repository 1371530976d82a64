using MigrationGuard.Databases;
using MigrationGuard.Decommissioning.Reviews;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Tests.Decommissioning;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Ledger;

/// <summary>What cannot be proven is not called wrong, and what is written meanwhile is not either.</summary>
public sealed class WorkVerificationTests
{
    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task What_was_held_against_an_erased_payload_is_unproven_and_not_wrong(Provider engine)
    {
        await using var test = await WorkedLedger.CreateAsync(engine);
        await EraseAsync(test, "review-decided", "deletion-review.old-db.1");
        var report = await test.Ledger.Store.VerifyAsync(CancellationToken.None);
        report.Problems.ShouldBeEmpty();
        report.Unproven.ShouldBe(["deletion-review.old-db.1"]);

        await Triggers.RemoveAsync(test.Ledger.Database);
        await test.Ledger.Database.ExecuteAsync("UPDATE occurrence SET outcome = 'keep' WHERE id = 'deletion-review.old-db.1'");
        (await test.Ledger.Store.VerifyAsync(CancellationToken.None)).Problems.ShouldBeEmpty();
        // That it was decided, and by which entry, the line says, and the line is never erased.
        await test.Ledger.Database.ExecuteAsync("UPDATE occurrence SET outcome = NULL, closed_seq = NULL WHERE id = 'deletion-review.old-db.1'");
        (await test.Ledger.Store.VerifyAsync(CancellationToken.None)).Problems.ShouldHaveSingleItem().Problem.ShouldContain("is open, but this entry closed it");
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Only_the_newest_payload_of_an_asset_has_to_be_there(Provider engine)
    {
        await using var test = await WorkedLedger.CreateAsync(engine);
        await EraseAsync(test, "asset-registered", "asset:old-db");
        (await test.Ledger.Store.VerifyAsync(CancellationToken.None)).Unproven.ShouldBeEmpty();
        await EraseAsync(test, "asset-changed", "asset:old-db");
        var report = await test.Ledger.Store.VerifyAsync(CancellationToken.None);
        report.Problems.ShouldBeEmpty();
        report.Unproven.ShouldBe(["asset:old-db"]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task An_entry_without_the_rows_it_was_to_be_written_with_is_found(Provider engine)
    {
        await using var test = await TestDecommissioning.CreateAsync(engine, SetClock.At(2026, 3, 1));
        await test.Ledger.Store.AppendAsync(EntryKind.ReviewDecided, "deletion-review.old-db.1", [], TestDecommissioning.Owner, CancellationToken.None);
        var report = await test.Ledger.Store.VerifyAsync(CancellationToken.None);
        report.Problems.Select(problem => problem.Problem).ShouldBe(
        [
            "Notification deletion-review.old-db.1.decided, written with this entry, is not in the ledger: it was removed.",
            "Occurrence deletion-review.old-db.1 is not in the ledger, though entries are about it.",
        ], ignoreOrder: true);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Writers_at_work_meanwhile_raise_no_alarm(Provider engine)
    {
        await using var test = await TestDecommissioning.CreateAsync(engine, SetClock.At(2026, 3, 1));
        using var enough = new CancellationTokenSource();
        var writing = Task.Run(() => WriteAsync(test, enough.Token));
        for (var i = 0; i < 5; i++)
            await test.ShouldHoldAsync();
        await enough.CancelAsync();
        await writing;
        await test.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task What_is_written_together_has_one_moment_however_the_clock_goes_meanwhile(Provider engine)
    {
        await using var test = await TestDecommissioning.CreateAsync(engine, SetClock.At(2026, 3, 1));
        var asset = TestDecommissioning.Asset("old-db", new DateOnly(2026, 3, 1));
        await test.SweepAsync(test.Series(asset));
        (test.Clock.Now, test.Clock.Step) = (new DateTimeOffset(2026, 5, 25, 12, 0, 0, TimeSpan.Zero), TimeSpan.FromMinutes(30));
        await test.SweepAsync(test.Series(asset));
        await test.ShouldHoldAsync();
    }

    // Moves, changes, decides and opens, so that every row that can change does so while it is looked at.
    private static async Task WriteAsync(TestDecommissioning test, CancellationToken enough)
    {
        var goLive = new DateOnly(2026, 3, 1);
        for (var i = 1; i <= 3 || !enough.IsCancellationRequested; i++)
        {
            var asset = TestDecommissioning.Asset("old-db", goLive.AddDays(i % 2)) with { Holder = $"holder {i}" };
            await WorkedLedger.Register(test).SynchroniseAsync([asset], TestDecommissioning.Owner, CancellationToken.None);
            await test.SweepAsync(test.Series(asset));
            test.Clock.Now = test.Clock.Now.AddMonths(1);
            await test.SweepAsync(test.Series(asset));
            if (i % 3 == 0)
                await test.Desk.DecideAsync(asset, ReviewDecision.Destroy, "Because.", TestDecommissioning.Owner, CancellationToken.None);
        }
    }

    private static async Task EraseAsync(TestDecommissioning test, string kind, string subject)
    {
        var found = await test.Ledger.Store.ReadAsync(
            ledger => ledger.ListAsync<long>(
                "SELECT seq FROM ledger_entry WHERE line LIKE @line", new { line = $"%\"kind\":\"{kind}\"%\"subject\":\"{subject}\"%" }),
            CancellationToken.None);
        await test.Ledger.Store.EraseAsync(found.ShouldHaveSingleItem(), "Asked for.", TestDecommissioning.Owner, CancellationToken.None);
    }
}

using MigrationGuard.Tests.Decommissioning;

namespace MigrationGuard.Tests.Commands;

/// <summary><c>reviews list</c> and <c>decide</c>.</summary>
public sealed class ReviewsCommandTests
{
    [Fact]
    public async Task Every_asset_is_listed_with_what_is_overdue_on_top()
    {
        using var folder = await new DecommissioningFolder().WithLedgerAsync();
        folder.Options.Assets["casework-old-db"] = DecommissioningFolder.Asset(new DateOnly(2026, 4, 20));
        (await folder.RunAsync("reviews", "list")).ShouldExitWith(ExitCode.Done).Output.ShouldNotContain("overdue");
        await folder.SweepAsync();
        folder.Clock.Now = new DateTimeOffset(2026, 7, 10, 12, 0, 0, TimeSpan.Zero);

        (await folder.RunAsync("reviews", "list")).ShouldExitWith(ExitCode.Done).Output.ShouldBeApproved("MigrationGuard.Tests/Commands/Approved/reviews-list.txt");
        var json = await folder.JsonAsync("reviews", "list");
        json["schema"]!.GetValue<string>().ShouldBe("migrationguard.reviews/1");
        json["reviews"]!.AsArray().Select(review => (review!["asset"]!.GetValue<string>(), review["overdueDays"]!.GetValue<int>(), review["open"]!.GetValue<bool>()))
            .ShouldBe([("crm-old-db", 33, true), ("casework-old-db", 0, true), ("hop-1", 0, false)]);
    }

    [Fact]
    public async Task A_review_is_decided_by_its_owner_once_it_is_due_and_by_nobody_else()
    {
        using var folder = await new DecommissioningFolder().WithLedgerAsync();
        string[] decide = ["reviews", "decide", "crm-old-db", "keep", "--reason", "Casework is not live yet."];

        (await folder.RunAsync(decide)).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("no review of it is open");
        folder.Clock.Now = SetClock.At(2026, 5, 24).Now;
        folder.RunAs("dpo");
        (await folder.RunAsync([.. decide, "--on-behalf-of", "head"])).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("may not");
        folder.RunAs(null);
        (await folder.RunAsync(decide)).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("nobody's under People");
        folder.RunAs("head");
        (await folder.RunAsync("reviews", "decide", "crm-old-db", "0", "--reason", "A number.")).ExitCode.ShouldNotBe(0);
        (await folder.RunAsync("reviews", "decide", "crm-old-db", "keep")).ExitCode.ShouldNotBe(0);
        (await folder.RunAsync(decide)).ShouldExitWith(ExitCode.Done).Output.Trim().ShouldBe("Review 1 of crm-old-db, due 2026-06-07: keep. The next is due 2026-09-07.");
        (await folder.RunAsync(decide)).ShouldExitWith(ExitCode.Usage);
    }

    [Fact]
    public async Task A_third_keep_in_a_row_needs_the_role_that_may()
    {
        using var folder = await new DecommissioningFolder().WithLedgerAsync();
        await folder.SweepAsync();
        string[] decide = ["reviews", "decide", "crm-old-db", "keep", "--reason", "Still needed."];
        folder.Clock.Now = SetClock.At(2026, 12, 8).Now;
        (await folder.RunAsync(decide)).ShouldExitWith(ExitCode.Done);
        (await folder.RunAsync(decide)).ShouldExitWith(ExitCode.Done);

        (await folder.RunAsync([.. decide, "--on-behalf-of", "iao"])).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("may not keep");
        folder.RunAs("iao");
        (await folder.RunAsync(decide)).ShouldExitWith(ExitCode.Done);
        (await folder.JsonAsync("reviews", "list"))["reviews"]!.AsArray().Single(review => review!["asset"]!.GetValue<string>() == "crm-old-db")!["keepsInARow"]!.GetValue<int>().ShouldBe(3);
    }

    [Fact]
    public async Task A_closed_asset_is_listed_only_when_asked_for()
    {
        using var folder = await new DecommissioningFolder().WithLedgerAsync();
        (await folder.RunAsync("assets", "close", "hop-1", "--reason", "Cleared.")).ShouldExitWith(ExitCode.Done);

        (await folder.RunAsync("reviews", "list")).Output.ShouldNotContain("hop-1");
        (await folder.RunAsync("reviews", "list", "--all")).Output.ShouldContain("hop-1");
    }
}

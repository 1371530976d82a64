using MigrationGuard.Tests.Decommissioning;

namespace MigrationGuard.Tests.Commands;

/// <summary><c>obligations list</c> and <c>complete</c>.</summary>
public sealed class ObligationsCommandTests
{
    [Fact]
    public async Task What_is_due_what_comes_and_what_was_done_are_listed()
    {
        using var folder = await new DecommissioningFolder().WithLedgerAsync();
        (await folder.RunAsync("obligations", "list")).ShouldExitWith(ExitCode.Done).Output.ShouldContain("2026-04-30");
        await folder.SweepAsync();
        folder.Options.Obligations["restore-test"] = new() { Title = "Restore", OwnerRole = "Head of IT architecture", EveryMonths = 6, From = new DateOnly(2026, 3, 7) };
        folder.Clock.Now = SetClock.At(2026, 6, 2).Now;
        folder.RunAs("dpo");
        (await folder.RunAsync("obligations", "complete", "Audit-Log-Review", "--reason", "Looked through April.")).ShouldExitWith(ExitCode.Done)
            .Output.Trim().ShouldBe("audit-log-review, due 2026-04-30: completed.");

        (await folder.RunAsync("obligations", "list", "--all")).ShouldExitWith(ExitCode.Done).Output.ShouldBeApproved("MigrationGuard.Tests/Commands/Approved/obligations-list.txt");
        var json = await folder.JsonAsync("obligations", "list");
        json["schema"]!.GetValue<string>().ShouldBe("migrationguard.obligations/1");
        json["obligations"]!.AsArray().Select(obligation => (obligation!["name"]!.GetValue<string>(), obligation["dueOn"]!.GetValue<string>(), obligation["open"]!.GetValue<bool>()))
            .ShouldBe([("audit-log-review", "2026-05-31", true), ("restore-test", "2026-09-07", false)]);
    }

    [Fact]
    public async Task Only_those_who_may_complete_it_can()
    {
        using var folder = await new DecommissioningFolder().WithLedgerAsync();
        await folder.SweepAsync();
        folder.Clock.Now = SetClock.At(2026, 5, 2).Now;
        string[] complete = ["obligations", "complete", "audit-log-review", "--reason", "Looked through it."];

        (await folder.RunAsync([.. complete, "--on-behalf-of", "dpo"])).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("may not");
        (await folder.RunAsync("obligations", "complete", "nothing", "--reason", "Done.")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("nothing of that name is due");
        folder.Options.Obligations["audit-log-review"].CompletedBy = ["Head of IT architecture"];
        (await folder.RunAsync(complete)).ShouldExitWith(ExitCode.Done);
    }
}

using System.Text.Json.Nodes;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outbox;

namespace MigrationGuard.Tests.Commands;

/// <summary><c>notifications list</c> and <c>retry</c>.</summary>
public sealed class NotificationsCommandTests
{
    [Fact]
    public async Task Nothing_waits_in_a_new_ledger()
    {
        using var folder = await new DecommissioningFolder().WithLedgerAsync();
        (await folder.RunAsync("notifications", "list")).ShouldExitWith(ExitCode.Done).Output.Trim().ShouldBe("Nothing waits to be sent.");
        (await folder.RunAsync("notifications", "retry")).ShouldExitWith(ExitCode.Done).Output.Trim().ShouldBe("Nothing waits.");
    }

    [Fact]
    public async Task What_waits_is_listed_with_why_and_until_when_and_what_was_sent_only_when_asked_for()
    {
        using var folder = await WithDeliveriesAsync();

        (await folder.RunAsync("notifications", "list", "--all")).ShouldExitWith(ExitCode.Done).Output.ShouldBeApproved("MigrationGuard.Tests/Commands/Approved/notifications-list.txt");
        var json = await folder.JsonAsync("notifications", "list");
        json["schema"]!.GetValue<string>().ShouldBe("migrationguard.notifications/1");
        json["notifications"]!.AsArray().Select(delivery => (delivery!["recipient"]?.GetValue<string>(), delivery["state"]!.GetValue<string>()))
            .ShouldBe([("head", "failing"), (null, "waiting")], ignoreOrder: true);
        (await folder.JsonAsync("notifications", "list", "--all", "--limit", "1"))["notifications"]!.AsArray().Count.ShouldBe(1);
        (await folder.RunAsync("notifications", "list", "--limit", "0")).ShouldExitWith(ExitCode.Usage);
    }

    [Fact]
    public async Task What_waits_is_made_due_at_once()
    {
        using var folder = await WithDeliveriesAsync();

        (await folder.RunAsync("notifications", "retry", "first")).ShouldExitWith(ExitCode.Done).Output.ShouldStartWith("2 messages are due now");
        (await folder.JsonAsync("notifications", "list"))["notifications"]!.AsArray().ShouldAllBe(delivery => delivery!["nextAttempt"]!.GetValue<DateTimeOffset>() == folder.Clock.Now);
        (await folder.RunAsync("notifications", "retry", "second")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("is not there, or does not wait");
    }

    // One delivery that failed, one that waits, and one that was sent.
    private static async Task<DecommissioningFolder> WithDeliveriesAsync()
    {
        var folder = new DecommissioningFolder();
        await using var store = await folder.OpenAsync();
        await store.WriteAsync(
            async ledger =>
            {
                var entry = await ledger.AppendAsync(new NewEntry(EntryKind.RunAlert, "run-1", [], Actor.OfThisProcess()));
                await ledger.NotifyAsync(
                [
                    new OutgoingNotification(new Notification("first", "run-mismatch", new JsonObject(), ledger.Now), entry.Seq, [new("smtp", "head", "<1@test>"), new("webhook:ops", "", "<2@test>")]),
                    new OutgoingNotification(new Notification("second", "run-mismatch", new JsonObject(), ledger.Now), entry.Seq, [new("smtp", "dpo", "<3@test>")]),
                ]);
                return entry;
            },
            CancellationToken.None);
        foreach (var delivery in await store.LeaseDeliveriesAsync("test", 10, TimeSpan.FromMinutes(1), TimeSpan.FromHours(6), CancellationToken.None))
        {
            if (delivery.Notification.Id == "second")
                await store.MarkSentAsync(delivery, CancellationToken.None);
            else if (delivery.Recipient == "head")
                await store.MarkFailedAsync(delivery, "550 No such user \u001b[31mhere", folder.Clock.Now.AddMinutes(5), CancellationToken.None);
        }
        folder.Clock.Now = folder.Clock.Now.AddMinutes(1);
        return folder;
    }
}

using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MigrationGuard.Anchors;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Checkpoints;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Tests.Anchors;
using MigrationGuard.Tests.Decommissioning;
using MigrationGuard.Tests.Ledger;
using MigrationGuard.Tests.Ledger.Checkpoints;
using MigrationGuard.Tests.Servers;
using MigrationGuard.Watch;

namespace MigrationGuard.Tests.Watch;

/// <summary>The chain is held against what was signed and kept elsewhere, every day, and whoever tampered with it is found by that.</summary>
public sealed class CheckpointSweepTests : IDisposable
{
    private readonly X509Certificate2 _signer = TestSigner.Curve();
    private readonly MemoryAnchor _anchor = new("folder /worm");

    public void Dispose() => _signer.Dispose();

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_checkpoint_is_written_when_it_is_due_and_extends_the_last(Provider engine)
    {
        await using var test = await CreateAsync(engine);
        var sweep = Sweep(test, [_anchor]);
        await sweep.RunAsync(CancellationToken.None);
        await sweep.RunAsync(CancellationToken.None);
        var first = SignedCheckpoint.Parse(_anchor.Texts.ShouldHaveSingleItem());
        first.IsSignedBy(_signer).ShouldBeTrue();
        first.Checkpoint.Size.ShouldBe(1);
        test.Clock.Now = test.Clock.Now.AddHours(24);
        await AppendAsync(test);
        await sweep.RunAsync(CancellationToken.None);
        var second = SignedCheckpoint.Parse(_anchor.Texts[1]).Checkpoint;
        (second.Size, second.Origin).ShouldBe((3, first.Checkpoint.Origin));
        (await test.Ledger.Store.ProveAsync([2], [1, 3], CancellationToken.None)).ShouldSatisfyAllConditions(
            chain => chain.RootsAt[1].ShouldBe(first.Checkpoint.Root), chain => chain.RootsAt[3].ShouldBe(second.Root));
        var written = await test.Ledger.Store.ReadAsync(ledger => ledger.ListCheckpointsAsync(), CancellationToken.None);
        written.Select(checkpoint => (checkpoint.Size, checkpoint.Anchors.Single(), checkpoint.Mailed)).ShouldBe([(3, _anchor.Place, false), (1, _anchor.Place, false)]);
        (await test.NotificationsAsync()).ShouldBeEmpty();
        await test.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_checkpoint_by_mail_says_itself_and_is_held_against_its_entry(Provider engine)
    {
        await using var test = await CreateAsync(engine);
        await Sweep(test, [], "dpo", "owner").RunAsync(CancellationToken.None);
        var id = (await test.NotificationsAsync()).ShouldHaveSingleItem();
        id.ShouldBe("ledger-checkpoint.2");
        SignedCheckpoint.Parse((string)(await test.ModelAsync(id))["checkpoint"]!).IsSignedBy(_signer).ShouldBeTrue();
        (await test.Ledger.Store.ListDeliveriesAsync(true, 10, CancellationToken.None)).Select(delivery => delivery.Recipient).Order().ShouldBe(["dpo", "owner"]);
        await test.ShouldHoldAsync();
        await test.Ledger.Database.ExecuteAsync("UPDATE notification SET document = REPLACE(document, 'checkpoint', 'checkpaint')");
        (await test.Ledger.Store.VerifyAsync(CancellationToken.None)).Problems.ShouldHaveSingleItem().Problem.ShouldContain("was changed");
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_chain_whose_end_was_removed_is_told_of_once_and_gets_no_further_checkpoint(Provider engine)
    {
        await using var test = await AnchoredAsync(engine, entries: 5);
        await Triggers.RemoveAsync(test.Ledger.Database);
        await ExecuteAsync(test, "DELETE FROM ledger_payload WHERE seq > 4; DELETE FROM ledger_entry WHERE seq > 4");
        await NextDayAsync(test);
        await NextDayAsync(test);
        var model = await test.ModelAsync((await test.NotificationsAsync()).ShouldHaveSingleItem());
        ((string?)model["problem"]).ShouldBe("The chain had 6 entries and has 4: its end was removed.");
        ((string?)model["place"]).ShouldBe(_anchor.Place);
        _anchor.Texts.Count.ShouldBe(1);
        await test.ShouldHoldAsync();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_chain_that_was_rewritten_so_that_it_verifies_is_found(Provider engine)
    {
        await using var test = await AnchoredAsync(engine, entries: 5);
        await Triggers.RemoveAsync(test.Ledger.Database);
        await RewriteAsync(test, 3);
        await test.ShouldHoldAsync();
        await NextDayAsync(test);
        ((string?)(await test.ModelAsync((await test.NotificationsAsync()).ShouldHaveSingleItem()))["problem"]).ShouldBe("The chain's first 6 entries are not those that were signed: it was rewritten.");
        _anchor.Texts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_chain_that_was_replaced_by_another_is_found()
    {
        await using var test = await AnchoredAsync(Provider.Sqlite, entries: 5);
        await using var other = await CreateAsync(Provider.Sqlite);
        await Sweep(other, [_anchor]).RunAsync(CancellationToken.None);
        ((string)(await other.ModelAsync((await other.NotificationsAsync()).ShouldHaveSingleItem()))["problem"]!).ShouldContain("is of the chain migrationguard/");
        _anchor.Texts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_chain_that_is_broken_is_not_signed()
    {
        await using var test = await AnchoredAsync(Provider.Sqlite, entries: 5);
        await AppendAsync(test);
        await Triggers.RemoveAsync(test.Ledger.Database);
        await ExecuteAsync(test, "UPDATE ledger_entry SET line = REPLACE(line, '\"ledger\"', '\"lodger\"') WHERE seq = 7");
        await NextDayAsync(test);
        ((string)(await test.ModelAsync((await test.NotificationsAsync()).ShouldHaveSingleItem()))["problem"]!).ShouldStartWith("The chain is broken.");
        _anchor.Texts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Checkpoints_that_vanished_or_were_forged_are_told_of_and_the_next_is_written()
    {
        await using var test = await AnchoredAsync(Provider.Sqlite, entries: 5);
        using var stranger = TestSigner.Curve();
        var forged = SignedCheckpoint.Sign(new Checkpoint("migrationguard/0123456789abcdef", 4711, new string('5', 64)), stranger);
        await _anchor.KeepAsync(forged, CancellationToken.None);
        await NextDayAsync(test);
        await NextDayAsync(test);
        ((string)(await test.ModelAsync((await test.NotificationsAsync()).ShouldHaveSingleItem()))["problem"]!).ShouldContain("not signed by a signer known here");
        _anchor.Texts.Count.ShouldBe(4);

        _anchor.Clear();
        await NextDayAsync(test);
        await NextDayAsync(test);
        (await test.NotificationsAsync()).Count.ShouldBe(2);
        ((string)(await test.ModelAsync((await test.NotificationsAsync())[1]))["problem"]!).ShouldContain("is not there any more");
        _anchor.Texts.Count.ShouldBe(2);
        await test.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_place_that_is_down_is_tried_again_and_told_and_keeps_nothing_from_the_others()
    {
        await using var test = await CreateAsync(Provider.Sqlite);
        var other = new MemoryAnchor("container https://account/checkpoints");
        var sweep = Sweep(test, [_anchor, other]);
        _anchor.IsDown = true;
        (await Should.ThrowAsync<AnchorException>(() => sweep.RunAsync(CancellationToken.None))).Message.ShouldContain(_anchor.Place);
        await Should.ThrowAsync<AnchorException>(() => sweep.RunAsync(CancellationToken.None));
        (_anchor.Texts.Count, other.Texts.Count).ShouldBe((0, 1));
        _anchor.IsDown = false;
        await sweep.RunAsync(CancellationToken.None);
        await sweep.RunAsync(CancellationToken.None);
        (_anchor.Texts.Count, other.Texts.Count).ShouldBe((1, 1));
        await test.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_place_that_could_not_be_read_while_the_chain_was_rewritten_is_not_written_over()
    {
        await using var test = await AnchoredAsync(Provider.Sqlite, entries: 5);
        await Triggers.RemoveAsync(test.Ledger.Database);
        await RewriteAsync(test, 3);
        _anchor.IsDown = true;
        await Should.ThrowAsync<AnchorException>(() => NextDayAsync(test));
        _anchor.IsDown = false;
        await NextDayAsync(test);
        (await test.NotificationsAsync()).ShouldHaveSingleItem().ShouldStartWith("checkpoint-failed.");
        _anchor.Texts.Count.ShouldBe(1);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_store_that_says_for_ever_that_nothing_is_due_does_not_stop_a_worker_that_runs_or_starts(Provider engine)
    {
        await using var test = await AnchoredAsync(engine, entries: 5);
        var running = Sweep(test, [_anchor], "owner");
        await SayDoneAsync(test);
        await running.RunAsync(CancellationToken.None);
        await running.RunAsync(CancellationToken.None);
        (_anchor.Texts.Count, (await test.NotificationsAsync()).Count).ShouldBe((2, 0));

        test.Clock.Now = test.Clock.Now.AddHours(23);
        await SayDoneAsync(test);
        await running.RunAsync(CancellationToken.None);
        _anchor.Texts.Count.ShouldBe(2);
        test.Clock.Now = test.Clock.Now.AddHours(1);
        await SayDoneAsync(test);
        await running.RunAsync(CancellationToken.None);
        (_anchor.Texts.Count, (await test.NotificationsAsync()).Count).ShouldBe((3, 1));
        await test.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_place_whose_newest_checkpoint_is_older_than_two_intervals_is_told_of_once_whatever_the_store_says()
    {
        await using var test = await AnchoredAsync(Provider.Sqlite, entries: 5);
        test.Clock.Now = test.Clock.Now.AddHours(48);
        await Sweep(test, [_anchor]).RunAsync(CancellationToken.None);
        (await test.NotificationsAsync()).ShouldBeEmpty();

        test.Clock.Now = test.Clock.Now.AddHours(49);
        await SayDoneAsync(test);
        await Sweep(test, [_anchor]).RunAsync(CancellationToken.None);
        ((string)(await test.ModelAsync((await test.NotificationsAsync()).ShouldHaveSingleItem()))["problem"]!).ShouldContain("more than two intervals ago");
        _anchor.Texts.Count.ShouldBe(3);
        await NextDayAsync(test);
        (await test.NotificationsAsync()).Count.ShouldBe(1);
        await test.ShouldHoldAsync();
    }

    [Fact]
    public async Task What_was_told_of_a_checkpoint_cannot_be_removed_unseen()
    {
        await using var test = await AnchoredAsync(Provider.Sqlite, entries: 5);
        _anchor.Clear();
        await NextDayAsync(test);
        await test.ShouldHoldAsync();
        await Triggers.RemoveAsync(test.Ledger.Database);
        await ExecuteAsync(test, "DELETE FROM delivery; DELETE FROM notification");
        (await test.Ledger.Store.VerifyAsync(CancellationToken.None)).Problems.ShouldHaveSingleItem().Problem.ShouldContain("it was removed");
    }

    private async Task<TestDecommissioning> CreateAsync(Provider engine)
    {
        var test = await TestDecommissioning.CreateAsync(engine, SetClock.At(2026, 3, 1));
        _anchor.Time = test.Clock;
        return test;
    }

    /// <summary>Has the store say that everything was done just now, as its administrator can.</summary>
    private Task SayDoneAsync(TestDecommissioning test)
    {
        var marks = new Dictionary<string, string> { [_anchor.Place] = Moments.Text(test.Clock.Now), ["mail"] = Moments.Text(test.Clock.Now) };
        return test.Ledger.Store.WriteAsync(
            async ledger =>
            {
                await ledger.SetMarkAsync("checkpoint", JsonSerializer.Serialize(marks));
                return marks.Count;
            },
            CancellationToken.None);
    }

    /// <summary>A ledger of some entries, with a checkpoint of all of them.</summary>
    private async Task<TestDecommissioning> AnchoredAsync(Provider engine, int entries)
    {
        var test = await CreateAsync(engine);
        for (var i = 0; i < entries; i++)
            await AppendAsync(test);
        await Sweep(test, [_anchor]).RunAsync(CancellationToken.None);
        return test;
    }

    private Task NextDayAsync(TestDecommissioning test)
    {
        test.Clock.Now = test.Clock.Now.AddHours(24);
        return Sweep(test, [_anchor]).RunAsync(CancellationToken.None);
    }

    private CheckpointSweep Sweep(TestDecommissioning test, IReadOnlyList<ICheckpointAnchor> anchors, params string[] mailTo) => new(
        test.Ledger.Store, anchors, mailTo, _ => Task.FromResult(new CheckpointSigners(X509CertificateLoader.LoadPkcs12(_signer.Export(X509ContentType.Pfx), null), [])),
        test.Audience, TestDecommissioning.Owner, test.Clock, TimeSpan.FromHours(24), "Project");

    private static Task<EntryLine> AppendAsync(TestDecommissioning test) =>
        test.Ledger.Store.AppendAsync(EntryKind.Approval, "thing", [], TestDecommissioning.Owner, CancellationToken.None);

    /// <summary>Gives an entry another subject, and every line after it the hash that then belongs there.</summary>
    private static async Task RewriteAsync(TestDecommissioning test, int from)
    {
        var lines = (await test.Ledger.LinesAsync()).Select(line => EntryLine.Parse(line)!).ToList();
        for (var i = from - 1; i < lines.Count; i++)
        {
            lines[i] = lines[i] with { Subject = i == from - 1 ? "another" : lines[i].Subject, Previous = lines[i - 1].Hash };
            await ExecuteAsync(test, string.Create(CultureInfo.InvariantCulture, $"UPDATE ledger_entry SET line = '{lines[i].Text}', hash = '{lines[i].Hash}' WHERE seq = {i + 1}"));
        }
    }

    private static Task ExecuteAsync(TestDecommissioning test, string sql) =>
        test.Ledger.Database.ExecuteAsync(test.Ledger.Database.Provider == Provider.Sqlite ? "PRAGMA foreign_keys = OFF;" + sql : sql);
}

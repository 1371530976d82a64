using System.Text;
using System.Text.Json.Nodes;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Ledger;

/// <summary>What an entry was about can be erased, as an entry itself; what merely vanished is tampering.</summary>
public sealed class ErasureTests
{
    private const string Canary = "Z0e-Quill-of-12-Elm-Row";

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task An_erased_payload_is_gone_the_erasure_is_an_entry_and_the_chain_holds(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        var entry = await AppendAsync(ledger.Store, "one");
        var before = await ledger.LinesAsync();
        var erased = await ledger.Store.EraseAsync(entry.Seq, "She asked for it.", TestLedger.Engineer, CancellationToken.None);
        (erased.Seq, erased.Kind, erased.Subject, erased.Unsent).ShouldBe((2L, "approval", "one", 0));
        (await ledger.LinesAsync()).Take(2).ShouldBe(before);
        var record = (await ledger.Store.ListEntriesAsync([EntryKind.PayloadErased], CancellationToken.None)).ShouldHaveSingleItem();
        (record.Line.Seq, record.Line.Subject, (string?)record.Content!["reason"]).ShouldBe((3L, "entry-2", "She asked for it."));
        (await ledger.Store.ListEntriesAsync([EntryKind.Approval], CancellationToken.None)).ShouldHaveSingleItem().Payload.ShouldBeNull();
        var report = await ledger.Store.VerifyAsync(CancellationToken.None);
        report.Problems.ShouldBeEmpty();
        report.Erased.ShouldBe(1);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_payload_that_vanished_without_an_entry_is_found(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        var entry = await AppendAsync(ledger.Store, "one");
        await AppendAsync(ledger.Store, "two");
        // The tables allow it, as an erasure needs it: so the chain has to say of it.
        await ledger.Database.ExecuteAsync($"UPDATE ledger_payload SET salt = NULL, payload = NULL WHERE seq = {entry.Seq}");
        (await ledger.Store.VerifyAsync(CancellationToken.None)).Problems
            .ShouldBe([new ChainProblem(entry.Seq, "The payload is gone, and no entry records that it was erased.")]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task An_erasure_whose_payload_is_there_or_which_is_of_nothing_is_found(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        await AppendAsync(ledger.Store, "one");
        foreach (var subject in new[] { "entry-2", "entry-9", "entry-02" })
            await ledger.Store.AppendAsync(EntryKind.PayloadErased, subject, [], TestLedger.Engineer, CancellationToken.None);
        await ledger.Store.EraseAsync(2, "She asked for it.", TestLedger.Engineer, CancellationToken.None);
        await ledger.Store.AppendAsync(EntryKind.PayloadErased, "entry-2", [], TestLedger.Engineer, CancellationToken.None);
        var problems = (await ledger.Store.VerifyAsync(CancellationToken.None)).Problems;
        problems.Select(problem => problem.Seq).ShouldBe([4L, 5L, 6L, 7L]);
        problems.Select(problem => problem.Problem).ShouldAllBe(problem => problem.StartsWith("The entry records an erasure", StringComparison.Ordinal));

        await using var other = await TestLedger.CreateAsync(engine);
        await AppendAsync(other.Store, "one");
        await other.Store.AppendAsync(EntryKind.PayloadErased, "entry-2", [], TestLedger.Engineer, CancellationToken.None);
        (await other.Store.VerifyAsync(CancellationToken.None)).Problems.ShouldBe([new ChainProblem(2, "The payload was erased by entry 3, and is there.")]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task An_entry_that_is_unknown_erased_or_never_erased_is_refused_and_nothing_is_written(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        await AppendAsync(ledger.Store, "one");
        await EraseAsync(2);
        (await RefusedAsync(2)).ShouldContain("has been erased already");
        (await RefusedAsync(3)).ShouldContain("records an erasure itself");
        (await RefusedAsync(1)).ShouldContain("records that the ledger was made");
        (await RefusedAsync(99)).ShouldContain("is not in the ledger");
        (await RefusedAsync(-1)).ShouldContain("is not in the ledger");
        (await ledger.Store.VerifyAsync(CancellationToken.None)).ShouldSatisfyAllConditions(report => report.Problems.ShouldBeEmpty(), report => report.Entries.ShouldBe(3));

        Task<ErasedEntry> EraseAsync(long seq) => ledger.Store.EraseAsync(seq, "She asked for it.", TestLedger.Engineer, CancellationToken.None);
        async Task<string> RefusedAsync(long seq) => (await Should.ThrowAsync<LedgerException>(() => EraseAsync(seq))).Message;
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task What_was_told_of_an_entry_goes_with_it_and_what_was_not_sent_yet_is_not_sent(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        var entry = await ToldAsync(ledger.Store);
        var sent = (await ledger.Store.LeaseDeliveriesAsync("worker", 1, TimeSpan.FromMinutes(1), TimeSpan.FromHours(6), CancellationToken.None)).ShouldHaveSingleItem();
        await ledger.Store.MarkSentAsync(sent, CancellationToken.None);
        var erased = await ledger.Store.EraseAsync(entry.Seq, "She asked for it.", TestLedger.Engineer, CancellationToken.None);
        erased.Unsent.ShouldBe(1);
        (await ledger.Database.ScalarAsync("SELECT document FROM notification")).ShouldBe("{}");
        (await ledger.Store.ListDeliveriesAsync(waitingOnly: true, 10, CancellationToken.None)).ShouldBeEmpty();
        (await ledger.Store.ListDeliveriesAsync(waitingOnly: false, 10, CancellationToken.None)).ShouldHaveSingleItem().SentAt.ShouldNotBeNull();
        (await ledger.Store.ListEntriesAsync([EntryKind.PayloadErased], CancellationToken.None))[0].Content!["unsent"]!.GetValue<int>().ShouldBe(1);
        (await ledger.Store.VerifyAsync(CancellationToken.None)).Problems.ShouldBeEmpty();

        await ledger.Database.ExecuteAsync("UPDATE notification SET document = '{\"who\":\"somebody\"}'");
        (await ledger.Store.VerifyAsync(CancellationToken.None)).Problems.ShouldHaveSingleItem().Problem.ShouldContain("is there, though what this entry was about is erased");
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_run_whose_last_entry_was_erased_is_unproven(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        var run = await ledger.RunAsync(TestLedger.Result("contact"));
        await ledger.Store.EraseAsync(2, "Not needed.", TestLedger.Engineer, CancellationToken.None);
        (await ledger.Store.VerifyAsync(CancellationToken.None)).UnprovenRuns.ShouldBeEmpty();
        await ledger.Store.EraseAsync(3, "Not needed.", TestLedger.Engineer, CancellationToken.None);
        var report = await ledger.Store.VerifyAsync(CancellationToken.None);
        report.Problems.ShouldBeEmpty();
        report.UnprovenRuns.ShouldBe([run.Run]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Erasures_while_the_chain_is_replayed_raise_no_alarm(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        for (var i = 0; i < 20; i++)
            await AppendAsync(ledger.Store, "thing");
        var erasing = Task.Run(async () =>
        {
            for (var seq = 2; seq <= 21; seq++)
                await ledger.Store.EraseAsync(seq, "Not needed.", TestLedger.Engineer, CancellationToken.None);
        });
        do
        {
            (await ledger.Store.VerifyAsync(CancellationToken.None)).Problems.ShouldBeEmpty();
        }
        while (!erasing.IsCompleted);
        await erasing;
        (await ledger.Store.VerifyAsync(CancellationToken.None)).Erased.ShouldBe(20);
    }

    [Fact]
    public async Task Nothing_of_an_erased_payload_is_left_in_the_stores_file()
    {
        using var folder = new TemporaryFolder();
        var file = folder.At("ledger.db");
        var options = new StoreOptions { ConnectionString = $"Data Source={file};Pooling=False" };
        await using (var store = await LedgerStore.OpenAsync(options, folder.Path, TimeProvider.System, CancellationToken.None))
        {
            await ToldAsync(store);
            (await HoldsAsync()).ShouldBeTrue();
            await store.EraseAsync(2, "She asked for it.", TestLedger.Engineer, CancellationToken.None);
        }
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        (await HoldsAsync()).ShouldBeFalse();

        async Task<bool> HoldsAsync()
        {
            foreach (var name in Directory.GetFiles(folder.Path))
            {
                await using var stream = new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                var bytes = new byte[stream.Length];
                await stream.ReadExactlyAsync(bytes);
                if (bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Canary)) >= 0)
                    return true;
            }
            return false;
        }
    }

    private static Task<EntryLine> AppendAsync(LedgerStore store, string subject) =>
        store.AppendAsync(EntryKind.Approval, subject, new JsonObject { ["who"] = Canary }, TestLedger.Engineer, CancellationToken.None);

    /// <summary>An entry of which two people are told.</summary>
    private static Task<EntryLine> ToldAsync(LedgerStore store) => store.WriteAsync(
        async ledger =>
        {
            var model = new JsonObject { ["job"] = "reviews", ["since"] = "2026-03-01T12:00:00.0000000Z", ["error"] = Canary };
            var entry = await ledger.AppendAsync(new NewEntry(EntryKind.JobFailing, "reviews", model.DeepClone().AsObject(), TestLedger.Engineer));
            await ledger.NotifyAsync(
            [
                new OutgoingNotification(
                    new Notification("job-failing.reviews.20260301120000", "job-failing", model, ledger.Now), entry.Seq, [new Recipient("smtp", "owner", "<1@test>"), new Recipient("smtp", "dpo", "<2@test>")]),
            ]);
            return entry;
        },
        CancellationToken.None);
}

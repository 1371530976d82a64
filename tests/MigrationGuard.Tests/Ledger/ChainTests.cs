using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Ledger;

/// <summary>The chain grows by whole entries, one after another, whoever writes it.</summary>
public sealed class ChainTests
{
    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_new_ledger_begins_with_the_entry_of_its_creation_and_holds(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        var report = await ledger.Store.VerifyAsync(CancellationToken.None);
        report.Problems.ShouldBeEmpty();
        report.Entries.ShouldBe(1);
        var line = (await ledger.LinesAsync()).ShouldHaveSingleItem();
        report.Head.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(line))));
        line.ShouldMatch("""\A\{"seq":1,"time":"[^"]{27}Z","kind":"store-created","actor":"actor-[0-9a-f]{16}","subject":"store","payload":"[0-9a-f]{64}","previous":"0{64}"\}\z""");
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Opening_a_ledger_again_adds_nothing(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        var again = await ledger.OpenAsync();
        (await again.VerifyAsync(CancellationToken.None)).Entries.ShouldBe(1);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Many_that_open_a_new_ledger_at_once_create_it_once(Provider engine)
    {
        await using var ledger = await TestLedger.CreateEmptyAsync(engine);
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ledger.OpenAsync())));
        var report = await stores[3].VerifyAsync(CancellationToken.None);
        report.Problems.ShouldBeEmpty();
        report.Entries.ShouldBe(1);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Entries_appended_by_many_stores_at_once_make_one_unforked_chain(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ledger.OpenAsync()));
        var appended = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => AppendAsync(stores[i % 4], "thing-" + i))));
        var report = await ledger.Store.VerifyAsync(CancellationToken.None);
        report.Problems.ShouldBeEmpty();
        report.Entries.ShouldBe(61);
        appended.Select(entry => entry.Seq).Order().ShouldBe(Enumerable.Range(2, 60).Select(seq => (long)seq));
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_chain_that_grows_while_it_is_replayed_holds(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 5; i++)
                await ledger.RunAsync(TestLedger.Result("contact"));
        });
        do
        {
            (await ledger.Store.VerifyAsync(CancellationToken.None)).Problems.ShouldBeEmpty();
        }
        while (!writing.IsCompleted);
        await writing;
        (await ledger.Store.VerifyAsync(CancellationToken.None)).Entries.ShouldBe(11);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Each_line_names_the_hash_of_the_line_before_it_and_of_its_salted_payload(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        await AppendAsync(ledger.Store, "one");
        await AppendAsync(ledger.Store, "two");
        var previous = new string('0', 64);
        var seq = 0;
        foreach (var line in await ledger.LinesAsync())
        {
            seq++;
            var members = JsonNode.Parse(line)!;
            ((string?)members["previous"]).ShouldBe(previous);
            var salt = (byte[])(await ledger.Database.ScalarAsync($"SELECT salt FROM ledger_payload WHERE seq = {seq}"))!;
            var payload = (byte[])(await ledger.Database.ScalarAsync($"SELECT payload FROM ledger_payload WHERE seq = {seq}"))!;
            salt.Length.ShouldBe(32);
            ((string?)members["payload"]).ShouldBe(Convert.ToHexStringLower(SHA256.HashData([.. salt, .. payload])));
            previous = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(line)));
        }
        seq.ShouldBe(3);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task An_account_has_one_pseudonym_until_its_row_is_erased_and_stands_in_no_line(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        var first = await AppendAsync(ledger.Store, "one");
        var second = await AppendAsync(ledger.Store, "two");
        second.Actor.ShouldBe(first.Actor);
        (await ledger.Store.AppendAsync(EntryKind.Approval, "three", [], new Actor("FARM\\owner"), CancellationToken.None)).Actor.ShouldNotBe(first.Actor);
        await ledger.Database.ExecuteAsync($"DELETE FROM actor WHERE id = '{first.Actor}'");
        (await AppendAsync(ledger.Store, "four")).Actor.ShouldNotBe(first.Actor);
        string.Concat(await ledger.LinesAsync()).ShouldNotContain("FARM");
        (await ledger.Store.VerifyAsync(CancellationToken.None)).Problems.ShouldBeEmpty();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Whom_an_account_says_it_acts_for_is_recorded_in_the_payload(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        var actor = TestLedger.Engineer with { OnBehalfOf = "the data owner" };
        await ledger.Store.AppendAsync(EntryKind.Approval, "one", new JsonObject { ["what"] = "this" }, actor, CancellationToken.None);
        var payload = (byte[])(await ledger.Database.ScalarAsync("SELECT payload FROM ledger_payload WHERE seq = 2"))!;
        Encoding.UTF8.GetString(payload).ShouldBe("""{"what":"this","onBehalfOf":"the data owner"}""");
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_configuration_is_recorded_when_it_differs_from_the_last_one_recorded(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        (await RecordAsync("""{ "Store": "a" }""")).ShouldBeTrue();
        (await RecordAsync("""{"Store":"a"}""")).ShouldBeFalse();
        (await RecordAsync("""{"Store":"b"}""")).ShouldBeTrue();
        (await RecordAsync("""{"Store":"a"}""")).ShouldBeTrue();
        (await ledger.LinesAsync()).Count(line => line.Contains("configuration-changed", StringComparison.Ordinal)).ShouldBe(3);
        await Should.ThrowAsync<JsonException>(() => RecordAsync("{"));

        Task<bool> RecordAsync(string json) => ledger.Store.RecordConfigurationAsync(json, TestLedger.Engineer, CancellationToken.None);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task An_approval_is_recorded_when_it_is_seen_for_the_first_time(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        var approval = new Approval
        {
            Comparison = "crm",
            Entity = "contact",
            Check = "record-count",
            Kind = "extra-in-target",
            AtMost = 12,
            Groups = [["1", null]],
            Reason = "users of the new system",
            ApprovedBy = "head of IT",
            Expires = new DateOnly(2026, 12, 31),
        };
        (await RecordAsync(approval, approval with { Entity = "account" }, approval)).ShouldBe(2);
        (await RecordAsync(approval)).ShouldBe(0);
        (await RecordAsync(approval with { AtMost = 13 })).ShouldBe(1);
        (await RecordAsync(approval with { Expires = new DateOnly(2027, 12, 31) })).ShouldBe(1);
        (await ledger.Store.VerifyAsync(CancellationToken.None)).Entries.ShouldBe(5);

        Task<int> RecordAsync(params Approval[] approvals) => ledger.Store.RecordApprovalsAsync(approvals, TestLedger.Engineer, CancellationToken.None);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task An_entry_that_cannot_be_written_leaves_no_trace(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        foreach (var subject in new[] { "", "two words", "quo\"te", "line\n", "Zoë", new string('x', 201) })
            await Should.ThrowAsync<ArgumentException>(() => AppendAsync(ledger.Store, subject));
        (await AppendAsync(ledger.Store, "fine")).Seq.ShouldBe(2);
        (await ledger.Store.VerifyAsync(CancellationToken.None)).Problems.ShouldBeEmpty();
    }

    private static Task<EntryLine> AppendAsync(MigrationGuard.Ledger.Store.LedgerStore store, string subject) =>
        store.AppendAsync(EntryKind.Approval, subject, new JsonObject { ["subject"] = subject }, TestLedger.Engineer, CancellationToken.None);
}

using MigrationGuard.Databases;
using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.BackupPromises;
using MigrationGuard.Retention.Inventory;
using MigrationGuard.Tests.Ledger;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Retention.BackupPromises;

/// <summary>What is known of headers from one reading to the next, on every engine that the ledger's store may be on.</summary>
public sealed class HeaderMemoryTests
{
    private static readonly BackupHeaderOutcome Outcome = new BackupHeaderOutcome.NotABackup("It is a text.");

    private static readonly StoredCopy Copy = new()
    {
        Store = "vault",
        Name = "a.bak",
        Length = 10,
        Modified = DateTimeOffset.UnixEpoch,
        ETag = "0x1",
        VersionId = "v",
        Snapshot = "s",
    };

    private static readonly string Key = HeaderMemory.KeyOf(Copy)!;

    public static TheoryData<Provider> Engines => EnginePairs.Engines;

    [SkippableTheory, MemberData(nameof(Engines))]
    public async Task What_was_kept_is_found_by_the_next_reading(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        BackupHeaderOutcome[] outcomes = [new BackupHeaderOutcome.Read(SyntheticHeader), new BackupHeaderOutcome.Damaged("“é” 🙂"), new BackupHeaderOutcome.Unreadable("It is encrypted."), Outcome];
        var kept = outcomes.Select((outcome, number) => (Key: HeaderMemory.KeyOf(Copy with { Name = $"{number}" })!, Outcome: outcome)).ToList();
        await KeepAsync(new HeaderMemory(ledger.Store, "vault"), [.. kept]);
        var found = await new HeaderMemory(ledger.Store, "vault").FindAsync([.. kept.Select(header => header.Key), Key], CancellationToken.None);
        found.Count.ShouldBe(4);
        kept.ShouldAllBe(header => found[header.Key] == header.Outcome);
    }

    [SkippableTheory, MemberData(nameof(Engines))]
    public async Task More_headers_than_a_statement_takes_are_kept_and_found(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        var keys = Enumerable.Range(0, 1_250).Select(number => HeaderMemory.KeyOf(Copy with { Length = number })!).ToList();
        await KeepAsync(new HeaderMemory(ledger.Store, "vault"), [.. keys.Select(key => (key, Outcome))]);
        (await new HeaderMemory(ledger.Store, "vault").FindAsync(keys, CancellationToken.None)).Count.ShouldBe(1_250);
    }

    [SkippableTheory, MemberData(nameof(Engines))]
    public async Task What_was_not_in_a_whole_listing_is_forgotten_and_what_was_not_in_part_of_one_is_not(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        var other = HeaderMemory.KeyOf(Copy with { Name = "b.bak" })!;
        await KeepAsync(new HeaderMemory(ledger.Store, "vault"), (Key, Outcome), (other, Outcome));
        await KeepAsync(new HeaderMemory(ledger.Store, "elsewhere"), (HeaderMemory.KeyOf(Copy with { Store = "elsewhere" })!, Outcome));

        var inPart = new HeaderMemory(ledger.Store, "vault");
        await inPart.FindAsync([other], CancellationToken.None);
        await inPart.CompleteAsync(wasWhole: false, CancellationToken.None);
        (await CountAsync(ledger)).ShouldBe(3);

        var whole = new HeaderMemory(ledger.Store, "vault");
        await whole.FindAsync([other], CancellationToken.None);
        await whole.CompleteAsync(wasWhole: true, CancellationToken.None);
        (await CountAsync(ledger)).ShouldBe(2);
        (await new HeaderMemory(ledger.Store, "vault").FindAsync([Key, other], CancellationToken.None)).Keys.ShouldBe([other]);
    }

    [SkippableTheory, MemberData(nameof(Engines))]
    public async Task Who_trusts_nothing_is_told_nothing_and_replaces_what_was_known(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        await KeepAsync(new HeaderMemory(ledger.Store, "vault"), (Key, Outcome));
        var anew = new HeaderMemory(ledger.Store, "vault", trustsNothing: true);
        (await anew.FindAsync([Key], CancellationToken.None)).ShouldBeEmpty();
        await KeepAsync(anew, (Key, new BackupHeaderOutcome.Damaged("It is torn.")));
        (await new HeaderMemory(ledger.Store, "vault").FindAsync([Key], CancellationToken.None))[Key].ShouldBe(new BackupHeaderOutcome.Damaged("It is torn."));
        (await CountAsync(ledger)).ShouldBe(1);
    }

    [Fact]
    public async Task What_lacks_its_end_is_not_kept()
    {
        await using var ledger = await TestLedger.CreateAsync(Provider.Sqlite);
        await KeepAsync(new HeaderMemory(ledger.Store, "vault"), (Key, new BackupHeaderOutcome.Truncated(null, "It ends early.")));
        (await CountAsync(ledger)).ShouldBe(0);
    }

    [Fact]
    public async Task What_an_older_version_wrote_otherwise_is_not_known()
    {
        await using var ledger = await TestLedger.CreateAsync(Provider.Sqlite);
        await ledger.Store.WriteAsync(async transaction =>
        {
            await transaction.InsertAsync("backup_header", ["id", "store", "outcome"], [[Key, "vault", "0\u001Fread\u001FSQL1"]]);
            return true;
        }, CancellationToken.None);
        (await new HeaderMemory(ledger.Store, "vault").FindAsync([Key], CancellationToken.None)).ShouldBeEmpty();
        await KeepAsync(new HeaderMemory(ledger.Store, "vault"), (Key, Outcome));
        (await new HeaderMemory(ledger.Store, "vault").FindAsync([Key], CancellationToken.None)).Count.ShouldBe(1);
    }

    [Fact]
    public void Anything_that_tells_one_content_from_another_has_a_key_of_its_own()
    {
        StoredCopy[] contents =
        [
            Copy, Copy with { Store = "other" }, Copy with { Name = "b.bak" }, Copy with { Length = 11 }, Copy with { ETag = "0x2" },
            Copy with { VersionId = null }, Copy with { Snapshot = null }, Copy with { VersionId = "s", Snapshot = "v" },
        ];
        contents.Select(HeaderMemory.KeyOf).Distinct().Count().ShouldBe(contents.Length);
        HeaderMemory.KeyOf(Copy with { Tier = "Cool", Modified = DateTimeOffset.MaxValue, State = CopyState.Version }).ShouldBe(Key);
        HeaderMemory.KeyOf(Copy with { ETag = "" }).ShouldBeNull();
    }

    private static BackupHeader SyntheticHeader => BackupHeaders.SyntheticBackup.Usual;

    private static async Task KeepAsync(HeaderMemory memory, params (string Key, BackupHeaderOutcome Outcome)[] headers)
    {
        await memory.FindAsync([.. headers.Select(header => header.Key)], CancellationToken.None);
        foreach (var (key, outcome) in headers)
            await memory.KeepAsync(key, outcome, CancellationToken.None);
        await memory.CompleteAsync(wasWhole: true, CancellationToken.None);
    }

    private static Task<long> CountAsync(TestLedger ledger) =>
        ledger.Store.ReadAsync(reading => reading.FirstAsync<long>("SELECT COUNT(*) FROM backup_header"), CancellationToken.None);
}

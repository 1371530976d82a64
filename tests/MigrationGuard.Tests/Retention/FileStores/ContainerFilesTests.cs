using System.Security.Cryptography;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.FileStores;
using MigrationGuard.Retention.Inventory;
using MigrationGuard.Tests.Decommissioning;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Retention.FileStores;

/// <summary>What containers say of files that folders do not: hashes, metadata, versions, deleted blobs, archives.</summary>
public sealed class ContainerFilesTests
{
    private static readonly byte[] Content = "alpha"u8.ToArray();

    [Fact]
    public async Task Blobs_with_recorded_hashes_are_compared_without_reading_them()
    {
        var source = new FakeContainer("old").With("a.txt", Content, Hashed(Content));
        var target = new FakeContainer("new").With("a.txt", Content, Hashed(Content));
        (await CompareAsync(source, target)).ShouldMatch();
        source.Opened.Concat(target.Opened).ShouldBeEmpty();

        var other = new FakeContainer("new").With("a.txt", Content, Hashed("alphA"u8));
        (await CompareAsync(source, other)).ShouldMismatch().ShouldHaveSingleItem().Columns.ShouldBe(["content"]);
    }

    [Fact]
    public async Task Blobs_without_are_read_once_on_each_side()
    {
        var source = new FakeContainer("old").With("a.txt", Content);
        var target = new FakeContainer("new").With("a.txt", Content);
        (await CompareAsync(source, target)).ShouldMatch();
        (source.Opened.Count, target.Opened.Count).ShouldBe((1, 1));

        (await CompareAsync(source, new FakeContainer("new").With("a.txt", "alphA"u8.ToArray()))).ShouldMismatch().ShouldHaveSingleItem().Columns.ShouldBe(["content"]);
    }

    [Fact]
    public async Task A_blob_was_made_when_its_metadata_say_and_not_when_it_was_uploaded()
    {
        var source = new FakeContainer("old").With("a.txt", Content);
        (await CompareAsync(source, new FakeContainer("new").With("a.txt", Content, copy => copy with { CreatedMetadata = "2025-03-20T13:00:00+01:00" }))).ShouldMatch();
        (await CompareAsync(source, new FakeContainer("new").With("a.txt", Content, copy => copy with { CreatedMetadata = "2026-03-20T12:00:00Z" }))).ShouldMismatch().ShouldHaveSingleItem().Kind.ShouldBe(FileFindings.CreatedDiffers);
        (await CompareAsync(source, new FakeContainer("new").With("a.txt", Content, copy => copy with { CreatedMetadata = null }))).ShouldNotBeChecked().ShouldStartWith("When they were made is not known");
    }

    [Fact]
    public async Task An_archived_blob_without_a_hash_is_not_checked_and_with_one_it_is()
    {
        var source = new FakeContainer("old").With("a.txt", Content);
        (await CompareAsync(source, new FakeContainer("new").With("a.txt", Content, copy => copy with { Tier = "Archive" }))).ShouldNotBeChecked().ShouldContain("by length alone");
        (await CompareAsync(source, new FakeContainer("new").With("a.txt", Content, copy => Hashed(Content)(copy) with { Tier = "Archive" }))).ShouldMatch();
    }

    [Fact]
    public async Task Versions_and_deleted_blobs_are_not_what_arrived()
    {
        var source = new FakeContainer("old").With("a.txt", Content);
        (await CompareAsync(source, new FakeContainer("new").With("a.txt", Content, copy => copy with { State = CopyState.Deleted }))).ShouldMismatch().ShouldHaveSingleItem().Kind.ShouldBe(FindingKinds.MissingInTarget);
    }

    [Theory]
    [InlineData(CopyState.Current, "1 file made more than 14 days ago.")]
    [InlineData(CopyState.Version, "1 file made more than 14 days ago, deleted or replaced, which can still be brought back.")]
    [InlineData(CopyState.Snapshot, "1 file made more than 14 days ago, deleted or replaced, which can still be brought back.")]
    [InlineData(CopyState.Deleted, "1 file made more than 14 days ago, deleted or replaced, which can still be brought back.")]
    public async Task Whatever_can_still_be_read_or_brought_back_is_kept(CopyState state, string told)
    {
        (await KeptAsync(new FakeContainer("crm").With("a.txt", Content, copy => copy with { State = state }))).ShouldMismatch().ShouldHaveSingleItem().Detail.ShouldBe(told);
        (await KeptAsync(new FakeContainer("crm").With("a.txt", Content, copy => copy with { State = state, CreatedMetadata = "2026-03-19T12:00:00Z" }))).ShouldMatch();
    }

    [Fact]
    public async Task What_the_service_refuses_to_list_may_be_too_old()
    {
        var container = new FakeContainer("crm").With("a.txt", Content, copy => copy with { CreatedMetadata = "2026-03-19T12:00:00Z" });
        container.Refused.Add("Versions are not visible from here.");
        (await KeptAsync(container)).ShouldNotBeChecked().ShouldBe("crm: Versions are not visible from here.");
    }

    [Fact]
    public async Task A_container_whose_blobs_were_deleted_is_not_emptied_before_they_cannot_be_brought_back()
    {
        (await EmptiedAsync(new FakeContainer("letters"))).ShouldMatch();
        (await EmptiedAsync(new FakeContainer("letters").With("a.txt", Content, copy => copy with { State = CopyState.Deleted }))).ShouldMismatch().ShouldHaveSingleItem().Kind.ShouldBe(KeepingFindings.KeptTooLong);
    }

    [Theory]
    [InlineData("")]
    [InlineData("letters/")]
    public async Task A_container_as_a_whole_may_be_empty_without_a_landmark_and_a_part_of_one_may_not(string prefix)
    {
        var options = new FileStoreOptions { Container = "https://account.blob.core.windows.net/crm", Prefix = prefix };
        var inventory = await FileInventory.ReadAsync(new ListedFileStore(new FakeContainer("crm"), options, new SetClock(FileTrees.Now)), CancellationToken.None);
        var promise = new FilePromise("kept", "crm", null, new byte[32]);
        new FileRetention(inventory, earlier: null, new FileRetentionOptions { Days = 14, MayBeEmpty = true }, promise).Check();
        if (prefix.Length == 0)
            promise.Outcome().Result.ShouldMatch();
        else
            promise.Outcome().Result.ShouldNotBeChecked().ShouldContain("nothing shows that it is the right place");
    }

    private static Func<StoredCopy, StoredCopy> Hashed(ReadOnlySpan<byte> content)
    {
        var hash = Convert.ToHexStringLower(MD5.HashData(content));
        return copy => copy with { ContentMd5 = hash };
    }

    private static async Task<CheckResult> CompareAsync(FakeContainer source, FakeContainer target)
    {
        var promise = new FilePromise("moved", "new", null, new byte[32]);
        await new FileComparison(await ListedAsync(source), await ListedAsync(target), new FileComparisonOptions(), concurrency: 2, promise).CompareAsync(CancellationToken.None);
        return promise.Outcome().Result;
    }

    private static async Task<CheckResult> KeptAsync(FakeContainer store)
    {
        var promise = new FilePromise("kept", "crm", null, new byte[32]);
        new FileRetention(await ListedAsync(store), earlier: null, new FileRetentionOptions { Days = 14 }, promise).Check();
        return promise.Outcome().Result;
    }

    private static async Task<CheckResult> EmptiedAsync(FakeContainer store)
    {
        var promise = new FilePromise("emptied", "letters", null, new byte[32]);
        FileAbsence.Check(await ListedAsync(store), new EmptiedOptions(), promise);
        return promise.Outcome().Result;
    }

    private static Task<FileInventory> ListedAsync(FakeContainer store) =>
        FileInventory.ReadAsync(new ListedFileStore(store, new FileStoreOptions(), new SetClock(FileTrees.Now)), CancellationToken.None);
}

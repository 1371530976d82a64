using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Tests.Retention.Inventory;

/// <summary>What a container shows that no folder has, on the fake service.</summary>
public sealed class BlobStoreTests : ContentStoreConformance
{
    private static readonly DateTimeOffset March = new(2025, 3, 9, 12, 0, 0, TimeSpan.Zero);

    private protected override Task<IStorePlace> CreateAsync() => Task.FromResult<IStorePlace>(new FakeBlobPlace());

    private protected override Task<(IContentStore Store, IAsyncDisposable Place)> OpenMissingAsync()
    {
        var place = new FakeBlobPlace();
        place.Service.Fault = _ => new BlobFault(404, "ContainerNotFound");
        return Task.FromResult<(IContentStore, IAsyncDisposable)>((place.Open(), place));
    }

    [Fact]
    public async Task Of_files_the_listing_brings_metadata_and_hashes_and_no_folders()
    {
        await using var place = new FakeBlobPlace();
        place.Service.Blobs =
        [
            new("letters", []) { Metadata = new Dictionary<string, string> { ["hdi_isfolder"] = "true" } },
            new("letters/a.txt", [1, 2]) { Md5 = [0xAB, .. new byte[15]], Metadata = new Dictionary<string, string> { ["created"] = "2019-05-04T10:00:00Z" } },
            new("letters/empty.txt", []) { Metadata = new Dictionary<string, string> { ["hdi_isfolder"] = "false" } },
            new("letters/full", [3]) { Metadata = new Dictionary<string, string> { ["hdi_isfolder"] = "true" } },
        ];
        var options = new ContentStoreOptions { Container = place.Service.ContainerAddress, Credential = StorageCredential.Anonymous };
        var files = await (await BlobStore.Open("site", options, StoreUse.Files).ListAsync(CancellationToken.None)).CopiesAsync();
        // What holds bytes is a file, whatever it says of itself.
        files.Select(file => file.Name).ShouldBe(["letters/a.txt", "letters/empty.txt", "letters/full"]);
        (files[0].CreatedMetadata, files[0].ContentMd5).ShouldBe(("2019-05-04T10:00:00Z", "ab" + new string('0', 30)));
        var backups = await (await BlobStore.Open("site", options).ListAsync(CancellationToken.None)).CopiesAsync();
        (backups.Count, backups.Count(copy => copy.CreatedMetadata is not null)).ShouldBe((4, 0));
    }

    [Fact]
    public async Task Versions_snapshots_and_deleted_blobs_are_copies_of_their_own()
    {
        await using var place = new FakeBlobPlace();
        place.Service.Blobs =
        [
            new("a.bak", [1]) { VersionId = "2025-03-01T00:00:00.0000000Z", IsCurrentVersion = false, ETag = "0x1" },
            new("a.bak", [2, 2]) { VersionId = "2025-03-02T00:00:00.0000000Z", ETag = "0x2" },
            new("b.bak", [3, 3, 3]) { Snapshot = "2025-03-03T00:00:00.0000000Z", ETag = "0x3" },
            new("b.bak", [4, 4, 4, 4]) { ETag = "0x4" },
            new("c.bak", [5]) { Deleted = March, RemainingDays = 9, ETag = "0x5" },
            new("d.bak", [6]) { Deleted = March, RemainingDays = 3, VersionId = "2025-03-04T00:00:00.0000000Z", IsCurrentVersion = false, ETag = "0x6" },
        ];
        var store = place.Open();
        var listing = await store.ListAsync(CancellationToken.None);
        listing.Unseen.ShouldBeEmpty();
        var copies = await listing.CopiesAsync();
        copies.Select(copy => (copy.State, copy.Address)).ShouldBe(
        [
            (CopyState.Version, "a.bak (version 2025-03-01T00:00:00.0000000Z)"),
            (CopyState.Current, "a.bak"),
            (CopyState.Snapshot, "b.bak (snapshot 2025-03-03T00:00:00.0000000Z)"),
            (CopyState.Current, "b.bak"),
            (CopyState.Deleted, "c.bak (deleted)"),
            (CopyState.Deleted, "d.bak (deleted, version 2025-03-04T00:00:00.0000000Z)"),
        ]);
        (copies[4].Deleted, copies[4].RemainingDays).ShouldBe((March, 9));
        for (var number = 0; number < 4; number++)
            (await store.ReadAsync(copies[number])).ShouldBe(place.Service.Blobs[number].Content, copies[number].Address);
    }

    [Fact]
    public async Task Policies_holds_and_tiers_are_listed_and_where_there_are_none_none()
    {
        await using var place = new FakeBlobPlace();
        place.Service.Blobs =
        [
            new("a.bak", [1]) { ImmutableUntil = March, ImmutabilityMode = "Locked", HasLegalHold = true },
            new("b.bak", [1]) { ImmutableUntil = March, ImmutabilityMode = "Unlocked", Tier = "Archive" },
            new("c.bak", [1]) { Tier = "Cool" },
        ];
        (await place.Open().CopiesAsync()).Select(copy => (copy.ImmutableUntil, copy.ImmutabilityMode, copy.HasLegalHold, copy.Tier, copy.IsArchived, copy.IsEncrypted)).ShouldBe(
        [
            (March, "Locked", true, "Hot", false, true),
            (March, "Unlocked", false, "Archive", true, true),
            (null, null, false, "Cool", false, true),
        ]);
    }

    [Fact]
    public async Task Traits_are_those_of_the_container_and_its_account()
    {
        await using var place = new FakeBlobPlace();
        var service = place.Service;
        (service.PublicAccess, service.SoftDeleteDays, service.HasImmutabilityPolicy, service.HasLegalHold, service.HasImmutableVersions) = ("blob", 14, true, true, true);
        (await place.Open().ReadTraitsAsync(CancellationToken.None)).ShouldBe(new StoreTraits
        {
            PublicAccess = Known("Blob"),
            SoftDeleteDays = Known(14),
            Redundancy = Known("StandardZrs"),
            HasImmutabilityPolicy = Known(true),
            HasLegalHold = Known(true),
            HasImmutableVersions = Known(true),
        });
    }

    [Fact]
    public async Task A_closed_container_without_soft_delete_says_so()
    {
        await using var place = new FakeBlobPlace();
        var traits = await place.Open().ReadTraitsAsync(CancellationToken.None);
        (traits.PublicAccess, traits.SoftDeleteDays, traits.HasLegalHold).ShouldBe((Known("None"), Known(0), Known(false)));
    }

    [Theory]
    [InlineData(403, "AuthorizationPermissionMismatch")]
    [InlineData(403, "AuthorizationFailure")]
    [InlineData(404, "ResourceNotFound")]
    [InlineData(409, "PublicAccessNotPermitted")]
    public async Task What_a_credential_is_not_told_is_not_visible_and_no_no(int status, string code)
    {
        await using var place = new FakeBlobPlace();
        place.Service.Fault = call => call.Operation is BlobOperation.GetServiceProperties or BlobOperation.GetAccountInfo ? new BlobFault(status, code) : null;
        var traits = await place.Open().ReadTraitsAsync(CancellationToken.None);
        traits.PublicAccess.ShouldBe(Known("None"));
        traits.SoftDeleteDays.ShouldBeOfType<Seen<int>.NotVisible>().Reason.ShouldBe($"The credential is not told ({code}).");
        traits.Redundancy.ShouldBeOfType<Seen<string>.NotVisible>().ShownBy.ShouldContain("management plane");
    }

    [Fact]
    public async Task Traits_of_a_service_that_is_too_busy_are_an_error()
    {
        await using var place = new FakeBlobPlace();
        place.Service.Fault = call => call.Operation == BlobOperation.GetServiceProperties ? new BlobFault(503, "ServerBusy") : null;
        (await Should.ThrowAsync<StoreAccessException>(() => place.Open().ReadTraitsAsync(CancellationToken.None))).Problem.ShouldContain("too busy");
    }

    [Fact]
    public async Task Every_page_is_listed_in_its_order()
    {
        await using var place = new FakeBlobPlace();
        place.Service.Blobs = [.. Enumerable.Range(0, 5003).Select(number => new FakeBlob($"log/{number:00000}.trn", []))];
        (await place.Open(FakeBlobPlace.Impatient with { PageSize = 1000 }).CopiesAsync()).Select(copy => copy.Name).ShouldBe(place.Service.Blobs.Select(blob => blob.Name));
        place.Service.Count(BlobOperation.ListBlobs).ShouldBe(6);
        (await place.Open().CopiesAsync()).Count.ShouldBe(5003);
        place.Service.Count(BlobOperation.ListBlobs).ShouldBe(8);
    }

    [Fact]
    public async Task A_page_without_a_blob_is_not_the_end()
    {
        await using var place = new FakeBlobPlace();
        place.Service.PageSize = 1;
        place.Service.Blobs = [new("a.bak", [1]), .. Enumerable.Range(0, 4).Select(number => new FakeBlob($"b/{number}.bak", [1])), new("c.bak", [1])];
        // A service may give any page empty, with a marker to go on from: here one for what the prefix leaves out.
        place.Service.HasEmptyPages = true;
        (await place.Open(prefix: "c").CopiesAsync()).ShouldHaveSingleItem().Name.ShouldBe("c.bak");
        place.Service.Count(BlobOperation.ListBlobs).ShouldBe(6);
    }

    [Fact]
    public async Task A_listing_is_never_more_than_a_page_ahead_and_lets_go_of_what_has_been_read()
    {
        await using var place = new FakeBlobPlace();
        place.Service.PageSize = 10;
        place.Service.Blobs = [.. Enumerable.Range(0, 100).Select(number => new FakeBlob($"log/{number:00}.trn", []))];
        var copies = (await place.Open().ListAsync(CancellationToken.None)).Copies.GetAsyncEnumerator();
        await using (copies)
        {
            var first = await ReferAsync(copies);
            place.Service.Count(BlobOperation.ListBlobs).ShouldBeLessThanOrEqualTo(2);
            for (var number = 1; number <= 35; number++)
                (await copies.MoveNextAsync()).ShouldBeTrue();
            place.Service.Count(BlobOperation.ListBlobs).ShouldBeLessThanOrEqualTo(5);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            first.TryGetTarget(out _).ShouldBeFalse();
        }

        // Of its own, so that nothing here still holds on to the copy.
        static async Task<WeakReference<StoredCopy>> ReferAsync(IAsyncEnumerator<StoredCopy> copies)
        {
            (await copies.MoveNextAsync()).ShouldBeTrue();
            return new WeakReference<StoredCopy>(copies.Current);
        }
    }

    [Theory]
    [InlineData(400, "InvalidQueryParameterValue")]
    [InlineData(403, "AuthorizationPermissionMismatch")]
    [InlineData(409, "FeatureNotSupportedForAccount")]
    public async Task Where_only_a_plain_listing_is_allowed_it_is_had_and_what_it_lacks_is_said(int status, string code)
    {
        await using var place = new FakeBlobPlace();
        place.Service.PageSize = 1;
        place.Service.Blobs = [new("a.bak", [1]), new("b.bak", [1]) { Snapshot = "2025-03-03T00:00:00.0000000Z" }, new("b.bak", [1])];
        place.Service.Fault = call => call.Include.Contains("versions") ? new BlobFault(status, code) : null;
        var listing = await place.Open().ListAsync(CancellationToken.None);
        listing.Unseen.ShouldHaveSingleItem().ShouldContain($"refused to list them ({code})");
        (await listing.CopiesAsync()).Select(copy => copy.Name).ShouldBe(["a.bak", "b.bak"]);
    }

    [Fact]
    public async Task A_blob_that_was_archived_since_it_was_listed_is_an_error_that_says_so()
    {
        await using var place = new FakeBlobPlace();
        place.Service.Blobs = [new("a.bak", [1])];
        var store = place.Open();
        var copy = (await store.CopiesAsync())[0];
        place.Service.Blobs = [new("a.bak", [1]) { Tier = "Archive" }];
        (await Should.ThrowAsync<StoreAccessException>(() => store.ReadAsync(copy))).Problem.ShouldBe("cannot give a.bak: it is in the archive (BlobArchived).");
    }

    [Fact]
    public async Task A_read_that_was_cut_goes_on_where_it_was_cut_and_only_in_the_same_content()
    {
        await using var place = new FakeBlobPlace();
        var bytes = Enumerable.Range(0, 50_000).Select(number => (byte)(number % 251)).ToArray();
        await place.PutAsync("a.bak", bytes);
        var store = place.Open();
        var copy = (await store.CopiesAsync())[0];
        place.Service.Fault = call => call.Time == 1 ? BlobFault.Cut(20_000) : null;
        (await store.ReadAsync(copy)).ShouldBe(bytes);
        place.Service.Count(BlobOperation.GetBlob).ShouldBe(2);

        place.Service.Fault = call => call.Time == 3 ? BlobFault.Cut(20_000) : null;
        place.Service.Arrived = call =>
        {
            if (call.Time == 4)
                place.Service.Blobs = [new("a.bak", new byte[50_000]) { ETag = "0xOTHER" }];
        };
        (await Should.ThrowAsync<ContentChangedException>(() => store.ReadAsync(copy))).Message.ShouldContain("was replaced");
    }

    [Fact]
    public async Task A_blob_that_is_said_not_to_be_as_it_was_listed_is_gone_when_nothing_is_there()
    {
        await using var place = new FakeBlobPlace();
        await place.PutAsync("a.bak", [1, 2]);
        var store = place.Open();
        var copy = (await store.CopiesAsync())[0];
        place.Service.Fault = call => call.Time == 1 ? new BlobFault(412, "ConditionNotMet") : null;
        await place.DeleteAsync("a.bak");
        (await Should.ThrowAsync<ContentChangedException>(() => store.ReadAsync(copy))).IsGone.ShouldBeTrue();
    }

    [Fact]
    public async Task An_answer_that_is_not_the_range_that_was_asked_for_is_not_read_as_it()
    {
        await using var place = new FakeBlobPlace();
        await place.PutAsync("a.bak", [1, 2, 3, 4]);
        var store = place.Open();
        var copy = (await store.CopiesAsync())[0];
        place.Service.IgnoresRanges = true;
        (await Should.ThrowAsync<StoreAccessException>(() => store.ReadAsync(copy, 2))).Problem.ShouldContain("something else than Azure Storage");
    }

    private static Seen<T> Known<T>(T value) => new Seen<T>.Known(value);
}

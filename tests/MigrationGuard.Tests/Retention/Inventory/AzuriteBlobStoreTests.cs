using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using MigrationGuard.Retention.Inventory;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Retention.Inventory;

/// <summary>The same, and what only a real service shows, on Azure Storage's emulator.</summary>
public sealed class AzuriteBlobStoreTests : ContentStoreConformance
{
    private const string Variable = "MIGRATIONGUARD_TEST_AZURITE";

    private protected override async Task<IStorePlace> CreateAsync() => await AzuritePlace.CreateAsync();

    private protected override async Task<(IContentStore Store, IAsyncDisposable Place)> OpenMissingAsync()
    {
        var place = await AzuritePlace.CreateAsync();
        return (BlobStore.Open("vault", place.Options("mgtest-missing")), place);
    }

    [SkippableTheory]
    [InlineData(60, 7)]
    [InlineData(5001, null)]
    public async Task A_listing_of_more_than_a_page_comes_to_its_end(int blobs, int? pageSize)
    {
        await using var place = await AzuritePlace.CreateAsync();
        var names = Enumerable.Range(0, blobs).Select(number => $"log/{number:0000}.trn").ToList();
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (name, _) => await place.PutAsync(name, [1]));
        var store = BlobStore.Open("vault", place.Options(), BlobRequests.Usual with { PageSize = pageSize });
        (await store.CopiesAsync()).Select(copy => copy.Name).ShouldBe(names);
    }

    [SkippableFact]
    public async Task Properties_are_those_that_the_emulator_has()
    {
        await using var place = await AzuritePlace.CreateAsync();
        await place.PutAsync("a.bak", [1, 2, 3]);
        await place.Container.GetBlobClient("a.bak").SetAccessTierAsync(AccessTier.Cool);
        var copy = (await place.Open().CopiesAsync()).ShouldHaveSingleItem();
        (copy.Tier, copy.IsEncrypted, copy.ImmutableUntil, copy.ImmutabilityMode, copy.HasLegalHold).ShouldBe(("Cool", true, null, null, false));
        var traits = await place.Open().ReadTraitsAsync(CancellationToken.None);
        traits.PublicAccess.ShouldBe(new Seen<string>.Known("None"));
        traits.HasLegalHold.ShouldBe(new Seen<bool>.Known(false));
        traits.Redundancy.ShouldBeOfType<Seen<string>.Known>().Value.ShouldStartWith("Standard");
        traits.SoftDeleteDays.ShouldBeOfType<Seen<int>.Known>();
    }

    [SkippableFact]
    public async Task A_snapshot_is_listed_and_read_as_it_was()
    {
        await using var place = await AzuritePlace.CreateAsync();
        await place.PutAsync("a.bak", [1]);
        await place.Container.GetBlobClient("a.bak").CreateSnapshotAsync();
        await place.PutAsync("a.bak", [2, 2]);
        var store = place.Open();
        var copies = await store.CopiesAsync();
        copies.Select(copy => copy.State).Order().ShouldBe([CopyState.Current, CopyState.Snapshot]);
        (await store.ReadAsync(copies.Single(copy => copy.State == CopyState.Snapshot))).ShouldBe([1]);
        (await store.ReadAsync(copies.Single(copy => copy.State == CopyState.Current))).ShouldBe([2, 2]);
    }

    [SkippableFact]
    public async Task A_blob_that_is_archived_is_listed_as_such()
    {
        await using var place = await AzuritePlace.CreateAsync();
        await place.PutAsync("a.bak", [1]);
        var store = place.Open();
        var before = (await store.CopiesAsync()).ShouldHaveSingleItem();
        await place.Container.GetBlobClient("a.bak").SetAccessTierAsync(AccessTier.Archive);
        (await store.CopiesAsync()).ShouldHaveSingleItem().IsArchived.ShouldBeTrue();
        await Should.ThrowAsync<StoreAccessException>(() => store.ReadAsync(before));
    }

    [SkippableFact]
    public async Task A_signature_to_read_and_list_reads_and_lists_and_is_not_told_of_the_account()
    {
        await using var place = await AzuritePlace.CreateAsync();
        await place.PutAsync("a.bak", [1, 2, 3]);
        var store = place.OpenSigned(BlobContainerSasPermissions.Read | BlobContainerSasPermissions.List, TimeSpan.FromHours(1));
        (await store.ReadAsync((await store.CopiesAsync()).ShouldHaveSingleItem())).ShouldBe([1, 2, 3]);
        var traits = await store.ReadTraitsAsync(CancellationToken.None);
        traits.PublicAccess.ShouldBeOfType<Seen<string>.NotVisible>();
        traits.SoftDeleteDays.ShouldBeOfType<Seen<int>.NotVisible>();
    }

    [SkippableFact]
    public async Task A_signature_that_may_only_read_cannot_list()
    {
        await using var place = await AzuritePlace.CreateAsync();
        var error = await Should.ThrowAsync<StoreAccessException>(() => place.OpenSigned(BlobContainerSasPermissions.Read, TimeSpan.FromHours(1)).CopiesAsync());
        error.Problem.ShouldBe("cannot be listed: the credential does not allow it (AuthorizationPermissionMismatch).");
    }

    [SkippableFact]
    public async Task A_signature_that_may_only_list_cannot_read()
    {
        await using var place = await AzuritePlace.CreateAsync();
        await place.PutAsync("a.bak", [1]);
        var store = place.OpenSigned(BlobContainerSasPermissions.List, TimeSpan.FromHours(1));
        var copy = (await store.CopiesAsync()).ShouldHaveSingleItem();
        (await Should.ThrowAsync<StoreAccessException>(() => store.ReadAsync(copy))).Problem.ShouldStartWith("cannot give a.bak: the credential does not allow it");
    }

    [SkippableFact]
    public async Task An_expired_signature_is_refused_and_not_repeated()
    {
        await using var place = await AzuritePlace.CreateAsync();
        await place.PutAsync("a.bak", [1]);
        var error = await Should.ThrowAsync<StoreAccessException>(() => place.OpenSigned(BlobContainerSasPermissions.All, TimeSpan.FromHours(-1)).CopiesAsync());
        error.Message.ShouldContain("expired");
        error.ToString().ShouldNotContain("sig=");
    }

    /// <summary>A container of one test.</summary>
    private sealed class AzuritePlace : IStorePlace
    {
        private readonly string _server;

        private AzuritePlace(string server)
        {
            _server = server;
            Container = new BlobContainerClient(server, "mgtest-" + System.Security.Cryptography.RandomNumberGenerator.GetHexString(16, lowercase: true));
        }

        public BlobContainerClient Container { get; }

        public static async Task<AzuritePlace> CreateAsync()
        {
            var place = new AzuritePlace(ServerAvailability.Decide(
                "azurite", Variable, "Let tests/run.sh start one", Environment.GetEnvironmentVariable(Variable), Environment.GetEnvironmentVariable(ServerAvailability.RequireVariable)).Demand());
            await place.Container.CreateAsync();
            return place;
        }

        public ContentStoreOptions Options(string? container = null, string prefix = "") =>
            new() { Container = container ?? Container.Name, Credential = StorageCredential.ConnectionString, ConnectionString = _server, Prefix = prefix };

        public IContentStore Open(string prefix = "") => BlobStore.Open("vault", Options(prefix: prefix));

        public BlobStore OpenSigned(BlobContainerSasPermissions permissions, TimeSpan remaining) => BlobStore.Open("vault", new ContentStoreOptions
        {
            Container = Container.Uri.ToString(),
            Credential = StorageCredential.Sas,
            SharedAccessSignature = Container.GenerateSasUri(permissions, TimeProvider.System.GetUtcNow() + remaining).Query,
        });

        public Task PutAsync(string name, byte[] content) => Container.GetBlobClient(name).UploadAsync(new BinaryData(content), overwrite: true);

        public Task DeleteAsync(string name) => Container.GetBlobClient(name).DeleteAsync();

        public async ValueTask DisposeAsync() => await Container.DeleteAsync();
    }
}

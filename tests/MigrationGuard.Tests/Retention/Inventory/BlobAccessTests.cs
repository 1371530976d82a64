using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Tests.Retention.Inventory;

public sealed class BlobAccessTests
{
    [Theory]
    [InlineData("no address", null)]
    [InlineData("https://account.blob.core.windows.net/backups?sig=" + FakeBlobPlace.Signature, null)]
    [InlineData("backups", "AccountName=a;AccountKey=" + FakeBlobPlace.Signature)]
    public void What_cannot_be_understood_is_an_error_that_does_not_repeat_it(string container, string? connectionString)
    {
        var options = new ContentStoreOptions
        {
            Container = container,
            Credential = connectionString is null ? StorageCredential.Sas : StorageCredential.ConnectionString,
            SharedAccessSignature = "sig=" + FakeBlobPlace.Signature,
            ConnectionString = connectionString,
        };
        var error = Should.Throw<StoreAccessException>(() => BlobStore.Open("vault", options));
        error.Place.ShouldBe("Backups:Stores:vault");
        error.ToString().ShouldNotContain(FakeBlobPlace.Signature);
    }

    [Fact]
    public void A_place_tells_nothing_but_where_it_is() =>
        BlobStore.Open("vault", new ContentStoreOptions { Container = $"https://me:{FakeBlobPlace.Signature}@account.blob.core.windows.net/backups?sig={FakeBlobPlace.Signature}", Credential = StorageCredential.Anonymous })
            .Place.ShouldBe("Store vault, container https://account.blob.core.windows.net/backups,");
}

using System.Globalization;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Tests.Retention.Inventory;

/// <summary>The fake service as a place for back-ups, and stores on it that do not wait between tries.</summary>
internal sealed class FakeBlobPlace : IStorePlace
{
    /// <summary>Must stand in no message.</summary>
    public const string Signature = "c2VjcmV0LWNhbmFyeS1zaWduYXR1cmU";

    public static readonly BlobRequests Impatient = new() { Delay = TimeSpan.Zero, LongestDelay = TimeSpan.FromSeconds(30) };

    private int _written;

    public FakeBlobService Service { get; } = new();

    public IContentStore Open(string prefix) => Open(Impatient, prefix);

    public BlobStore Open(BlobRequests? requests = null, string prefix = "") => BlobStore.Open(
        "vault",
        new ContentStoreOptions
        {
            Container = Service.ContainerAddress,
            Credential = StorageCredential.Sas,
            SharedAccessSignature = "?sv=2023-01-03&sp=rl&sr=c&se=2025-03-02T00%3A00%3A00Z&sig=" + Signature,
            Prefix = prefix,
        },
        requests ?? Impatient);

    public Task PutAsync(string name, byte[] content)
    {
        Service.Put(new FakeBlob(name, content) { ETag = string.Create(CultureInfo.InvariantCulture, $"0x8DD{++_written:X8}") });
        return Task.CompletedTask;
    }

    public Task DeleteAsync(string name)
    {
        Service.Blobs = [.. Service.Blobs.Where(blob => blob.Name != name)];
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}

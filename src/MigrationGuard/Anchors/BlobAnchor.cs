using System.Globalization;
using System.Text;
using Azure;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace MigrationGuard.Anchors;

/// <summary>A container of Azure Storage, whose own policy sees to it that nothing in it is changed or removed.</summary>
internal sealed class BlobAnchor(BlobContainerClient container) : ICheckpointAnchor
{
    private const int MostBytes = 64 * 1024;
    private const int NotSatisfiable = 416;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Place => "container " + container.Uri.GetLeftPart(UriPartial.Path);

    /// <summary>Opens nothing yet.</summary>
    /// <exception cref="AnchorException">The address or the connection string cannot be understood.</exception>
    public static BlobAnchor Open(CheckpointOptions options)
    {
        var client = new BlobClientOptions();
        (client.Retry.MaxRetries, client.Retry.NetworkTimeout) = (2, Patience);
        try
        {
            return new BlobAnchor(options.BlobCredential == BlobCredential.ConnectionString
                ? new BlobContainerClient(options.BlobConnectionString, options.BlobContainer, client)
                : new BlobContainerClient(new Uri(options.BlobContainer!), new DefaultAzureCredential(), client));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            // What the library says may repeat the key.
            throw new AnchorException("Checkpoints:BlobConnectionString", "is not the connection string of a storage account.", "Copy it from the account's access keys, or build one of BlobEndpoint and SharedAccessSignature.");
        }
    }

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => TryAsync<IReadOnlyList<string>>("be listed", async () =>
    {
        var names = new List<string>();
        await foreach (var blob in container.GetBlobsAsync(prefix: CheckpointName.Prefix, cancellationToken: cancellationToken))
            names.Add(blob.Name);
        return names;
    });

    public Task<string> ReadAsync(string name, CancellationToken cancellationToken) => TryAsync("be read", async () =>
    {
        try
        {
            var blob = await container.GetBlobClient(name).DownloadContentAsync(new BlobDownloadOptions { Range = new HttpRange(0, MostBytes) }, cancellationToken);
            return Encoding.UTF8.GetString(blob.Value.Content.ToMemory().Span);
        }
        catch (RequestFailedException e) when (e.Status == NotSatisfiable)
        {
            // No range of an empty blob can be had.
            return "";
        }
    });

    public Task<DateTimeOffset> KeptAtAsync(string name, CancellationToken cancellationToken) => TryAsync(
        "be read", async () => (await container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: cancellationToken)).Value.LastModified);

    public Task<bool> WriteAsync(string name, string text, CancellationToken cancellationToken) => TryAsync("be written to", async () =>
    {
        var blob = container.GetBlockBlobClient(name);
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var block = Convert.ToBase64String("checkpoint"u8);
        await blob.StageBlockAsync(block, content, cancellationToken: cancellationToken);
        try
        {
            await blob.CommitBlockListAsync([block], new CommitBlockListOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobAlreadyExists || e.ErrorCode == BlobErrorCode.ConditionNotMet)
        {
            return false;
        }
    });

    private async Task<T> TryAsync<T>(string what, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (RequestFailedException e)
        {
            throw Unusable(what, e.ErrorCode ?? (e.Status > 0 ? string.Create(CultureInfo.InvariantCulture, $"status {e.Status}") : "no connection"), e);
        }
        catch (AuthenticationFailedException e)
        {
            throw Unusable(what, "no identity of this machine or environment could sign in", e);
        }
        catch (AggregateException e)
        {
            // Every attempt failed, each for a reason of its own.
            throw Unusable(what, "no connection", e);
        }
    }

    private AnchorException Unusable(string what, string reason, Exception e) =>
        new(Place, $"cannot {what} ({reason}).", "See that it exists and can be reached, and let this program list, read and create blobs in it; or correct Checkpoints:BlobContainer.", e);
}

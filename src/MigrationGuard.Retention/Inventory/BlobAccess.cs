using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace MigrationGuard.Retention.Inventory;

/// <summary>Opens containers as the configuration says, without asking the service anything yet.</summary>
internal static class BlobAccess
{
    /// <param name="place">Where the options stand, for the error.</param>
    /// <exception cref="StoreAccessException">The address, signature or connection string cannot be understood.</exception>
    public static BlobContainerClient Open(string place, ContentStoreOptions options, BlobRequests requests)
    {
        var client = requests.ToOptions();
        try
        {
            return options.Credential switch
            {
                StorageCredential.ConnectionString => new BlobContainerClient(options.ConnectionString, options.Container, client),
                StorageCredential.Anonymous => new BlobContainerClient(Address(options), client),
                StorageCredential.Sas => new BlobContainerClient(Address(options), new AzureSasCredential(options.SharedAccessSignature!.TrimStart('?')), client),
                _ => new BlobContainerClient(Address(options), Identity(options), client),
            };
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            // What the library says may repeat a key.
            throw new StoreAccessException(place, "cannot be opened: its address, signature or connection string cannot be understood.", "Copy them anew from the storage account.");
        }
    }

    private static Uri Address(ContentStoreOptions options) => new(options.Container!, UriKind.Absolute);

    private static TokenCredential Identity(ContentStoreOptions options) => options.Credential switch
    {
        StorageCredential.ManagedIdentity => new ManagedIdentityCredential(options.ClientId is { Length: > 0 } id ? ManagedIdentityId.FromUserAssignedClientId(id) : ManagedIdentityId.SystemAssigned),
        StorageCredential.WorkloadIdentity => new WorkloadIdentityCredential(),
        StorageCredential.Environment => new EnvironmentCredential(),
        StorageCredential.AzureCli => new AzureCliCredential(),
        _ => new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = options.ClientId }),
    };
}

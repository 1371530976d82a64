using System.ComponentModel;

namespace MigrationGuard.Retention.Inventory;

/// <summary>Where back-ups or files lie.</summary>
public class ContentStoreOptions
{
    [Description("An Azure Storage container: its address, or with Credential ConnectionString its name. Unset for a folder.")]
    public string? Container { get; set; }

    [Description("A folder of this machine or a share, relative to this file. Unset for a container.")]
    public string? Folder { get; set; }

    [Description("Only what is under this path, such as prod/sql/. Empty for everything.")]
    public string Prefix { get; set; } = "";

    [Description("Who this program is to Azure Storage. Default tries the others in turn, but for the last three; Sas takes SharedAccessSignature, ConnectionString takes ConnectionString, Anonymous is nobody.")]
    public StorageCredential Credential { get; set; }

    [Description("The client id of a user-assigned managed identity; unset for the system-assigned one.")]
    public string? ClientId { get; set; }

    [Description("The storage account's connection string. Keep it out of the file: set MigrationGuard__Backups__Stores__NAME__ConnectionString, or with Files in the place of Backups.")]
    public string? ConnectionString { get; set; }

    [Description("A shared access signature that may list and read. Keep it out of the file: set MigrationGuard__Backups__Stores__NAME__SharedAccessSignature, or with Files in the place of Backups.")]
    public string? SharedAccessSignature { get; set; }
}

/// <summary>The kinds of credential that Azure Storage is shown.</summary>
public enum StorageCredential
{
    Default,
    ManagedIdentity,
    WorkloadIdentity,
    Environment,
    AzureCli,
    Sas,
    ConnectionString,
    Anonymous,
}

using System.ComponentModel;

namespace MigrationGuard.Anchors;

/// <summary>Where signed checkpoints of the ledger's chain are kept, out of reach of whoever administers the store.</summary>
public sealed class CheckpointOptions
{
    [Description("Hours between two checkpoints.")]
    public double EveryHours { get; set; } = 24;

    [Description("A folder that the store's administrator cannot write to, relative to this file; it must be there. Unset for none.")]
    public string? Directory { get; set; }

    [Description("An Azure Storage container with a policy that lets nothing be changed or removed: its address, or with BlobConnectionString its name. Unset for none.")]
    public string? BlobContainer { get; set; }

    [Description("Default: the identity that this program runs as (managed identity, environment, Azure CLI). ConnectionString: what BlobConnectionString says.")]
    public BlobCredential BlobCredential { get; set; }

    [Description("The storage account's connection string, best one with a SAS that may list, read and create. Keep it out of the file: set MigrationGuard__Checkpoints__BlobConnectionString.")]
    public string? BlobConnectionString { get; set; }

    [Description("Who gets every checkpoint by mail, by their keys under People.")]
    public List<string> Mail { get; set; } = [];

    [Description("A PEM file of the certificates that earlier checkpoints were signed with, relative to this file; needed once the signer has changed.")]
    public string? EarlierSigners { get; set; }
}

/// <summary>How the program proves to Azure Storage who it is.</summary>
public enum BlobCredential
{
    Default,
    ConnectionString,
}

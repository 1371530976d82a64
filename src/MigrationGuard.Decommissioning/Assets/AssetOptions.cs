using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace MigrationGuard.Decommissioning.Assets;

/// <summary>Something to be destroyed, as configured.</summary>
public sealed class AssetOptions
{
    [Required]
    [Description("What it is: Server, Database, CrmOrganisation, HoppingServer, FileShare, Mailbox, Queue, BackupSet, BlobContainer, Integration or Other.")]
    public AssetKind Kind { get; set; }

    [Description("Where it is: a server, a path, a resource id.")]
    public string Location { get; set; } = "";

    [Description("Who holds it: the team or supplier that runs it.")]
    public string Holder { get; set; } = "";

    [Description("The role that owns its destruction, by its name under Roles.")]
    public string OwnerRole { get; set; } = "";

    [Description("The person who owns it, by the name under People; whoever holds the role when left out.")]
    public string? Owner { get; set; }

    [Description("The commitment it stands under, such as \"DPIA recommendation 3\".")]
    public string Commitment { get; set; } = "";

    [Description("What data it holds.")]
    public string Holds { get; set; } = "";

    [Description("The day its successor went live, such as 2026-03-07. Its deletion reviews are counted from that day; without one there are none yet.")]
    public DateOnly? GoLive { get; set; }
}

/// <summary>What an asset is.</summary>
public enum AssetKind
{
    Server,
    Database,

    /// <summary>An organisation of Dynamics CRM; deleting it leaves its database.</summary>
    CrmOrganisation,

    /// <summary>A server that data passed through on its way.</summary>
    HoppingServer,
    FileShare,
    Mailbox,
    Queue,
    BackupSet,
    BlobContainer,
    Integration,
    Other,
}

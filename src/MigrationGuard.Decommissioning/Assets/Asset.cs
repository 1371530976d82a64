using System.Text.Json.Serialization;

namespace MigrationGuard.Decommissioning.Assets;

/// <summary>Something to be destroyed, as the ledger keeps it.</summary>
public sealed record Asset
{
    /// <summary>What it is called everywhere; the same in any case.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("kind")]
    public required AssetKind Kind { get; init; }

    [JsonPropertyName("location")]
    public required string Location { get; init; }

    [JsonPropertyName("holder")]
    public required string Holder { get; init; }

    [JsonPropertyName("ownerRole")]
    public required string OwnerRole { get; init; }

    /// <summary>The owner's key; null where the role owns it.</summary>
    [JsonPropertyName("owner")]
    public string? Owner { get; init; }

    /// <summary>The commitment it stands under.</summary>
    [JsonPropertyName("commitment")]
    public required string Commitment { get; init; }

    /// <summary>What data it holds.</summary>
    [JsonPropertyName("holds")]
    public required string Holds { get; init; }

    /// <summary>The day its successor went live; null while nothing has.</summary>
    [JsonPropertyName("goLive")]
    public DateOnly? GoLive { get; init; }

    /// <summary>An asset as configured.</summary>
    public static Asset Of(string name, AssetOptions options) => new()
    {
        Name = name,
        Kind = options.Kind,
        Location = options.Location,
        Holder = options.Holder,
        OwnerRole = options.OwnerRole,
        Owner = options.Owner,
        Commitment = options.Commitment,
        Holds = options.Holds,
        GoLive = options.GoLive,
    };
}

/// <summary>An asset in the ledger.</summary>
/// <param name="RegisteredSeq">The entry that it was registered by.</param>
/// <param name="ClosedSeq">The entry that it was closed by; null while it is open.</param>
public sealed record RegisteredAsset(Asset Asset, long RegisteredSeq, long? ClosedSeq)
{
    public bool IsClosed => ClosedSeq is not null;
}

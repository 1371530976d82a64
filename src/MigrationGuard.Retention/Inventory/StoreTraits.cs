namespace MigrationGuard.Retention.Inventory;

/// <summary>What holds for a store as a whole.</summary>
public sealed record StoreTraits
{
    /// <summary>Who may read without a credential: <c>None</c>, <c>Blob</c> or <c>Container</c>, as the service spells it.</summary>
    public required Seen<string> PublicAccess { get; init; }

    /// <summary>Days for which deleted blobs stay recoverable; 0 where soft delete is off.</summary>
    public required Seen<int> SoftDeleteDays { get; init; }

    /// <summary>The account's kind of redundancy, such as <c>StandardZrs</c>.</summary>
    public required Seen<string> Redundancy { get; init; }

    /// <summary>Whether the container has a policy of immutability. How long it is, and whether it is locked, only the management plane says.</summary>
    public required Seen<bool> HasImmutabilityPolicy { get; init; }

    /// <summary>Whether the container is under a legal hold.</summary>
    public required Seen<bool> HasLegalHold { get; init; }

    /// <summary>Whether blobs can have policies of immutability of their own.</summary>
    public required Seen<bool> HasImmutableVersions { get; init; }
}

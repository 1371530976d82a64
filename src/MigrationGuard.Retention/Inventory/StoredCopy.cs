namespace MigrationGuard.Retention.Inventory;

/// <summary>How a copy is kept.</summary>
public enum CopyState
{
    /// <summary>It is there under its name.</summary>
    Current,

    /// <summary>An earlier version, kept since its name was written to again or deleted.</summary>
    Version,

    /// <summary>A snapshot of a blob.</summary>
    Snapshot,

    /// <summary>Deleted, and recoverable until soft delete ends.</summary>
    Deleted,
}

/// <summary>A file, or one of the copies that a blob can have: whatever somebody could still read or recover.</summary>
/// <remarks>A promise to keep something no longer than so long is broken by each of them.</remarks>
public sealed record StoredCopy
{
    /// <summary>The store's name in the configuration.</summary>
    public required string Store { get; init; }

    /// <summary>The path in the store, with <c>/</c> between its parts.</summary>
    public required string Name { get; init; }

    public CopyState State { get; init; }

    /// <summary>The version, where the account keeps versions.</summary>
    public string? VersionId { get; init; }

    /// <summary>The snapshot's own moment, where it is one.</summary>
    public string? Snapshot { get; init; }

    /// <summary>In bytes.</summary>
    public required long Length { get; init; }

    /// <summary>When it was made; null where the store does not say.</summary>
    public DateTimeOffset? Created { get; init; }

    public required DateTimeOffset Modified { get; init; }

    /// <summary>Changes whenever the content does; empty where there is none.</summary>
    public string ETag { get; init; } = "";

    /// <summary>The access tier as the service spells it; null where there are none.</summary>
    public string? Tier { get; init; }

    /// <summary>Whether the service says that it is encrypted; null where it says nothing.</summary>
    public bool? IsEncrypted { get; init; }

    /// <summary>When it was deleted.</summary>
    public DateTimeOffset? Deleted { get; init; }

    /// <summary>Whole days until a deleted copy is gone, as the service counts them.</summary>
    public int? RemainingDays { get; init; }

    /// <summary>Until when a policy of its own keeps it from being changed or deleted.</summary>
    public DateTimeOffset? ImmutableUntil { get; init; }

    /// <summary>Whether that policy can still be shortened: Unlocked, or not: Locked.</summary>
    public string? ImmutabilityMode { get; init; }

    public bool HasLegalHold { get; init; }

    /// <summary>The MD5 of the content, in lower-case hex, as whoever wrote it said; null where nobody did.</summary>
    public string? ContentMd5 { get; init; }

    /// <summary>What its metadata say under <c>created</c>; null where they were not asked for or say nothing.</summary>
    public string? CreatedMetadata { get; init; }

    /// <summary>Whether it has to be brought back from the archive, which takes hours, before anybody can read it.</summary>
    public bool IsArchived => string.Equals(Tier, "Archive", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name with what tells it from other copies under that name.</summary>
    public string Address => State switch
    {
        CopyState.Version => $"{Name} (version {VersionId})",
        CopyState.Snapshot => $"{Name} (snapshot {Snapshot})",
        CopyState.Deleted => VersionId is null ? $"{Name} (deleted)" : $"{Name} (deleted, version {VersionId})",
        _ => Name,
    };
}

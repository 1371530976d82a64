namespace MigrationGuard.Tests.Retention.Inventory;

/// <summary>A blob of the fake service, or a version, snapshot or deleted copy of one.</summary>
internal sealed record FakeBlob(string Name, byte[] Content)
{
    public string ETag { get; init; } = "0x8DD000000000001";

    public DateTimeOffset Created { get; init; } = new(2025, 3, 9, 22, 42, 0, TimeSpan.Zero);

    public DateTimeOffset Modified { get; init; } = new(2025, 3, 9, 22, 42, 0, TimeSpan.Zero);

    public string? VersionId { get; init; }

    /// <summary>Whether it is the version that its name stands for; without meaning where there are no versions.</summary>
    public bool IsCurrentVersion { get; init; } = true;

    public string? Snapshot { get; init; }

    public DateTimeOffset? Deleted { get; init; }

    public int RemainingDays { get; init; }

    public string Tier { get; init; } = "Hot";

    public DateTimeOffset? ImmutableUntil { get; init; }

    public string? ImmutabilityMode { get; init; }

    public bool HasLegalHold { get; init; }

    public bool IsEncrypted { get; init; } = true;

    public byte[]? Md5 { get; init; }

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a listing shows it only when it is asked for what it is by the word of its <c>include</c>.</summary>
    public string? ShownBy => Deleted is not null ? "deleted" : Snapshot is not null ? "snapshots" : IsCurrentVersion ? null : "versions";
}

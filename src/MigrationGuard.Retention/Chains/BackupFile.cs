using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.Chains;

/// <summary>A file that holds a back-up, or one stripe of it.</summary>
public sealed record BackupFile
{
    /// <summary>Where it is, unique among the files looked at: a path, or an address.</summary>
    public required string Path { get; init; }

    public required BackupHeader Header { get; init; }

    /// <summary>Whether its end is there. A file that was cut off has a header like any other, and restores nothing.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>When it goes for good, as a deleted copy does that can be had back until then; null where it stays.</summary>
    public DateTimeOffset? ExistsUntil { get; init; }
}

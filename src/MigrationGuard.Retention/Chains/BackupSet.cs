using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.Chains;

/// <summary>One back-up: its stripes, put together from the files that hold them.</summary>
/// <remarks>
/// A restore reads all media families of a back-up at once (Microsoft: "Media Sets, Media Families, and Backup Sets"), so one
/// stripe that is missing or cut off makes all of them worthless.
/// </remarks>
public sealed record BackupSet
{
    /// <summary>What the first stripe that is there says. The stripes agree in everything but their numbers and times.</summary>
    public required BackupHeader Header { get; init; }

    /// <summary>When it began, in UTC; the earliest of what its stripes say.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When it ended, in UTC, as far as the header's zone can be believed; the latest of what its stripes say.</summary>
    public required DateTimeOffset? Finished { get; init; }

    /// <summary>One file for each stripe that is there, in the order of their numbers.</summary>
    public required IReadOnlyList<BackupFile> Files { get; init; }

    /// <summary>Further copies of the same stripes. Nothing needs them.</summary>
    public required IReadOnlyList<BackupFile> Duplicates { get; init; }

    /// <summary>What is wrong with what the header says, or null.</summary>
    public string? Contradiction { get; init; }

    public BackupKind Kind => Header.Kind;

    public bool IsStriped => Header.FamilyCount > 1;

    /// <summary>Whether no stripe is missing.</summary>
    public bool HasAllStripes => Files.Count >= Header.FamilyCount;

    /// <summary>Whether it can be restored from: every stripe is there and complete, and the header does not contradict itself.</summary>
    public bool IsUsable
    {
        get
        {
            if (!HasAllStripes || Contradiction is not null)
                return false;
            for (var i = 0; i < Files.Count; i++)
            {
                if (!Files[i].IsComplete)
                    return false;
            }

            return true;
        }
    }

    /// <summary>The file that stands for it in a sentence.</summary>
    public string Path => Files[0].Path;
}

using MigrationGuard.Ledger.Checkpoints;

namespace MigrationGuard.Anchors;

/// <summary>The configured places for checkpoints.</summary>
internal static class CheckpointAnchors
{
    /// <param name="baseDirectory">What the folder is relative to: the configuration file's directory.</param>
    /// <exception cref="AnchorException">One cannot be understood.</exception>
    public static IReadOnlyList<ICheckpointAnchor> Of(CheckpointOptions options, string baseDirectory) =>
    [
        .. options.Directory is { } directory ? [new DirectoryAnchor(Path.GetFullPath(directory, baseDirectory))] : Array.Empty<ICheckpointAnchor>(),
        .. options.BlobContainer is not null ? [BlobAnchor.Open(options)] : Array.Empty<ICheckpointAnchor>(),
    ];

    /// <summary>Keeps a checkpoint, unless it is there already.</summary>
    /// <exception cref="AnchorException">It was not kept, or something else has its name.</exception>
    public static async Task KeepAsync(this ICheckpointAnchor anchor, SignedCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        var name = CheckpointName.Of(checkpoint.Checkpoint).ToString();
        if (await anchor.WriteAsync(name, checkpoint.Text, cancellationToken))
            return;
        // No two signatures of an elliptic curve's key are the same: what is signed counts.
        var there = await anchor.ReadAsync(name, cancellationToken);
        if (!there.StartsWith(checkpoint.Checkpoint.Text + "\n", StringComparison.Ordinal))
            throw new AnchorException(anchor.Place, $"holds something else under the name {name}.", "See who wrote it there, and move it away.");
    }
}

using MigrationGuard.Ledger.Checkpoints;

namespace MigrationGuard.Anchors;

/// <summary>What a place outside the store says of the chain.</summary>
/// <param name="Newest">The largest checkpoint there that a trusted signer signed; null when there is none.</param>
/// <param name="Findings">What is wrong with those that would be newer.</param>
internal sealed record AnchorReading(ICheckpointAnchor Anchor, SignedCheckpoint? Newest, IReadOnlyList<CheckpointFinding> Findings)
{
    // Whoever can write there could put any number of forgeries before the last good one.
    private const int MostRead = 100;

    /// <summary>Reads from the largest checkpoint down to the first that is signed; the smaller ones, that one's own writing was held against.</summary>
    /// <exception cref="AnchorException">The place could not be read.</exception>
    public static async Task<AnchorReading> OfAsync(ICheckpointAnchor anchor, CheckpointSigners signers, CancellationToken cancellationToken)
    {
        var findings = new List<CheckpointFinding>();
        var names = (await anchor.ListAsync(cancellationToken)).Select(CheckpointName.Parse).OfType<CheckpointName>().OrderByDescending(name => name.Size).ThenBy(name => name.Root, StringComparer.Ordinal);
        foreach (var name in names.Take(MostRead))
        {
            var checkpoint = Read(anchor, name, await anchor.ReadAsync(name.ToString(), cancellationToken), findings);
            if (checkpoint is not null && signers.Trust(checkpoint))
                return new AnchorReading(anchor, checkpoint, findings);
            if (checkpoint is not null)
                findings.Add(CheckpointFinding.Unsigned(anchor.Place, checkpoint));
        }
        return new AnchorReading(anchor, Newest: null, findings);
    }

    private static SignedCheckpoint? Read(ICheckpointAnchor anchor, CheckpointName name, string text, List<CheckpointFinding> findings)
    {
        try
        {
            var checkpoint = SignedCheckpoint.Parse(text);
            if (CheckpointName.Of(checkpoint.Checkpoint) == name)
                return checkpoint;
            findings.Add(CheckpointFinding.Unreadable(anchor.Place, name.ToString(), "It holds another checkpoint than its name says."));
        }
        catch (FormatException e)
        {
            findings.Add(CheckpointFinding.Unreadable(anchor.Place, name.ToString(), e.Message));
        }
        return null;
    }

    /// <summary>Everything that is wrong, once the chain has been looked at too.</summary>
    /// <param name="chain">The chain, with its root at the newest checkpoint's size.</param>
    /// <param name="written">The size of the last checkpoint that the chain says was written there; null when it says of none.</param>
    public IEnumerable<CheckpointFinding> Against(ChainTree chain, long? written)
    {
        foreach (var finding in Findings)
            yield return finding;
        if (Newest is not null && CheckpointFinding.Against(Anchor.Place, Newest.Checkpoint, chain) is { } problem)
            yield return problem;
        // One that is there but does not verify has been told of already.
        if (written is { } size && (Newest?.Checkpoint.Size ?? 0) < size && Findings.Count == 0)
            yield return CheckpointFinding.Missing(Anchor.Place, size);
    }

    /// <summary>What there is to say of a place whose newest checkpoint was kept before a moment, by the place's own clock; null of any other.</summary>
    /// <remarks>When a checkpoint was written stands in the store too, where whoever keeps the next one from being written could write anything.</remarks>
    /// <exception cref="AnchorException">The place could not be read.</exception>
    public async Task<CheckpointFinding?> StaleAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        if (Newest is null)
            return null;
        var kept = await Anchor.KeptAtAsync(CheckpointName.Of(Newest.Checkpoint).ToString(), cancellationToken);
        return kept < before ? CheckpointFinding.Stale(Anchor.Place, Newest, kept) : null;
    }
}

namespace MigrationGuard.Ledger.Checkpoints;

/// <summary>What one pass over a chain's lines came to.</summary>
/// <param name="Size">Entries.</param>
/// <param name="Root">The root of the Merkle tree over the lines, in lower-case hex.</param>
/// <param name="Head">SHA-256 of the last line, in lower-case hex.</param>
public sealed record ChainTree(long Size, string Root, string Head)
{
    /// <summary>What checkpoints call the chain; null for one without entries.</summary>
    public string? Origin { get; init; }

    /// <summary>Proofs of those of the entries asked for that are there, by their sequence numbers.</summary>
    public IReadOnlyDictionary<long, InclusionProof> Proofs { get; init; } = new Dictionary<long, InclusionProof>();

    /// <summary>The roots, in lower-case hex, that the chain had at those of the sizes asked for that it has reached.</summary>
    public IReadOnlyDictionary<long, string> RootsAt { get; init; } = new Dictionary<long, string>();

    /// <summary>The first lines that do not follow from those before them, each a sentence; empty for a chain.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>The chain as a checkpoint has it.</summary>
    /// <exception cref="InvalidOperationException">The chain has no entries.</exception>
    public Checkpoint Checkpoint => new(Origin ?? throw new InvalidOperationException("A chain without entries has no origin."), Size, Root);
}

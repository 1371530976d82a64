using MigrationGuard.Ledger.Checkpoints;

namespace MigrationGuard.Ledger.Chain;

/// <summary>What replaying the chain came to.</summary>
/// <param name="Tree">The Merkle tree over the lines replayed.</param>
/// <param name="Problems">Everything found wrong; empty for a ledger that holds.</param>
/// <remarks>
/// A chain proves that nothing before its head was changed. It cannot prove its own length: whoever can write the store can
/// shorten or rewrite its end, and only a head or a checkpoint noted elsewhere shows that.
/// </remarks>
public sealed record ChainReport(ChainTree Tree, IReadOnlyList<ChainProblem> Problems)
{
    /// <summary>Entries replayed.</summary>
    public long Entries => Tree.Size;

    /// <summary>SHA-256 of the last line's bytes, which stands for the whole chain.</summary>
    public string Head => Tree.Head;

    /// <summary>Entries whose payload has been erased: their place and order are proven, what they were about no longer is.</summary>
    public long Erased { get; init; }

    /// <summary>Finished runs whose results cannot be held against anything, because the payload of their last entry has been erased.</summary>
    public IReadOnlyList<string> UnprovenRuns { get; init; } = [];

    /// <summary>Subjects of entries whose payload has been erased, so that what the tables say of them cannot be held against anything.</summary>
    public IReadOnlyList<string> Unproven { get; init; } = [];

    public bool Holds => Problems.Count == 0;
}

/// <summary>Something wrong with the ledger.</summary>
/// <param name="Seq">The entry concerned; null where there is none.</param>
/// <param name="Problem">What is wrong, a sentence.</param>
public sealed record ChainProblem(long? Seq, string Problem);

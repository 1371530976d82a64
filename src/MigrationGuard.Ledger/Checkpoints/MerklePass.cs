namespace MigrationGuard.Ledger.Checkpoints;

/// <summary>Builds the Merkle tree of RFC 6962 over leaves as they come, and remembers what was asked for beforehand.</summary>
/// <remarks>
/// What is kept are the roots of the complete subtrees that the leaves so far make up, one for each binary digit of their number:
/// memory is logarithmic, and grows besides only with the proofs asked for.
/// </remarks>
/// <param name="provenLeaves">Indices of the leaves, the first being 0, whose inclusion is to be proven.</param>
/// <param name="sizes">Sizes at which the root is to be remembered.</param>
public sealed class MerklePass(IEnumerable<long> provenLeaves, IEnumerable<long> sizes)
{
    // Most subtrees have none, and so share this list, which nothing is ever added to.
    private static readonly List<Path> NoPaths = [];

    private readonly HashSet<long> _proven = [.. provenLeaves];
    private readonly HashSet<long> _sizes = [.. sizes];
    private readonly Dictionary<long, string> _roots = [];
    private readonly List<Subtree> _complete = [];

    public MerklePass()
        : this([], []) { }

    /// <summary>Leaves so far.</summary>
    public long Size { get; private set; }

    /// <summary>The root over the leaves so far, in lower-case hex.</summary>
    public string Root => Convert.ToHexStringLower(_complete.Count == 0 ? MerkleHash.OfNothing() : Whole().Hash);

    /// <summary>The roots, in lower-case hex, at those of the sizes asked for that have been reached.</summary>
    public IReadOnlyDictionary<long, string> RootsAt => _roots;

    public void Add(ReadOnlySpan<byte> leaf) => AddHash(MerkleHash.OfLeaf(leaf));

    /// <summary>Adds a leaf by its hash, which <see cref="MerkleHash.OfLeaf"/> made.</summary>
    public void AddHash(byte[] leaf)
    {
        var subtree = new Subtree(1, leaf, _proven.Contains(Size) ? [new Path(Size, [])] : NoPaths);
        while (_complete.Count > 0 && _complete[^1].Leaves == subtree.Leaves)
        {
            subtree = Join(_complete[^1], subtree);
            _complete.RemoveAt(_complete.Count - 1);
        }
        _complete.Add(subtree);
        Size++;
        if (_sizes.Contains(Size))
            _roots[Size] = Root;
    }

    /// <summary>Proofs of those of the leaves asked for that have come, in the tree as it is now, by their indices.</summary>
    public IReadOnlyDictionary<long, InclusionProof> Proofs() => _complete.Count == 0
        ? new Dictionary<long, InclusionProof>()
        : Whole().Paths.ToDictionary(path => path.Leaf, path => new InclusionProof(path.Leaf, Size, path.Hashes));

    // The complete subtrees are joined from the right: each is larger than all that follow it together.
    private Subtree Whole()
    {
        var whole = _complete[^1].Copy();
        for (var i = _complete.Count - 2; i >= 0; i--)
            whole = Join(_complete[i].Copy(), whole);
        return whole;
    }

    private static Subtree Join(Subtree left, Subtree right)
    {
        foreach (var path in left.Paths)
            path.Hashes.Add(right.Hash);
        foreach (var path in right.Paths)
            path.Hashes.Add(left.Hash);
        return new Subtree(left.Leaves + right.Leaves, MerkleHash.OfNode(left.Hash, right.Hash), Together(left.Paths, right.Paths));
    }

    private static List<Path> Together(List<Path> left, List<Path> right)
    {
        if (right.Count == 0)
            return left;
        if (left.Count == 0)
            return right;
        left.AddRange(right);
        return left;
    }

    /// <summary>A subtree, and the paths within it of the leaves that are to be proven.</summary>
    private sealed record Subtree(long Leaves, byte[] Hash, List<Path> Paths)
    {
        public Subtree Copy() => this with { Paths = [.. Paths.Select(path => new Path(path.Leaf, [.. path.Hashes]))] };
    }

    /// <summary>The hashes beside the way from a leaf to the root of its subtree, from the leaf upwards.</summary>
    private sealed record Path(long Leaf, List<byte[]> Hashes);
}

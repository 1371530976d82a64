using MigrationGuard.Verification.Fingerprints;

namespace MigrationGuard.Verification.Segments;

/// <summary>Folds rows into leaves, digesting several at a time where the processor can. One thread's.</summary>
internal sealed class LeafFolds
{
    private readonly Fold[] _folds;
    private readonly Sha256Lanes? _lanes = Sha256Lanes.IsSupported ? new Sha256Lanes() : null;
    private readonly int[] _leaves = new int[Sha256Lanes.Count];
    private readonly UInt128[] _digests = new UInt128[Sha256Lanes.Count];
    private int _waiting;

    public LeafFolds(int leaves) => _folds = new Fold[leaves];

    /// <summary>Counts a row in a leaf.</summary>
    public void Add(EncodedRow row, int leaf)
    {
        if (_lanes is null || row.Keyed.Length > Sha256Lanes.Longest)
        {
            _folds[leaf] = _folds[leaf].Add(row.Digest());
            return;
        }
        _lanes.Put(_waiting, row.Keyed);
        _leaves[_waiting++] = leaf;
        if (_waiting == Sha256Lanes.Count)
            FoldWaiting();
    }

    /// <summary>The folds of the leaves, in their order, once all rows were added.</summary>
    public Fold[] Complete()
    {
        FoldWaiting();
        return _folds;
    }

    private void FoldWaiting()
    {
        if (_waiting == 0)
            return;
        _lanes!.Digest(_digests);
        for (var lane = 0; lane < _waiting; lane++)
            _folds[_leaves[lane]] = _folds[_leaves[lane]].Add(_digests[lane]);
        _waiting = 0;
    }
}

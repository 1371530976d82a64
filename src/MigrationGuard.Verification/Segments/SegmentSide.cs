using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Segments;

/// <summary>What one side of a segment came to: a fold for each of its leaves, and what was counted of its rows.</summary>
/// <param name="Folds">In the order of the leaves.</param>
/// <param name="Counted">Counts, groups and newest moments.</param>
internal sealed record SegmentSide(Fold[] Folds, ScannedPart Counted)
{
    public Fold Whole => Folds.Aggregate(default(Fold), (sum, fold) => sum + fold);
}

/// <summary>A run of neighbouring leaves that were read at once, [<paramref name="From"/>, <paramref name="To"/>).</summary>
internal sealed record Segment(int From, int To, SegmentSide Source, SegmentSide Target)
{
    /// <summary>The leaves whose folds differ.</summary>
    public IEnumerable<int> DifferingLeaves => Enumerable.Range(0, To - From).Where(leaf => Source.Folds[leaf] != Target.Folds[leaf]).Select(leaf => From + leaf);

    public bool Differs => DifferingLeaves.Any();

    public SegmentSide On(Side side) => side == Side.Source ? Source : Target;

    /// <summary>Rows of both sides in a leaf.</summary>
    public long RowsOf(int leaf) => Source.Folds[leaf - From].Count + Target.Folds[leaf - From].Count;
}

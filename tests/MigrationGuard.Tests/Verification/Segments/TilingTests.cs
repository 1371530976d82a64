using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.Scans;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Tests.Verification.Segments;

/// <summary>A table is judged only by segments that hold each of its leaves once.</summary>
public sealed class TilingTests
{
    [Fact]
    public void Segments_that_meet_from_the_first_leaf_to_the_last_are_the_table()
    {
        Tiling.Require([Segment(0, 2), Segment(2, 3), Segment(3, 7)], leaves: 7);
        Tiling.Require([Segment(0, 1)], leaves: 1);
    }

    public static TheoryData<(int From, int To)[]> Others =>
    [
        [],
        [(0, 2), (3, 7)],
        [(0, 3), (2, 7)],
        [(0, 2), (2, 6)],
        [(0, 2), (2, 8)],
        [(1, 7)],
        [(0, 7), (0, 7)],
        [(0, 2), (2, 2), (2, 7)],
    ];

    [Theory, MemberData(nameof(Others))]
    public void Leaves_that_no_segment_has_or_more_than_one_has_are_refused((int From, int To)[] ranges) =>
        Should.Throw<UnreadPartsException>(() => Tiling.Require(ranges.Select(range => Segment(range.From, range.To)), leaves: 7));

    [Fact]
    public void A_segment_without_a_fold_for_each_of_its_leaves_is_refused() =>
        Should.Throw<UnreadPartsException>(() => Tiling.Require([Segment(0, 2) with { To = 3 }], leaves: 3));

    private static Segment Segment(int from, int to)
    {
        var side = new SegmentSide(new Fold[to - from], ScannedPart.None);
        return new Segment(from, to, side, side);
    }
}

using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification.Scans;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Tests.Verification.Segments;

/// <summary>What segments hold of their groups stays within what a breakdown may have of the whole table.</summary>
public sealed class SharedGroupsTests
{
    private const int MaxGroups = 3;

    [Fact]
    public void As_many_groups_as_allowed_are_kept_and_held_once_for_all_segments()
    {
        var shared = new SharedGroups(Request());
        var first = shared.Share(Groups("a", "b"));
        var second = shared.Share(Groups("b", "c"));
        Names(first).ShouldBe(["a", "b"]);
        Names(second).ShouldBe(["b", "c"]);
        second.Counted.Groups[0]![0].Key.ShouldBeSameAs(first.Counted.Groups[0]![1].Key);
    }

    [Fact]
    public void One_more_among_all_segments_gives_the_breakdown_up_for_those_that_follow()
    {
        var request = Request();
        var shared = new SharedGroups(request);
        shared.Share(Groups("a", "b"));
        shared.Share(Groups("c", "d")).Counted.Groups.ShouldBe([null]);
        shared.Share(Groups("a")).Counted.Groups.ShouldBe([null]);
        var scan = new TableScan(request, Side.Source, TimeZoneInfo.Utc);
        scan.CountsGroups.ShouldBeTrue();
        shared.Begin(scan);
        scan.CountsGroups.ShouldBeFalse();
    }

    [Fact]
    public void A_breakdown_that_a_part_has_too_many_groups_of_has_too_many_in_the_whole_whatever_the_other_parts_have()
    {
        var scan = new TableScan(Request(), Side.Source, TimeZoneInfo.Utc);
        scan.Add(Groups("a", "b").Counted);
        scan.Add(Groups("b").Counted);
        scan.Groups(0).ShouldNotBeNull().Values.Sum().ShouldBe(3);
        scan.Add(new ScannedPart(1, [], [], [], [null]));
        scan.Add(Groups("a").Counted);
        scan.Groups(0).ShouldBeNull();
    }

    private static ScanRequest Request()
    {
        var pair = TestRows.CutBy("name").Pair;
        var request = new ScanRequest(null);
        request.CountBy([pair], [GroupLabel.For(pair)!], MaxGroups);
        return request;
    }

    private static SegmentSide Groups(params string[] groups) =>
        new([default], new ScannedPart(groups.Length, [], [], [], [[.. groups.Select(group => KeyValuePair.Create(new GroupKey([new Scalar(group)]), 1L))]]));

    private static IEnumerable<string?> Names(SegmentSide side) => side.Counted.Groups[0]!.Select(group => group.Key.Values[0].Text);
}

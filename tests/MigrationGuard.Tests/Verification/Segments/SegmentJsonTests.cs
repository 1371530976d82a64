using MigrationGuard.Databases;
using MigrationGuard.Databases.Values;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.Scans;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Tests.Verification.Segments;

/// <summary>A segment that was kept is what it was before.</summary>
public sealed class SegmentJsonTests
{
    [Fact]
    public void Groups_of_every_kind_come_back_as_they_were_and_different_ones_stay_different()
    {
        Scalar[] values =
        [
            Scalar.Null, new(1L), new("1"), new(1.5m), new("1.5"), new(79228162514264337593543950335m), new(true), new("true"), new(""), new("[1]"), new("null"),
            new("\ud800"), new("\udc00"), new("\ufffd"), new("x\ud800y"), new("x\ufffdy"), new("🙂"), new("\udc00\ud800"), new("\0"),
        ];
        var groups = values.Select((value, i) => KeyValuePair.Create(new GroupKey([value, new Scalar((long)i)]), (long)i)).ToArray();
        Read(Part(groups)).Groups.ShouldHaveSingleItem().ShouldBe(groups);
    }

    [Fact]
    public void Counts_moments_folds_and_breakdowns_that_were_given_up_come_back_as_they_were()
    {
        var moment = new Timestamp(17_000_000_000, TimeResolution.SqlDateTime, IsUtc: true);
        var part = new ScannedPart(7, [new NewestMoment(moment, 2), new NewestMoment(null, 0)], [3, 0], [5], [null, []]);
        var read = Read(part);
        (read.Rows, read.Newest, read.Newer, read.Present).ShouldBe((part.Rows, read.Newest, read.Newer, read.Present));
        read.Newest.ShouldBe(part.Newest);
        read.Newer.ShouldBe(part.Newer);
        read.Present.ShouldBe(part.Present);
        read.Groups.Select(groups => groups?.Count).ShouldBe([null, 0]);
    }

    private static ScannedPart Part(IReadOnlyList<KeyValuePair<GroupKey, long>> groups) => new(0, [], [], [], [groups]);

    private static ScannedPart Read(ScannedPart part)
    {
        var written = new Segment(2, 4, new SegmentSide([default, default(Fold).Add(UInt128.MaxValue)], part), new SegmentSide([default, default], ScannedPart.None));
        var read = SegmentJson.Read(SegmentJson.Write(written));
        (read.From, read.To).ShouldBe((2, 4));
        read.Source.Folds.ShouldBe(written.Source.Folds);
        return read.Source.Counted;
    }
}

using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Verification.Scans;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Tests.Verification.Segments;

/// <summary>What pairing rows by key must come to, whatever comes in whichever order.</summary>
public sealed class RowMergeTests
{
    [Fact]
    public void Rows_that_both_sides_have_as_often_leave_nothing()
    {
        Prop.ForAll(Rows(), rows =>
        {
            var merged = Merge([.. rows], [.. rows.Reverse()]);
            return merged.Rows == 0 && merged.Findings().Count == 0;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_is_missing_extra_and_changed_accounts_for_every_row_that_is_not_the_same()
    {
        Prop.ForAll(Rows(), Rows(), (source, target) =>
        {
            var merged = Merge(source, target);
            return source.Length - merged.Missing - merged.Changed == target.Length - merged.Extra - merged.Changed
                && source.Length - merged.Missing - merged.Changed == Common(source, target);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_key_that_both_sides_have_once_is_never_missing()
    {
        Prop.ForAll(Rows(), Rows(), (source, target) =>
        {
            var (sources, targets) = (source.DistinctBy(row => row.Key).ToArray(), target.DistinctBy(row => row.Key).ToArray());
            var merged = Merge(sources, targets);
            var shared = sources.Select(row => row.Key).Intersect(targets.Select(row => row.Key)).Count();
            return merged.Missing == sources.Length - shared && merged.Extra == targets.Length - shared;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Without_a_key_nothing_is_changed()
    {
        Prop.ForAll(Rows(), Rows(), (source, target) => Merge(source, target, keyed: false).Changed == 0).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task A_key_with_very_many_rows_is_settled_soon()
    {
        const int rows = 200_000;
        var comparison = TestRows.Comparison(1, "id", "value");
        var differences = new RowDifferences(comparison, new byte[32], 100);
        var merge = new RowMerge(comparison, differences);
        for (var i = 0; i < rows; i++)
        {
            merge.Add(Side.Source, Row(i));
            merge.Add(Side.Target, Row(rows - i));
        }
        // Looking for each among all others would take hours.
        await Task.Run(merge.SettleAll).WaitAsync(TimeSpan.FromMinutes(4));
        (differences.Changed, differences.Missing, differences.Extra).ShouldBe((1, 0, 0));

        static KeptRow Row(int value) => new([7, .. BitConverter.GetBytes(value)], [1, 5], 1);
    }

    private static Arbitrary<(byte Key, byte Value)[]> Rows() =>
        (from key in Gen.Choose(0, 5) from value in Gen.Choose(0, 2) select ((byte)key, (byte)value)).ArrayOf().ToArbitrary();

    private static int Common((byte Key, byte Value)[] source, (byte Key, byte Value)[] target)
    {
        var left = target.ToList();
        return source.Count(left.Remove);
    }

    private static RowDifferences Merge((byte Key, byte Value)[] source, (byte Key, byte Value)[] target, bool keyed = true)
    {
        var comparison = TestRows.Comparison(keyed ? 1 : 0, "id", "value");
        var differences = new RowDifferences(comparison, new byte[32], 100);
        var merge = new RowMerge(comparison, differences);
        foreach (var row in source)
            merge.Add(Side.Source, Kept(row, keyed));
        foreach (var row in target)
            merge.Add(Side.Target, Kept(row, keyed));
        merge.SettleAll();
        return differences;
    }

    private static KeptRow Kept((byte Key, byte Value) row, bool keyed) => new([row.Key, row.Value], [1, 2], keyed ? 1 : 2);
}

using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Tests.Verification.Segments;

/// <summary>Every place has one leaf, and asking for that leaf's range brings it.</summary>
public sealed class LeafMapTests
{
    [Fact]
    public void A_place_is_within_the_ends_of_its_leaf_and_of_no_other()
    {
        Prop.ForAll(Spread(), Place(), (spread, place) =>
        {
            var leaves = LeafMap.ByPlace(spread, 50_000);
            var leaf = leaves.OfPlace(place, 0, leaves.Count);
            return Enumerable.Range(0, leaves.Count).All(other => Holds(leaves.Ends(other, other + 1), place) == (other == leaf));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Runs_of_leaves_that_meet_hold_every_place_once()
    {
        Prop.ForAll(Spread(), Place(), Gen.Choose(1, 100).ToArbitrary(), (spread, place, at) =>
        {
            var leaves = LeafMap.ByPlace(spread, 50_000);
            var cut = Math.Min(at, leaves.Count);
            return leaves.Count == cut || Holds(leaves.Ends(0, cut), place) != Holds(leaves.Ends(cut, leaves.Count), place);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_whole_has_open_ends() => LeafMap.ByPlace([1, 1000], 50_000).Ends(0, LeafMap.ByPlace([1, 1000], 50_000).Count).ShouldBe((null, null));

    [Fact]
    public void A_table_with_one_value_is_one_leaf() => LeafMap.ByPlace([7, 7], 1_000_000).Count.ShouldBe(1);

    [Fact]
    public void A_million_rows_spread_evenly_have_leaves_of_the_size_they_are_meant_to_have() =>
        LeafMap.ByPlace([0, 1_000_000], 1_000_000).Count.ShouldBe((1_000_000 / LeafMap.RowsPerLeaf) + 1);

    private static bool Holds((UInt128? From, UInt128? To) ends, UInt128 place) => (ends.From is null || place >= ends.From) && (ends.To is null || place < ends.To);

    private static Arbitrary<UInt128[]> Spread() =>
        PlaceGen().ListOf().Where(places => places.Count >= 2).Select(places => places.Order().ToArray()).ToArbitrary();

    private static Arbitrary<UInt128> Place() => PlaceGen().ToArbitrary();

    // Small and large ones, so that places meet and the widest differences occur.
    private static Gen<UInt128> PlaceGen() => Gen.OneOf(
        Gen.Choose(0, 20).Select(place => (UInt128)place),
        from high in Gen.Choose(0, int.MaxValue) from low in Gen.Choose(0, int.MaxValue) select ((UInt128)high << 97) | ((UInt128)low << 20));
}

using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Verification.Fingerprints;

namespace MigrationGuard.Tests.Verification.Fingerprints;

public sealed class FoldTests
{
    private static readonly Gen<UInt128> AnyDigest = Gen.Choose(int.MinValue, int.MaxValue).Four()
        .Select(parts => new UInt128(((ulong)(uint)parts.Item1 << 32) | (uint)parts.Item2, ((ulong)(uint)parts.Item3 << 32) | (uint)parts.Item4));

    [Fact]
    public void The_order_of_rows_leaves_no_trace() => Holds(digests =>
        Of(digests) == Of(digests.Reverse()) && Of(digests) == Of(digests.Order()));

    [Fact]
    public void A_table_is_the_sum_of_its_segments() => Holds(digests =>
        Of(digests.Take(digests.Count / 2)) + Of(digests.Skip(digests.Count / 2)) == Of(digests));

    [Fact]
    public void A_row_more_or_less_is_another_fold() => Holds(digests =>
        digests.Count == 0 || Of(digests) != Of(digests.Skip(1)));

    [Fact]
    public void Two_equal_rows_do_not_cancel() => Holds(digests =>
        digests.All(digest => digest == 0 || (Of(digests).Add(digest).Add(digest).Sum != Of(digests).Sum)));

    [Fact]
    public void A_duplicate_in_place_of_a_missing_row_is_another_fold() => Holds(digests =>
        digests.Count < 2 || digests[0] == digests[1] || Of([digests[0], digests[0], .. digests.Skip(2)]) != Of(digests));

    [Fact]
    public void Limbs_summed_one_by_one_come_to_the_same_fold() => Holds(digests =>
    {
        UInt128 first = 0, second = 0, third = 0, fourth = 0;
        foreach (var digest in digests)
        {
            var limbs = new Fold(1, digest).Limbs;
            (first, second, third, fourth) = (first + limbs.First, second + limbs.Second, third + limbs.Third, fourth + limbs.Fourth);
        }
        return Fold.FromLimbs(digests.Count, first, second, third, fourth) == Of(digests);
    });

    [Fact]
    public void Its_text_is_read_back_as_it_was() => Holds(digests =>
        Fold.TryParse(Of(digests).ToString(), out var read) && read == Of(digests));

    [Fact]
    public void Its_text_is_the_count_and_all_digits_of_the_sum() =>
        new Fold(3, 0xAB).ToString().ShouldBe("3:000000000000000000000000000000ab");

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("3:ab")]
    [InlineData(":000000000000000000000000000000ab")]
    [InlineData("-3:000000000000000000000000000000ab")]
    [InlineData("3:g00000000000000000000000000000ab")]
    public void Other_text_is_no_fold(string text) => Fold.TryParse(text, out _).ShouldBeFalse();

    private static Fold Of(IEnumerable<UInt128> digests) => digests.Aggregate(default(Fold), (fold, digest) => fold.Add(digest));

    private static void Holds(Func<IReadOnlyList<UInt128>, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(AnyDigest.ListOf().Select(list => (IReadOnlyList<UInt128>)[.. list]).ToArbitrary(), property));
}

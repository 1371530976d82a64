using MigrationGuard.Databases.Rows;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.Scans;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Tests.Verification.Segments;

/// <summary>Segments that are kept in whatever order they are finished, by however many processes.</summary>
public sealed class KeptSegmentsTests
{
    private static readonly CutColumn By = TestRows.CutBy("id");

    [Fact]
    public async Task What_one_process_kept_out_of_order_the_next_goes_on_with()
    {
        var store = new SortedDictionary<int, string>();
        var cut = new Cut(LeafMap.ByPlace([0, 1000], rows: 20_000), IsOne: false);
        var first = await KeptSegments.LoadAsync(Log(store), By, CancellationToken.None);
        await first.BeginAsync(cut, By, CancellationToken.None);
        // Two were being read; the second is finished first, and the process dies.
        await first.KeepAsync(Segment(4, 6), CancellationToken.None);

        var second = await KeptSegments.LoadAsync(Log(store), By, CancellationToken.None);
        second.Cut!.Leaves.Bounds.ShouldBe(cut.Leaves.Bounds);
        Ranges(second).ShouldBe([(4, 6)]);
        await second.BeginAsync(second.Cut, By, CancellationToken.None);
        await second.KeepAsync(Segment(2, 4), CancellationToken.None);
        await second.KeepAsync(Segment(0, 2), CancellationToken.None);

        Ranges(await KeptSegments.LoadAsync(Log(store), By, CancellationToken.None)).ShouldBe([(0, 2), (2, 4), (4, 6)]);
    }

    [Fact]
    public async Task Segments_cut_by_another_column_or_in_another_order_are_not_gone_on_with_and_none_are_added_to_them()
    {
        var store = new SortedDictionary<int, string>();
        var first = await KeptSegments.LoadAsync(Log(store), By, CancellationToken.None);
        await first.BeginAsync(new Cut(LeafMap.ByPlace([0, 1000], rows: 20_000), IsOne: false), By, CancellationToken.None);
        await first.KeepAsync(Segment(0, 2), CancellationToken.None);
        foreach (var other in new[] { TestRows.CutBy("other"), By with { Order = KeyOrder.UuidBytes }, null })
        {
            var second = await KeptSegments.LoadAsync(Log(store), other, CancellationToken.None);
            second.Cut.ShouldBeNull();
            second.Segments.ShouldBeEmpty();
            await second.BeginAsync(new Cut(LeafMap.ByPlace([0, 500], rows: 20_000), IsOne: false), other, CancellationToken.None);
            await second.KeepAsync(Segment(0, 2), CancellationToken.None);
        }
        store.Count.ShouldBe(2);
        Ranges(await KeptSegments.LoadAsync(Log(store), By, CancellationToken.None)).ShouldBe([(0, 2)]);
    }

    [Fact]
    public async Task A_segment_that_is_kept_already_is_refused()
    {
        var store = new SortedDictionary<int, string>();
        var kept = await KeptSegments.LoadAsync(Log(store), By, CancellationToken.None);
        await kept.BeginAsync(new Cut(LeafMap.ByPlace([0, 1000], rows: 20_000), IsOne: false), By, CancellationToken.None);
        await kept.KeepAsync(Segment(0, 2), CancellationToken.None);
        await Should.ThrowAsync<ArgumentException>(() => kept.KeepAsync(Segment(0, 2), CancellationToken.None));
    }

    [Fact]
    public async Task A_table_that_is_read_as_one_keeps_nothing()
    {
        var store = new SortedDictionary<int, string>();
        var kept = await KeptSegments.LoadAsync(Log(store), By, CancellationToken.None);
        await kept.BeginAsync(new Cut(LeafMap.ByPlace([0, 1000], rows: 20_000), IsOne: true), By, CancellationToken.None);
        await kept.KeepAsync(Segment(0, 2), CancellationToken.None);
        store.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1, 2]")]
    [InlineData("{\"from\":0,\"to\":1}")]
    [InlineData("{\"from\":0,\"to\":1,\"source\":{\"folds\":[\"no fold\"],\"groups\":[]},\"target\":{\"folds\":[\"no fold\"],\"groups\":[]}}")]
    [InlineData("{\"from\":0,\"to\":1,\"source\":{\"folds\":[],\"groups\":[]},\"target\":{\"folds\":[],\"groups\":[]}}")]
    public async Task A_part_that_does_not_hold_what_was_kept_is_refused_with_its_run_and_a_remedy(string document)
    {
        var store = new SortedDictionary<int, string>();
        var kept = await KeptSegments.LoadAsync(Log(store), By, CancellationToken.None);
        await kept.BeginAsync(new Cut(LeafMap.ByPlace([0, 1000], rows: 20_000), IsOne: false), By, CancellationToken.None);
        await kept.KeepAsync(Segment(0, 2), CancellationToken.None);
        store[1] = document;
        var failure = await Should.ThrowAsync<LedgerException>(() => KeptSegments.LoadAsync(Log(store), By, CancellationToken.None));
        failure.Message.ShouldBe("Run 20260101-0000: a part of a table that it kept is not what this program writes there. Verify again in a new run.");
        (store[0], store[1]) = (document, "{}");
        await Should.ThrowAsync<LedgerException>(() => KeptSegments.LoadAsync(Log(store), By, CancellationToken.None));
    }

    [Fact]
    public async Task A_part_of_leaves_that_the_table_was_not_cut_into_is_refused()
    {
        var store = new SortedDictionary<int, string>();
        var kept = await KeptSegments.LoadAsync(Log(store), By, CancellationToken.None);
        await kept.BeginAsync(new Cut(LeafMap.ByPlace([0, 1000], rows: 20_000), IsOne: false), By, CancellationToken.None);
        await kept.KeepAsync(Segment(90, 92), CancellationToken.None);
        await Should.ThrowAsync<LedgerException>(() => KeptSegments.LoadAsync(Log(store), By, CancellationToken.None));
    }

    // As the store does, it refuses a number that is there.
    private static SegmentLog Log(SortedDictionary<int, string> store) => new(
        "20260101-0000",
        _ => Task.FromResult<IReadOnlyList<string>>([.. store.Values]),
        async (number, document, _) =>
        {
            await Task.Yield();
            store.Add(number, document);
        });

    private static Segment Segment(int from, int to)
    {
        var side = new SegmentSide([.. Enumerable.Range(from, to - from).Select(leaf => default(Fold).Add((UInt128)leaf))], ScannedPart.None);
        return new Segment(from, to, side, side);
    }

    private static IEnumerable<(int, int)> Ranges(KeptSegments kept) => kept.Segments.Select(segment => (segment.From, segment.To));
}

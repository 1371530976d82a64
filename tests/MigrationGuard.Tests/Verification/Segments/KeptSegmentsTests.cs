using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.Segments;

namespace MigrationGuard.Tests.Verification.Segments;

/// <summary>Segments that are kept in whatever order they are finished, by however many processes.</summary>
public sealed class KeptSegmentsTests
{
    [Fact]
    public async Task What_one_process_kept_out_of_order_the_next_goes_on_with()
    {
        var store = new SortedDictionary<int, string>();
        var cut = new Cut(LeafMap.ByPlace([0, 1000], rows: 20_000), IsOne: false);
        var first = await KeptSegments.LoadAsync(Log(store), CancellationToken.None);
        await first.BeginAsync(cut, CancellationToken.None);
        // Two were being read; the second is finished first, and the process dies.
        await first.KeepAsync(Segment(4, 6), CancellationToken.None);

        var second = await KeptSegments.LoadAsync(Log(store), CancellationToken.None);
        second.Cut!.Leaves.Bounds.ShouldBe(cut.Leaves.Bounds);
        Ranges(second).ShouldBe([(4, 6)]);
        await second.BeginAsync(second.Cut, CancellationToken.None);
        await second.KeepAsync(Segment(2, 4), CancellationToken.None);
        await second.KeepAsync(Segment(0, 2), CancellationToken.None);

        Ranges(await KeptSegments.LoadAsync(Log(store), CancellationToken.None)).ShouldBe([(0, 2), (2, 4), (4, 6)]);
    }

    [Fact]
    public async Task A_segment_that_is_kept_already_is_refused()
    {
        var store = new SortedDictionary<int, string>();
        var kept = await KeptSegments.LoadAsync(Log(store), CancellationToken.None);
        await kept.BeginAsync(new Cut(LeafMap.ByPlace([0, 1000], rows: 20_000), IsOne: false), CancellationToken.None);
        await kept.KeepAsync(Segment(0, 2), CancellationToken.None);
        await Should.ThrowAsync<ArgumentException>(() => kept.KeepAsync(Segment(0, 2), CancellationToken.None));
    }

    [Fact]
    public async Task A_table_that_is_read_as_one_keeps_nothing()
    {
        var store = new SortedDictionary<int, string>();
        var kept = await KeptSegments.LoadAsync(Log(store), CancellationToken.None);
        await kept.BeginAsync(new Cut(LeafMap.ByPlace([0, 1000], rows: 20_000), IsOne: true), CancellationToken.None);
        await kept.KeepAsync(Segment(0, 2), CancellationToken.None);
        store.ShouldBeEmpty();
    }

    // As the store does, it refuses a number that is there.
    private static SegmentLog Log(SortedDictionary<int, string> store) => new(
        _ => Task.FromResult<IReadOnlyList<string>>([.. store.Values]),
        async (number, document, _) =>
        {
            await Task.Yield();
            store.Add(number, document);
        });

    private static Segment Segment(int from, int to)
    {
        var side = new SegmentSide([.. Enumerable.Range(from, to - from).Select(leaf => default(Fold).Add((UInt128)leaf))], []);
        return new Segment(from, to, side, side);
    }

    private static IEnumerable<(int, int)> Ranges(KeptSegments kept) => kept.Segments.Select(segment => (segment.From, segment.To));
}

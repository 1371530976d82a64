using MigrationGuard.Databases;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Ledger;

/// <summary>The project's key, and what a run that has no end keeps of entities that it has read in part.</summary>
public sealed class RowStoreTests
{
    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task The_projects_key_is_made_once_whoever_asks_first(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        var other = await ledger.OpenAsync();
        var keys = await Task.WhenAll(new[] { ledger.Store, other, ledger.Store, other }.Select(store => Task.Run(() => store.ProjectKeyAsync(CancellationToken.None))));
        keys.Select(Convert.ToHexString).Distinct().ShouldHaveSingleItem().Length.ShouldBe(64);
        (await (await ledger.OpenAsync()).ProjectKeyAsync(CancellationToken.None)).ShouldBe(keys[0]);
        (await ledger.Store.VerifyAsync(CancellationToken.None)).Problems.ShouldBeEmpty();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Two_projects_have_different_keys(Provider engine)
    {
        await using var one = await TestLedger.CreateAsync(engine);
        await using var other = await TestLedger.CreateAsync(engine);
        (await one.Store.ProjectKeyAsync(CancellationToken.None)).ShouldNotBe(await other.Store.ProjectKeyAsync(CancellationToken.None));
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Segments_come_back_in_the_order_of_their_numbers_to_the_place_they_were_read_for(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        await BeginAsync(ledger, "a", "b");
        foreach (var (run, ordinal, segment) in new[] { ("a", 0, 2), ("a", 0, 0), ("a", 1, 0), ("b", 0, 0), ("a", 0, 10) })
            await ledger.Store.AddSegmentAsync(run, ordinal, segment, $$"""{"of":"{{run}}.{{ordinal}}.{{segment}} “🙂”"}""", CancellationToken.None);
        (await (await ledger.OpenAsync()).ListSegmentsAsync("a", 0, CancellationToken.None))
            .ShouldBe(["""{"of":"a.0.0 “🙂”"}""", """{"of":"a.0.2 “🙂”"}""", """{"of":"a.0.10 “🙂”"}"""]);
        (await ledger.Store.ListSegmentsAsync("b", 1, CancellationToken.None)).ShouldBeEmpty();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Segments_go_with_the_end_of_their_run_and_of_no_other(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        await BeginAsync(ledger, "a", "b");
        await ledger.Store.AddSegmentAsync("a", 0, 0, "{}", CancellationToken.None);
        await ledger.Store.AddSegmentAsync("b", 0, 0, "{}", CancellationToken.None);
        await ledger.Store.FinishRunAsync(TestLedger.Header("a"), TestLedger.Engineer, CancellationToken.None);
        (await ledger.Store.ListSegmentsAsync("a", 0, CancellationToken.None)).ShouldBeEmpty();
        (await ledger.Store.ListSegmentsAsync("b", 0, CancellationToken.None)).ShouldHaveSingleItem();
        (await ledger.Store.VerifyAsync(CancellationToken.None)).Problems.ShouldBeEmpty();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_segment_of_a_finished_or_unknown_run_and_one_that_is_there_already_are_refused(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        await BeginAsync(ledger, "a", "b");
        await ledger.Store.FinishRunAsync(TestLedger.Header("a"), TestLedger.Engineer, CancellationToken.None);
        await ledger.Store.AddSegmentAsync("b", 0, 0, "{}", CancellationToken.None);
        foreach (var run in new[] { "a", "none", "b" })
            await Should.ThrowAsync<LedgerException>(() => ledger.Store.AddSegmentAsync(run, 0, 0, "{}", CancellationToken.None), run);
        (await ledger.Database.CountAsync("SELECT COUNT(*) FROM run_segment")).ShouldBe(1);
    }

    private static async Task BeginAsync(TestLedger ledger, params string[] runs)
    {
        foreach (var run in runs)
            await ledger.Store.BeginRunAsync(TestLedger.Header(run), TestLedger.Engineer, CancellationToken.None);
    }
}

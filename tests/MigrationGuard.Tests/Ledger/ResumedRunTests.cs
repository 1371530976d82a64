using MigrationGuard.Databases;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Ledger;

/// <summary>A run is taken up again as often as its processes die, until it is finished.</summary>
public sealed class ResumedRunTests
{
    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Every_moment_at_which_a_run_was_resumed_stands_in_the_chain(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        foreach (var run in new[] { "a", "b" })
            await ledger.Store.BeginRunAsync(TestLedger.Header(run), TestLedger.Engineer, CancellationToken.None);
        await ledger.Store.AddResultsAsync("a", [(2, TestLedger.Result("x")), (2, TestLedger.Result("y")), (0, TestLedger.Result("z"))], CancellationToken.None);
        var first = await ResumeAsync(ledger, "a");
        await ResumeAsync(ledger, "b");
        var second = await ResumeAsync(ledger, "a");
        second.ShouldBe([first.ShouldHaveSingleItem(), second[^1]]);
        (await ledger.LinesAsync()).Count(line => line.Contains("run-resumed", StringComparison.Ordinal)).ShouldBe(3);
        var kept = await ledger.Store.ReadAsync(reading => reading.ListResultsByPlaceAsync("a"), CancellationToken.None);
        kept.Keys.Order().ShouldBe([0, 2]);
        kept[2].Select(result => result.Entity).ShouldBe(["x", "y"]);
        (await ledger.Store.VerifyAsync(CancellationToken.None)).Problems.ShouldBeEmpty();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_finished_run_is_not_resumed(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        var run = await ledger.RunAsync(TestLedger.Result("account"));
        await Should.ThrowAsync<LedgerException>(() => ResumeAsync(ledger, run.Run));
        (await ledger.LinesAsync()).ShouldNotContain(line => line.Contains("run-resumed", StringComparison.Ordinal));
    }

    private static Task<IReadOnlyList<DateTimeOffset>> ResumeAsync(TestLedger ledger, string run) =>
        ledger.Store.WriteAsync(transaction => transaction.ResumeRunAsync(run, TestLedger.Engineer), CancellationToken.None);
}

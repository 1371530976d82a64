using System.Text.Json;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Ledger;

/// <summary>Runs are kept as they were, and never change once finished.</summary>
public sealed class RunStoreTests
{
    private static readonly CheckOutcome Difference = new CheckOutcome.Mismatch([new Finding(FindingKinds.MissingInTarget, 3)]);

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_finished_run_comes_back_as_it_was(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        CheckResult[] results = [TestLedger.Result("account"), TestLedger.Result("Zoë’s \"table\" 🙂 \0\n", Difference)];
        var final = await ledger.RunAsync(results);
        var found = await ledger.Store.FindRunAsync(final.Run, CancellationToken.None);
        var exposure = new Exposure(null, null, final.Run, final.Finished!.Value, 3);
        Json(found).ShouldBe(Json(final with { Results = [results[0], results[1] with { Exposure = exposure }] }));
        found!.Verdict.ShouldBe(Verdict.NoGo);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Results_come_back_in_the_order_of_their_places_whenever_they_were_written(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        var header = TestLedger.Header();
        await ledger.Store.BeginRunAsync(header, TestLedger.Engineer, CancellationToken.None);
        await ledger.Store.AddResultsAsync(header.Run, [(10, TestLedger.Result("d")), (2, TestLedger.Result("b")), (2, TestLedger.Result("c"))], CancellationToken.None);
        await ledger.Store.AddResultsAsync(header.Run, [(0, TestLedger.Result("a"))], CancellationToken.None);
        var found = await ledger.Store.FindRunAsync("latest", CancellationToken.None);
        found!.Results.Select(result => result.Entity).ShouldBe(["a", "b", "c", "d"]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_run_whose_process_died_is_shown_as_incomplete_with_the_results_it_had(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        var header = TestLedger.Header() with { Verdict = Verdict.Go };
        await ledger.Store.BeginRunAsync(header, TestLedger.Engineer, CancellationToken.None);
        await ledger.Store.AddResultsAsync(header.Run, [(0, TestLedger.Result("account"))], CancellationToken.None);

        var later = await ledger.OpenAsync();
        var found = await later.FindRunAsync("latest", CancellationToken.None);
        found!.Verdict.ShouldBe(Verdict.Incomplete);
        found.Finished.ShouldBeNull();
        found.Interrupted.ShouldBe(LedgerStore.NotFinished);
        found.Results.ShouldHaveSingleItem();
        (await later.ListRunsAsync(10, CancellationToken.None)).ShouldHaveSingleItem().Verdict.ShouldBe(Verdict.Incomplete);
        (await later.VerifyAsync(CancellationToken.None)).Problems.ShouldBeEmpty();
        (await ledger.Database.CountAsync("SELECT COUNT(*) FROM run WHERE document LIKE '%interrupted%'")).ShouldBe(0);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_finished_run_takes_neither_results_nor_another_end(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        var run = await ledger.RunAsync(TestLedger.Result("account"));
        (await Should.ThrowAsync<LedgerException>(() => ledger.Store.AddResultsAsync(run.Run, [(1, TestLedger.Result("late"))], CancellationToken.None)))
            .Message.ShouldBe($"Run {run.Run}: is finished, and so never changes. Verify again in a new run.");
        await Should.ThrowAsync<LedgerException>(() => ledger.Store.FinishRunAsync(run, TestLedger.Engineer, CancellationToken.None));
        (await ledger.Store.VerifyAsync(CancellationToken.None)).Problems.ShouldBeEmpty();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_run_that_never_began_takes_no_results(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        (await Should.ThrowAsync<LedgerException>(() => ledger.Store.AddResultsAsync("20260301-000000-000000", [(0, TestLedger.Result("account"))], CancellationToken.None)))
            .Problem.ShouldBe("is not in the ledger.");
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_verdict_that_the_stored_results_do_not_come_to_is_refused(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        var header = TestLedger.Header();
        await ledger.Store.BeginRunAsync(header, TestLedger.Engineer, CancellationToken.None);
        await ledger.Store.AddResultsAsync(header.Run, [(0, TestLedger.Result("account", Difference))], CancellationToken.None);
        (await Should.ThrowAsync<ArgumentException>(() => ledger.Store.FinishRunAsync(header with { Verdict = Verdict.Go }, TestLedger.Engineer, CancellationToken.None)))
            .Message.ShouldContain("NO-GO");
        (await ledger.Store.FindRunAsync("latest", CancellationToken.None))!.Interrupted.ShouldBe(LedgerStore.NotFinished);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_run_is_found_by_its_id_by_the_beginning_of_no_other_or_as_the_latest(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        (await FindAsync("latest")).ShouldBeNull();
        foreach (var id in new[] { "20260301-101500-aaaaaa", "20260301-101500-aaaabb", "20260301-101500-aaaa", "20250101-000000-cccccc" })
            await ledger.Store.BeginRunAsync(TestLedger.Header(id), TestLedger.Engineer, CancellationToken.None);
        (await FindAsync("20260301-101500-aaaa"))!.Run.ShouldBe("20260301-101500-aaaa");
        (await FindAsync("20260301-101500-AAAAB"))!.Run.ShouldBe("20260301-101500-aaaabb");
        (await FindAsync("latest"))!.Run.ShouldBe("20250101-000000-cccccc", "The latest is the last one begun, whatever the clock said.");
        (await FindAsync("2024")).ShouldBeNull();
        (await FindAsync("%")).ShouldBeNull();
        (await FindAsync("")).ShouldBeNull();
        (await Should.ThrowAsync<LedgerException>(() => FindAsync("2026"))).Message
            .ShouldBe("Run 2026: is the beginning of 20260301-101500-aaaa, 20260301-101500-aaaaaa, 20260301-101500-aaaabb. Give more of its id.");

        Task<RunDocument?> FindAsync(string name) => ledger.Store.FindRunAsync(name, CancellationToken.None);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Runs_are_listed_newest_first_and_no_more_than_asked_for(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        foreach (var id in new[] { "b", "c", "a" })
            await ledger.Store.BeginRunAsync(TestLedger.Header(id), TestLedger.Engineer, CancellationToken.None);
        (await ledger.Store.ListRunsAsync(10, CancellationToken.None)).Select(run => run.Run).ShouldBe(["a", "c", "b"]);
        (await ledger.Store.ListRunsAsync(2, CancellationToken.None)).Select(run => run.Run).ShouldBe(["a", "c"]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_run_begins_once(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        await ledger.Store.BeginRunAsync(TestLedger.Header("a"), TestLedger.Engineer, CancellationToken.None);
        await Should.ThrowAsync<LedgerException>(() => ledger.Store.BeginRunAsync(TestLedger.Header("a"), TestLedger.Engineer, CancellationToken.None));
        var report = await ledger.Store.VerifyAsync(CancellationToken.None);
        report.Problems.ShouldBeEmpty();
        report.Entries.ShouldBe(2);
    }

    [Fact]
    public void Run_ids_sort_by_time_and_differ_within_a_second()
    {
        var ids = Enumerable.Range(0, 50).Select(_ => RunIds.New(TimeProvider.System)).ToList();
        ids.ShouldBeUnique();
        ids.ShouldAllBe(id => System.Text.RegularExpressions.Regex.IsMatch(id, @"\A[0-9]{8}-[0-9]{6}-[0-9a-f]{6}\z"));
    }

    private static string Json(RunDocument? run) => JsonSerializer.Serialize(run, LedgerJson.Readable);
}

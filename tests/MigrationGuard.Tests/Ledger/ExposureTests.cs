using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Ledger;

/// <summary>Since when a difference may have been there, by the runs that the ledger holds.</summary>
public sealed class ExposureTests
{
    private static readonly CheckOutcome Bad = new CheckOutcome.Mismatch([new Finding(FindingKinds.MissingInTarget, 3), new Finding(FindingKinds.Changed, 4, ["name"])]);

    private static readonly CheckOutcome Accepted = new CheckOutcome.Accepted([new Finding(FindingKinds.MissingInTarget, 3)], "The owner.");

    private static readonly CheckOutcome NotChecked = new CheckOutcome.NotChecked("The server is down.");

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_mismatch_was_last_good_in_the_last_match_and_first_bad_in_the_first_mismatch_after_it(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        await RunAsync(ledger, Bad);
        await RunAsync(ledger, null);
        var good = await RunAsync(ledger, null);
        await RunAsync(ledger, Accepted);
        await RunAsync(ledger, NotChecked);
        var first = await RunAsync(ledger, Bad);
        await RunAsync(ledger, NotChecked);
        var last = await RunAsync(ledger, Bad);
        foreach (var run in new[] { first, last })
            (await ExposureOfAsync(ledger, run)).ShouldBe(new Exposure(good.Run, good.Started, first.Run, first.Finished!.Value, 7));
        (await ledger.Store.VerifyAsync(CancellationToken.None)).Problems.ShouldBeEmpty();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_check_that_was_never_a_match_was_never_proven_good(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        await ledger.RunAsync(TestLedger.Result("account"));
        var first = await RunAsync(ledger, Bad);
        (await ExposureOfAsync(ledger, await RunAsync(ledger, Bad))).ShouldBe(new Exposure(null, null, first.Run, first.Finished!.Value, 7));
    }

    [Fact]
    public async Task What_is_a_match_and_what_another_breakdown_came_to_has_no_part_in_it()
    {
        await using var ledger = await TestLedger.CreateAsync(Provider.Sqlite);
        CheckResult By(string column, CheckOutcome? outcome) => TestLedger.Result("contact", outcome) with { Check = CheckNames.EntityBreakdown, By = [column] };
        await ledger.RunAsync(By("state", null), By("status", Bad));
        var run = await ledger.RunAsync(By("state", Bad), By("status", null), TestLedger.Result("contact"));
        var results = (await ledger.Store.FindRunAsync(run.Run, CancellationToken.None))!.Results;
        results.Select(result => result.Exposure is null).ShouldBe([false, true, true]);
        results[0].Exposure!.FirstBad.ShouldBe(run.Run);
    }

    [Fact]
    public async Task A_match_that_looked_at_less_proves_nothing_and_a_mismatch_before_it_is_remembered()
    {
        await using var ledger = await TestLedger.CreateAsync(Provider.Sqlite);
        CheckResult Of(CheckOutcome? outcome, string extent) => TestLedger.Result("contact", outcome) with { Extent = extent };
        var good = await ledger.RunAsync(Of(null, "all"));
        var first = await ledger.RunAsync(Of(Bad, "all"));
        await ledger.RunAsync(Of(null, "without a column"));
        (await ExposureOfAsync(ledger, await ledger.RunAsync(Of(Bad, "all")))).ShouldBe(new Exposure(good.Run, good.Started, first.Run, first.Finished!.Value, 7));
        await ledger.RunAsync(Of(Bad, "without a column"));
        (await ExposureOfAsync(ledger, await ledger.RunAsync(Of(Bad, "all")))).ShouldBe(new Exposure(good.Run, good.Started, first.Run, first.Finished!.Value, 7));
        var later = await ledger.RunAsync(Of(null, "all"));
        var again = await ledger.RunAsync(Of(Bad, "all"));
        (await ExposureOfAsync(ledger, again)).ShouldBe(new Exposure(later.Run, later.Started, again.Run, again.Finished!.Value, 7));
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_run_that_an_earlier_version_finished_without_exposures_counts_as_well(Provider engine)
    {
        await using var ledger = await TestLedger.CreateAsync(engine);
        var good = await RunAsync(ledger, null);
        var first = await RunAsync(ledger, Bad);
        await Triggers.RemoveAsync(ledger.Database);
        var document = System.Text.Json.JsonSerializer.Serialize(first with { Results = [] }, LedgerJson.Compact);
        await ledger.Database.ExecuteAsync($"UPDATE run SET document = '{document.Replace("'", "''", StringComparison.Ordinal)}' WHERE id = '{first.Run}'");
        var exposure = await ExposureOfAsync(ledger, await RunAsync(ledger, Bad));
        (exposure!.LastGood, exposure.FirstBad).ShouldBe((good.Run, first.Run));
    }

    // Of checks that look at rows one by one, or at nothing but how many there are, and of findings that are rows.
    public static TheoryData<string, Finding[], long?> Affected => new()
    {
        { CheckNames.RecordCount, [new(FindingKinds.MissingInTarget, 3)], 3 },
        { CheckNames.Fingerprint, [new(FindingKinds.MissingInTarget, 1), new(FindingKinds.ExtraInTarget, 2), new(FindingKinds.Changed, 4, ["name"]), new(FindingKinds.Changed, 8)], 15 },
        { CheckNames.Fingerprint, [new(FindingKinds.ExtraInTarget, 2), new(FindingKinds.CountDiffers, Columns: ["id"], Source: new(5), Target: new(0))], 2 },
        { CheckNames.Fingerprint, [new(FindingKinds.Changed, 4, ["name"]), new(FindingKinds.ValueDiffers, 800_000, Detail: "800,000 more rows of both sides were not looked at.")], null },
        { CheckNames.Schema, [new(FindingKinds.SchemaDiffers, 9, ["name"]), new(FindingKinds.SchemaDiffers, 9, ["title"])], null },
        { CheckNames.EntityBreakdown, [new(FindingKinds.GroupDiffers, 1, Group: [new Scalar(1)]), new(FindingKinds.GroupDiffers, 1, Group: [new Scalar(2)])], null },
        { CheckNames.LastTimestamp, [new(FindingKinds.TimestampDiffers, 2, ["created"]), new(FindingKinds.TimestampDiffers, 2, ["modified"])], null },
        { CheckNames.Query("totals"), [new(FindingKinds.ValueDiffers, 1, ["sum"]), new(FindingKinds.MissingInTarget, 1)], null },
    };

    [Theory, MemberData(nameof(Affected))]
    public async Task Rows_are_only_said_to_be_affected_where_no_row_is_counted_twice_and_none_is_left_out(string check, Finding[] findings, long? rows)
    {
        await using var ledger = await TestLedger.CreateAsync(Provider.Sqlite);
        var run = await ledger.RunAsync(TestLedger.Result("contact", new CheckOutcome.Mismatch(findings)) with { Check = check });
        (await ExposureOfAsync(ledger, run)).ShouldNotBeNull().Rows.ShouldBe(rows);
    }

    private static Task<RunDocument> RunAsync(TestLedger ledger, CheckOutcome? outcome) => ledger.RunAsync(TestLedger.Result("contact", outcome));

    private static async Task<Exposure?> ExposureOfAsync(TestLedger ledger, RunDocument run) =>
        (await ledger.Store.FindRunAsync(run.Run, CancellationToken.None))!.Results.ShouldHaveSingleItem().Exposure;
}

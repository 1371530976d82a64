using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Tests.Reports;

/// <summary>What the report says of rows, of definitions, and of the run beside earlier ones.</summary>
public sealed class RowReportTests
{
    private static readonly CheckResult Fingerprint = SampleRun.Match with
    {
        Check = CheckNames.Fingerprint,
        Source = Digest(1_048_576, "1048576:00112233445566778899aabbccddeeff"),
        Target = Digest(1_048_576, "1048576:00112233445566778899aabbccddeeff"),
        Narrowed = ["Price: rounded to 2 digits after the point, the target's"],
        Notes = ["VersionNumber is ignored, as configured."],
    };

    private static readonly CheckResult Differing = Fingerprint with
    {
        Target = Digest(1_048_573, "1048573:ffeeddccbbaa99887766554433221100"),
        Outcome = new CheckOutcome.Mismatch(
        [
            new Finding(FindingKinds.MissingInTarget, 3),
            new Finding(FindingKinds.Changed, 3_912_004, ["ModifiedBy"]),
            new Finding(FindingKinds.CountDiffers, 2, Detail: "Their key occurs more than once."),
        ]),
        Exposure = new Exposure("20260228-010000-aaaaaa", SampleRun.Started, "20260301-010000-bbbbbb", SampleRun.Started.AddDays(1), 3_912_009),
    };

    [Fact]
    public async Task A_fingerprint_shows_counts_columns_and_digests_what_was_narrowed_and_what_was_ignored()
    {
        var page = await RenderedPage.Of(SampleRun.Clean with { Results = [Fingerprint, Differing], Verdict = Verdict.NoGo });
        page.Text.ShouldContain("3,912,004 rows differ in exactly these columns: ModifiedBy.");
        page.Text.ShouldContain("2 rows are not there as often on both sides. Their key occurs more than once.");
        page.ById("result-2").Value.ShouldContain("1048573:ffeeddccbbaa99887766554433221100");
        page.Text.ShouldContain("Fingerprint: 1048576:0011\u2026");
        page.Text.ShouldContain("Price: rounded to 2 digits after the point, the target's");
        page.Text.ShouldContain("VersionNumber is ignored, as configured.");
    }

    [Fact]
    public async Task A_mismatch_says_since_when_it_may_have_been_there()
    {
        var page = await RenderedPage.Of(SampleRun.Clean with { Results = [Differing], Verdict = Verdict.NoGo });
        page.Text.ShouldContain(
            "Exposure: Last proven good in run 20260228-010000-aaaaaa, which began 2026-03-07T01:14:05Z; first seen bad in run 20260301-010000-bbbbbb, which finished 2026-03-08T01:14:05Z; 3,912,009 rows affected.");
        var never = Differing with { Exposure = Differing.Exposure! with { LastGood = null, LastGoodAt = null, Rows = null } };
        (await RenderedPage.Of(SampleRun.Clean with { Results = [never], Verdict = Verdict.NoGo })).Text
            .ShouldContain("Exposure: Never proven good; first seen bad in run 20260301-010000-bbbbbb, which finished 2026-03-08T01:14:05Z.");
    }

    [Fact]
    public async Task A_definition_that_differs_is_a_sentence_with_its_column()
    {
        var schema = SampleRun.Match with
        {
            Check = CheckNames.Schema,
            Source = null,
            Target = null,
            Outcome = new CheckOutcome.Mismatch([new Finding(FindingKinds.SchemaDiffers, Columns: ["subject"], Source: new("nvarchar(200)"), Target: new("varchar(100)"), Detail: "The target is narrower.")]),
        };
        (await RenderedPage.Of(SampleRun.Clean with { Results = [schema], Verdict = Verdict.NoGo })).Text
            .ShouldContain("The definition of subject is nvarchar(200) on the source and varchar(100) on the target. The target is narrower.");
    }

    [Fact]
    public async Task GO_says_how_deep_it_looked()
    {
        var counted = SampleRun.Match with { Entity = "contact" };
        async Task<string> TextAsync(params CheckResult[] results) => (await RenderedPage.Of(SampleRun.Clean with { Results = results })).Text;
        (await TextAsync(SampleRun.Match, Fingerprint)).ShouldContain("Every row was compared, column by column");
        (await TextAsync(SampleRun.Match, Fingerprint, counted)).ShouldContain("Every row of 1 of 2 entities was compared, column by column; of the others counts, groups and newest moments, not the contents of rows.");
        (await TextAsync(SampleRun.Match, counted)).ShouldContain("Counts, groups and newest moments were compared, not the contents of rows.");
    }

    [Fact]
    public async Task A_run_held_against_an_earlier_one_shows_what_is_new_before_what_is_known()
    {
        var earlier = SampleRun.Clean with { Run = "20260228-010000-aaaaaa", Label = "dry-run-1", Results = [Differing with { Entity = "contact" }, Differing with { Entity = "gone" }] };
        var run = SampleRun.Clean with { Verdict = Verdict.NoGo, Results = [Differing with { Entity = "contact" }, Differing, Fingerprint with { Entity = "gone" }] };
        var page = await RenderedPage.Of(run with { Against = RunDelta.Of(run, earlier) });
        page.Headings.SkipWhile(heading => heading.Text != "Against dry-run-1 (run 20260228-010000-aaaaaa)").Select(heading => heading.Text).Take(7).ShouldBe(
        [
            "Against dry-run-1 (run 20260228-010000-aaaaaa)", "New (1)", "mismatch account: row fingerprints in crm",
            "Known (1)", "mismatch contact: row fingerprints in crm", "Gone (1)", "mismatch gone: row fingerprints in crm",
        ]);
    }

    [Fact]
    public async Task A_run_that_was_resumed_and_its_forecast_say_so()
    {
        var page = await RenderedPage.Of(SampleRun.Clean with
        {
            Resumed = [SampleRun.Started.AddMinutes(3)],
            Forecast = new RunForecast("20260228-010000-aaaaaa", SampleRun.Started.AddMinutes(10), SampleRun.Started.AddHours(4)),
        });
        page.Text.ShouldContain("Resumed2026-03-07T01:17:05Z");
        page.Text.ShouldContain("Forecast by run 20260228-010000-aaaaaa: would finish at 01:24, window ends 05:14 (UTC). It finished at 01:26.");
    }

    private static Dictionary<string, Scalar> Digest(long rows, string fold) => new() { ["rows"] = new(rows), ["fingerprint"] = new(fold) };
}

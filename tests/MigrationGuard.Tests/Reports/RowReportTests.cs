using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Tests.Verification;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.Reports;

/// <summary>What the report says of rows, of definitions, and of the run beside earlier ones.</summary>
public sealed class RowReportTests
{
    private static readonly Exposure Exposed =
        new("20260228-010000-aaaaaa", SampleRun.Started, "20260301-010000-bbbbbb", SampleRun.Started.AddDays(1), 3_912_005);

    [Fact]
    public async Task A_fingerprint_shows_counts_columns_and_digests_what_was_narrowed_and_what_was_ignored()
    {
        var (same, differing) = await ComparedAsync();
        var page = await RenderedPage.Of(SampleRun.Clean with { Results = [same, differing], Verdict = Verdict.NoGo });
        page.Text.ShouldContain("The source has 1 row that the target has not.");
        page.Text.ShouldContain("The target has 1 row that the source has not.");
        page.Text.ShouldContain("3 rows differ in exactly these columns: state.");
        page.Text.ShouldContain("1 key occurs more than once on the target, with rows that differ.");
        var fingerprint = same.Source!["fingerprint"].ToString();
        fingerprint.Length.ShouldBe(32);
        page.ById("result-2").Value.ShouldContain(fingerprint);
        page.Text.ShouldContain($"Fingerprint: {fingerprint[..12]}\u2026");
        page.Text.ShouldContain(same.Narrowed.ShouldHaveSingleItem());
        page.Text.ShouldContain("Not compared, as IgnoreColumns says: title.");
    }

    [Fact]
    public async Task A_match_that_is_not_of_every_column_or_row_says_so_while_it_is_folded_up()
    {
        var (same, _) = await ComparedAsync();
        var filtered = same with { Notes = [LeftOutNotes.OfRows("target", "state < 7")] };
        (await SummaryAsync(same)).ShouldEndWith(", not of every column, see its notes");
        (await SummaryAsync(filtered)).ShouldEndWith(", not of every row, see its notes");
        (await SummaryAsync(same with { Notes = ["Read on both sides: a snapshot."] })).ShouldNotContain("not of every");

        static async Task<string> SummaryAsync(CheckResult result) =>
            (await RenderedPage.Of(SampleRun.Clean with { Results = [result] })).Document.Descendants("summary").First(summary => summary.Value.Contains("row fingerprints", StringComparison.Ordinal)).Value.Trim();
    }

    [Fact]
    public async Task What_was_too_much_to_list_or_to_look_at_is_a_sentence_with_its_numbers()
    {
        var (_, differing) = await ComparedAsync();
        var summed = differing with
        {
            Outcome = new CheckOutcome.Mismatch(
            [
                new Finding(FindingKinds.Changed, 3, Detail: "They differ in 2 further combinations of town, phone, not listed one by one."),
                new Finding(FindingKinds.ValueDiffers, 1234, Detail: "1,234 more rows of both sides lie in parts whose fingerprints differ, and were not looked at one by one."),
            ]),
        };
        var page = await RenderedPage.Of(SampleRun.Clean with { Results = [summed], Verdict = Verdict.NoGo });
        page.Text.ShouldContain("3 rows differ between source and target. They differ in 2 further combinations of town, phone, not listed one by one.");
        page.Text.ShouldContain("1,234 more rows of both sides lie in parts");
        page.Text.ShouldNotContain("The value");
    }

    [Fact]
    public async Task A_mismatch_says_since_when_it_may_have_been_there()
    {
        var (_, differing) = await ComparedAsync();
        async Task<string> TextAsync(Exposure exposure) =>
            (await RenderedPage.Of(SampleRun.Clean with { Results = [differing with { Exposure = exposure }], Verdict = Verdict.NoGo })).Text;
        (await TextAsync(Exposed)).ShouldContain(
            "Exposure: Last proven good in run 20260228-010000-aaaaaa, which began 2026-03-07T01:14:05Z; first seen bad in run 20260301-010000-bbbbbb, which finished 2026-03-08T01:14:05Z; 3,912,005 rows affected.");
        (await TextAsync(Exposed with { LastGood = null, LastGoodAt = null, Rows = null }))
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
        var (fingerprint, _) = await ComparedAsync();
        async Task<string> TextAsync(params CheckResult[] results) => (await RenderedPage.Of(SampleRun.Clean with { Results = results })).Text;
        (await TextAsync(SampleRun.Match, fingerprint)).ShouldContain("Every row was compared, column by column (but of 1 entity not every column; the notes of the results say which).");
        var filtered = fingerprint with { Notes = [.. fingerprint.Notes, LeftOutNotes.OfRows("source", "state < 7")] };
        (await TextAsync(SampleRun.Match, filtered)).ShouldContain("(but of 1 entity only the rows that its filter picks, and of 1 entity not every column; the notes of the results say which).");
        fingerprint = fingerprint with { Notes = [] };
        (await TextAsync(SampleRun.Match, fingerprint)).ShouldContain("Every row was compared, column by column.");
        (await TextAsync(SampleRun.Match, fingerprint, counted)).ShouldContain("Every row of 1 of 2 entities was compared, column by column; of the others counts, groups and newest moments, not the contents of rows.");
        (await TextAsync(SampleRun.Match, counted)).ShouldContain("Counts, groups and newest moments were compared, not the contents of rows.");
    }

    [Fact]
    public async Task A_run_held_against_an_earlier_one_shows_what_is_new_before_what_is_known()
    {
        var (same, differing) = await ComparedAsync();
        var earlier = SampleRun.Clean with { Run = "20260228-010000-aaaaaa", Label = "dry-run-1", Results = [differing with { Entity = "contact" }, differing with { Entity = "gone" }] };
        var run = SampleRun.Clean with { Verdict = Verdict.NoGo, Results = [differing with { Entity = "contact" }, differing, same with { Entity = "gone" }] };
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

    // What comparing two tables came to, before and after the target's was damaged.
    private static async Task<(CheckResult Same, CheckResult Differing)> ComparedAsync()
    {
        await using var migration = await TestMigration.CreateEmptyAsync(Provider.Sqlite, Provider.Sqlite);
        // The target has dates as text: what they are taken for is narrowed, and said.
        foreach (var (database, moment) in new[] { (migration.Source, "datetime"), (migration.Target, "TEXT") })
        {
            await database.ExecuteAsync($"CREATE TABLE account (id int NOT NULL, state int NULL, title TEXT NULL, modified_on {moment} NULL)");
            for (var id = 1; id <= 12; id++)
                await database.ExecuteAsync(FormattableString.Invariant($"INSERT INTO account VALUES ({id}, {id % 3}, 'Account {id}', '2025-01-{id:00} 10:00:00')"));
        }
        migration.Limits.SettleSeconds = 0;
        migration.Options.Depth = Depth.Rows;
        migration.Options.Entities.Clear();
        migration.Options.Entities["account"] = new EntityOptions { Source = "account", Key = ["id"], IgnoreColumns = ["title"] };
        var same = await migration.VerifyAsync(CheckNames.Fingerprint);
        await migration.Target.ExecuteAsync("DELETE FROM account WHERE id = 7");
        await migration.Target.ExecuteAsync("UPDATE account SET state = 9 WHERE id IN (1, 2, 3)");
        await migration.Target.ExecuteAsync("INSERT INTO account SELECT id, 9, title, modified_on FROM account WHERE id = 5");
        return (same, await migration.VerifyAsync(CheckNames.Fingerprint));
    }
}

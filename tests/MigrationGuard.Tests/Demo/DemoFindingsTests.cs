using MigrationGuard.Demo;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Tests.Demo;

public sealed class DemoFindingsTests(BuiltDemo demo) : IClassFixture<BuiltDemo>
{
    private RunDocument Run => NaiveComparison.Of(demo.Directory);

    [Fact]
    public void An_empty_run_found_nothing_and_checked_nothing()
    {
        var findings = DemoFindings.Compare(new RunDocument { Run = "empty" });

        findings.Found.ShouldBeEmpty();
        findings.Missed.ShouldBe(PlantedDefects.All);
        findings.NotChecked.ShouldContain("account, record-count: the run has no result.");
    }

    [Fact]
    public void A_check_without_defects_that_was_not_run_is_named()
    {
        var run = Run with { Results = [.. Run.Results.Where(result => result.Entity != "note")] };

        var findings = DemoFindings.Compare(run);

        findings.Missed.ShouldBeEmpty();
        findings.NotChecked.ShouldBe(
        [
            "note, record-count: the run has no result.",
            "note, entity-breakdown by IsDocument: the run has no result.",
            "note, last-timestamp: the run has no result.",
            "note, schema: the run has no result.",
            "note, fingerprint: the run has no result.",
        ]);
        findings.IsExact.ShouldBeFalse();
    }

    [Fact]
    public void A_check_that_could_not_be_done_is_named_with_its_reason()
    {
        var findings = DemoFindings.Compare(Changed("note", CheckNames.RecordCount, _ => new CheckOutcome.NotChecked("The table is locked.")));

        findings.NotChecked.ShouldBe(["note, record-count: The table is locked."]);
        findings.IsExact.ShouldBeFalse();
    }

    [Fact]
    public void A_finding_reported_twice_is_found_once_and_unplanned_once()
    {
        var findings = DemoFindings.Compare(Changed("contact", CheckNames.RecordCount, outcome =>
            new CheckOutcome.Mismatch([outcome.AllFindings[0], outcome.AllFindings[0]])));

        findings.Missed.ShouldBeEmpty();
        findings.Unplanned.ShouldHaveSingleItem().Result.Entity.ShouldBe("contact");
    }

    [Fact]
    public void A_planted_finding_with_another_count_is_missed_and_the_reported_one_is_unplanned()
    {
        var findings = DemoFindings.Compare(Changed("contact", CheckNames.RecordCount, outcome =>
            new CheckOutcome.Mismatch([outcome.AllFindings[0] with { Count = 2 }])));

        findings.Missed.ShouldHaveSingleItem().ExpectedCount.ShouldBe(3);
        findings.Unplanned.ShouldHaveSingleItem().Finding.Count.ShouldBe(2);
    }

    [Fact]
    public void A_planted_mismatch_that_was_accepted_is_missed()
    {
        var findings = DemoFindings.Compare(Changed("contact", CheckNames.RecordCount, outcome =>
            new CheckOutcome.Accepted(outcome.AllFindings, "approved by mistake")));

        findings.Missed.ShouldHaveSingleItem().Entity.ShouldBe("contact");
        findings.Unplanned.ShouldHaveSingleItem().Result.Entity.ShouldBe("contact");
    }

    private RunDocument Changed(string entity, string check, Func<CheckOutcome, CheckOutcome> change)
    {
        var run = Run;
        return run with
        {
            Results = [.. run.Results.Select(result => result.Entity == entity && result.Check == check ? result with { Outcome = change(result.Outcome) } : result)],
        };
    }
}

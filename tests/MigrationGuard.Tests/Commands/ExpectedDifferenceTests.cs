using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Tests.Verification;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.Commands;

/// <summary>An expected difference is accepted when somebody approved just that, and hides nothing else.</summary>
public sealed class ExpectedDifferenceTests
{
    [Fact]
    public async Task A_difference_that_somebody_approved_is_accepted_and_the_run_is_GO()
    {
        await using var migration = await TwoExtraRowsAsync();
        migration.Comparison.ExpectedDifferences.Add(Approved());
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        run.Document.Verdict.ShouldBe(Verdict.Go);
        var accepted = run.Document.Results.ShouldHaveSingleItem().Outcome.ShouldBeOfType<CheckOutcome.Accepted>();
        accepted.Because.ShouldContain("A. Approver");
        accepted.Because.ShouldContain("seeded by the new version");
        accepted.Findings.ShouldHaveSingleItem().Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_difference_that_nobody_approved_stays_a_mismatch()
    {
        await using var migration = await TwoExtraRowsAsync();
        migration.Comparison.ExpectedDifferences.Add(With(difference => difference.ApprovedBy = null));
        await ShouldStayAMismatchAsync(migration, "nobody has approved it");
    }

    [Fact]
    public async Task A_difference_without_an_expiry_stays_a_mismatch()
    {
        await using var migration = await TwoExtraRowsAsync();
        migration.Comparison.ExpectedDifferences.Add(With(difference => difference.Expires = null));
        await ShouldStayAMismatchAsync(migration, "without an expiry");
    }

    [Fact]
    public async Task A_difference_whose_expiry_has_passed_stays_a_mismatch()
    {
        await using var migration = await TwoExtraRowsAsync();
        migration.Comparison.ExpectedDifferences.Add(With(difference => difference.Expires = new DateOnly(2020, 12, 31)));
        await ShouldStayAMismatchAsync(migration, "which is past");
    }

    [Fact]
    public async Task A_difference_holds_to_the_end_of_its_last_day()
    {
        await using var migration = await TwoExtraRowsAsync();
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        // The day after as well: the run may begin before midnight and end after it.
        migration.Comparison.ExpectedDifferences.Add(With(difference => difference.Expires = today.AddDays(1)));
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        migration.Comparison.ExpectedDifferences[0].Expires = today.AddDays(-1);
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.NoGo);
    }

    [Fact]
    public async Task More_rows_than_the_bound_stay_a_mismatch()
    {
        await using var migration = await TwoExtraRowsAsync();
        migration.Comparison.ExpectedDifferences.Add(With(difference => difference.AtMost = 1));
        await ShouldStayAMismatchAsync(migration, "at most 1 rows, but found of 2");
    }

    [Fact]
    public async Task A_difference_of_another_kind_stays_a_mismatch()
    {
        await using var migration = await CountedAsync();
        await migration.Target.ExecuteAsync("DELETE FROM cases WHERE id = 1");
        migration.Comparison.ExpectedDifferences.Add(Approved());
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.NoGo).Document.Results.ShouldHaveSingleItem().ShouldMismatch();
    }

    [Fact]
    public async Task A_difference_in_another_check_stays_a_mismatch_beside_the_accepted_one()
    {
        await using var migration = await TwoExtraRowsAsync();
        migration.Cases.CreatedOn = "created_on";
        migration.Comparison.ExpectedDifferences.Add(Approved());
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.NoGo);
        run.Result(TestMigration.Entity, CheckNames.RecordCount).Outcome.ShouldBeOfType<CheckOutcome.Accepted>();
        run.Result(TestMigration.Entity, CheckNames.LastTimestamp).ShouldMismatch();
    }

    [Fact]
    public async Task A_group_beside_the_approved_one_stays_a_mismatch()
    {
        await using var migration = await CountedAsync();
        migration.Cases.BreakdownBy.Add(new BreakdownColumns(["state"]));
        migration.Comparison.ExpectedDifferences.Add(With(difference =>
        {
            difference.Check = CheckNames.EntityBreakdown;
            difference.Kind = FindingKinds.GroupDiffers;
            difference.Columns = ["state"];
            difference.Groups = [["1"], ["2"]];
        }));
        await migration.Target.ExecuteAsync("UPDATE cases SET state = 2 WHERE id = 1");
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        await migration.Target.ExecuteAsync("UPDATE cases SET state = NULL WHERE id = 3");
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.NoGo);
    }

    [Fact]
    public async Task An_approval_is_an_entry_of_the_ledger_once()
    {
        await using var migration = await TwoExtraRowsAsync();
        migration.Comparison.ExpectedDifferences.Add(Approved());
        await migration.VerifyAsync();
        // The ledger's making, a configuration, an approval, and a run's beginning and end.
        (await EntriesAsync(migration)).ShouldBe(5);
        await migration.VerifyAsync();
        (await EntriesAsync(migration)).ShouldBe(7);
    }

    private static async Task<long> EntriesAsync(CommandMigration migration)
    {
        var run = (await migration.RunAsync("ledger", "verify", "--format", "json")).ShouldExitWith(ExitCode.Done);
        return System.Text.Json.Nodes.JsonNode.Parse(run.Output)!["entries"]!.GetValue<long>();
    }

    private static async Task ShouldStayAMismatchAsync(CommandMigration migration, string because)
    {
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.NoGo);
        var result = run.Document.Results.ShouldHaveSingleItem();
        result.ShouldMismatch();
        string.Join(' ', result.Notes).ShouldContain(because);
    }

    private static async Task<CommandMigration> TwoExtraRowsAsync()
    {
        var migration = await CountedAsync();
        await migration.Target.ExecuteAsync(TestMigration.CaseRow(13));
        await migration.Target.ExecuteAsync(TestMigration.CaseRow(14));
        return migration;
    }

    // The record count alone, so that each test has one result to speak of.
    private static async Task<CommandMigration> CountedAsync()
    {
        var migration = await CommandMigration.CreateAsync();
        migration.Comparison.Entities[TestMigration.Entity] = new EntityOptions { Source = "cases" };
        return migration;
    }

    private static ExpectedDifferenceOptions With(Action<ExpectedDifferenceOptions> change)
    {
        var difference = Approved();
        change(difference);
        return difference;
    }

    private static ExpectedDifferenceOptions Approved() => new()
    {
        Entity = TestMigration.Entity,
        Check = CheckNames.RecordCount,
        Kind = FindingKinds.ExtraInTarget,
        AtMost = 2,
        Reason = "seeded by the new version",
        ApprovedBy = "A. Approver",
        Expires = new DateOnly(9999, 12, 31),
    };
}

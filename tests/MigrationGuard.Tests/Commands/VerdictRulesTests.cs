using MigrationGuard.Configuration;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Tests.Verification;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.Commands;

/// <summary>The rules of the verdict, from the command line to the exit code.</summary>
public sealed class VerdictRulesTests
{
    [Fact]
    public async Task A_full_run_in_which_everything_matches_is_GO()
    {
        await using var migration = await CommandMigration.CreateAsync();
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        run.Document.Verdict.ShouldBe(Verdict.Go);
        run.Document.Scope.ShouldBe(Scope.Full);
        run.Document.Results.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("--entity", "case")]
    [InlineData("--entity", "CASE")]
    [InlineData("--comparison", "crm")]
    public async Task A_partial_run_is_never_GO_even_when_it_leaves_nothing_out(string option, string name)
    {
        await using var migration = await CommandMigration.CreateAsync();
        var run = (await migration.VerifyAsync(option, name)).ShouldExitWith(ExitCode.Incomplete);
        run.Document.Verdict.ShouldBe(Verdict.Incomplete);
        run.Document.Scope.ShouldBe(Scope.Partial);
        run.Document.Results.ShouldAllBe(result => result.Outcome is CheckOutcome.Match);
    }

    [Fact]
    public async Task A_run_less_deep_than_configured_is_partial_and_one_as_deep_is_not()
    {
        await using var migration = await CommandMigration.CreateAsync();
        migration.Options.Comparisons["crm"].Depth = Depth.Rows;
        var counts = (await migration.VerifyAsync("--depth", "counts")).ShouldExitWith(ExitCode.Incomplete).Document;
        (counts.Scope, counts.LimitedTo).ShouldBe((Scope.Partial, "depth counts"));
        counts.Results.ShouldAllBe(result => result.Check != CheckNames.Schema);
        var rows = (await migration.VerifyAsync("--depth", "rows")).ShouldExitWith(ExitCode.Done).Document;
        (rows.Scope, rows.LimitedTo).ShouldBe((Scope.Full, null));
        rows.Results.ShouldContain(result => result.Check == CheckNames.Schema);
        migration.Options.Comparisons["crm"].Depth = Depth.Counts;
        (await migration.VerifyAsync("--depth", "counts")).ShouldExitWith(ExitCode.Done).Document.Scope.ShouldBe(Scope.Full);
        (await migration.VerifyAsync("--depth", "rows")).ShouldExitWith(ExitCode.Done).Document.Results.ShouldContain(result => result.Check == CheckNames.Schema);
    }

    [Fact]
    public async Task A_partial_run_that_finds_a_difference_is_NO_GO()
    {
        await using var migration = await CommandMigration.CreateAsync();
        await migration.Target.ExecuteAsync("DELETE FROM cases WHERE id = 7");
        (await migration.VerifyAsync("--entity", "case")).ShouldExitWith(ExitCode.NoGo).Document.Verdict.ShouldBe(Verdict.NoGo);
    }

    [Fact]
    public async Task A_partial_run_says_nothing_of_what_it_was_not_asked_for()
    {
        await using var migration = await CommandMigration.CreateAsync();
        migration.Options.Comparisons["fees"] = new ComparisonOptions
        {
            Source = "old",
            Target = "new",
            Entities = { ["fee"] = new EntityOptions { Source = "cases" } },
        };
        var run = (await migration.VerifyAsync("--entity", "fee")).ShouldExitWith(ExitCode.Incomplete);
        run.Document.Results.ShouldHaveSingleItem().Entity.ShouldBe("fee");
    }

    [Fact]
    public async Task A_source_table_that_no_entity_covers_is_never_GO()
    {
        await using var migration = await CommandMigration.CreateAsync();
        await migration.Source.ExecuteAsync("CREATE TABLE forgotten (id int)");
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Incomplete);
        run.Document.Uncovered.ShouldHaveSingleItem().Table.ShouldBe("forgotten");
        run.Document.Results.ShouldAllBe(result => result.Outcome is CheckOutcome.Match);
    }

    [Fact]
    public async Task A_source_table_that_is_excluded_with_a_reason_does_not_stand_in_the_way_of_GO()
    {
        await using var migration = await CommandMigration.CreateAsync();
        await migration.Source.ExecuteAsync("CREATE TABLE trace_log (id int)");
        migration.Comparison.Excluded.Add(new ExcludedTable("trace_log", "diagnostic log, not migrated"));
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        run.Document.Uncovered.ShouldBeEmpty();
        run.Document.Excluded.ShouldHaveSingleItem().ShouldBe(new TableRemark("crm", "trace_log", "diagnostic log, not migrated"));
    }

    [Fact]
    public async Task A_source_table_that_is_excluded_without_a_reason_is_refused()
    {
        await using var migration = await CommandMigration.CreateAsync();
        await migration.Source.ExecuteAsync("CREATE TABLE trace_log (id int)");
        migration.Comparison.Excluded.Add(new ExcludedTable("trace_log", " "));
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("has no reason");
    }

    [Fact]
    public async Task A_table_that_only_the_target_has_needs_no_cover()
    {
        await using var migration = await CommandMigration.CreateAsync();
        await migration.Target.ExecuteAsync("CREATE TABLE new_feature (id int)");
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
    }

    [Fact]
    public async Task A_mismatch_wins_over_what_was_not_checked()
    {
        await using var migration = await CommandMigration.CreateAsync();
        migration.AddEntity("nowhere");
        await migration.Target.ExecuteAsync("DELETE FROM cases WHERE id = 7");
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.NoGo);
        run.Document.Verdict.ShouldBe(Verdict.NoGo);
        run.Result("nowhere", CheckNames.RecordCount).ShouldNotBeChecked();
        run.Result("case", CheckNames.RecordCount).ShouldMismatch();
    }

    [Fact]
    public async Task Something_not_checked_among_matches_is_INCOMPLETE()
    {
        await using var migration = await CommandMigration.CreateAsync();
        migration.AddEntity("nowhere");
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Incomplete).Document.Verdict.ShouldBe(Verdict.Incomplete);
    }

    [Fact]
    public async Task A_run_for_which_nothing_is_configured_is_INCOMPLETE()
    {
        using var folder = new WorkingFolder();
        folder.Configure(new MigrationGuardOptions());
        var run = (await folder.RunAsync("verify", "--format", "json")).ShouldExitWith(ExitCode.Incomplete);
        run.Document.Verdict.ShouldBe(Verdict.Incomplete);
        run.Document.Results.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_comparison_of_empty_databases_that_names_nothing_is_INCOMPLETE_and_says_so()
    {
        await using var migration = await CommandMigration.CreateAsync();
        await migration.OnBothAsync("DROP TABLE cases");
        migration.Comparison.Entities.Clear();
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Incomplete);
        run.Document.Results.ShouldHaveSingleItem().ShouldNotBeChecked().ShouldContain("names nothing to check");
    }

    [Fact]
    public async Task A_check_that_an_entity_has_no_columns_for_is_listed_and_does_not_stand_in_the_way_of_GO()
    {
        await using var migration = await CommandMigration.CreateAsync();
        migration.Comparison.Entities.Clear();
        migration.AddEntity("plain", "cases");
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        run.Document.Results.ShouldHaveSingleItem().ShouldMatch();
        run.Document.NotConfigured.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("--entity", "invoice", "Configured: case.")]
    [InlineData("--comparison", "fees", "Configured: crm.")]
    public async Task An_unknown_name_is_refused_and_the_configured_ones_are_named(string option, string name, string configured)
    {
        await using var migration = await CommandMigration.CreateAsync();
        var run = (await migration.VerifyAsync(option, name)).ShouldExitWith(ExitCode.Usage);
        run.Error.ShouldContain($"{option} {name}");
        run.Error.ShouldContain(configured);
        run.Output.ShouldBeEmpty();
        (await migration.RunAsync("runs", "list")).Output.ShouldContain("No run yet");
    }

    [Theory]
    [InlineData("verify", "--depth", "sideways")]
    [InlineData("verify", "--format", "xml")]
    [InlineData("verify", "--window", "soon")]
    [InlineData("verify", "--unknown", "x")]
    [InlineData("conquer", "--all", "x")]
    public async Task A_command_line_that_cannot_be_understood_exits_with_1_and_says_why(params string[] args)
    {
        await using var migration = await CommandMigration.CreateAsync();
        var run = (await migration.RunAsync(args)).ShouldExitWith(ExitCode.Usage);
        run.Error.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task A_run_that_does_not_exist_exits_with_1()
    {
        await using var migration = await CommandMigration.CreateAsync();
        await migration.VerifyAsync();
        (await migration.RunAsync("runs", "show", "20200101-000000-000000")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("runs list");
    }

    [Theory]
    [InlineData("ledger", "verify")]
    [InlineData("runs", "list")]
    [InlineData("runs", "show", "latest")]
    public async Task A_ledger_that_is_not_there_is_neither_intact_nor_made(params string[] args)
    {
        await using var migration = await CommandMigration.CreateAsync();
        (await migration.RunAsync(args)).ShouldExitWith(ExitCode.Incomplete).Error.ShouldContain("there is no ledger here");
        (await migration.RunAsync(args)).ShouldExitWith(ExitCode.Incomplete);
    }

    [Fact]
    public async Task Several_partial_runs_do_not_add_up_to_a_GO()
    {
        await using var migration = await CommandMigration.CreateAsync();
        await migration.OnBothAsync("CREATE TABLE fees (id int)");
        migration.AddEntity("fee", "fees");
        (await migration.VerifyAsync("--entity", "case")).ShouldExitWith(ExitCode.Incomplete);
        (await migration.VerifyAsync("--entity", "fee")).ShouldExitWith(ExitCode.Incomplete);
        (await migration.VerifyAsync("--entity", "case", "--entity", "fee")).ShouldExitWith(ExitCode.Incomplete);
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
    }
}

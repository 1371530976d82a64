using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Tests.Commands;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.BadInput;

/// <summary>A run that is stopped in the middle is recorded with what it knew; one whose process died is INCOMPLETE.</summary>
public sealed class InterruptionTests
{
    private const string CasesAreDone = "crm / case:";

    [SkippableTheory]
    [InlineData(Provider.PostgreSql)]
    [InlineData(Provider.Sqlite)]
    public async Task A_run_that_is_cancelled_keeps_the_results_it_has_and_is_INCOMPLETE(Provider engine)
    {
        await using var migration = await CommandMigration.CreateAsync(engine, Provider.Sqlite);
        await migration.AddEndlessAsync();
        using var stop = new CancellationTokenSource();
        migration.Folder.Told = line =>
        {
            if (line.Contains(CasesAreDone, StringComparison.Ordinal))
                stop.Cancel();
        };
        var run = (await migration.RunAsync(stop.Token, "verify", "--format", "json", "--output", "report")).ShouldExitWith(ExitCode.Incomplete);
        run.Document.Interrupted.ShouldBe("The run was interrupted.");
        run.Document.Verdict.ShouldBe(Verdict.Incomplete);
        run.Results(TestMigration.Entity).ShouldAllBe(result => result.Outcome is CheckOutcome.Match);
        run.Result("endless", CheckNames.RecordCount).ShouldNotBeChecked().ShouldContain("was interrupted");
        Directory.EnumerateFiles(migration.Folder.At("report"), "*.html").ShouldHaveSingleItem();
        (await migration.RunAsync("runs", "show", "latest", "--format", "json")).ShouldExitWith(ExitCode.Incomplete).Output.ShouldBe(run.Output);
        (await migration.RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Done);
    }

    [Fact]
    public async Task A_difference_that_was_found_before_the_cancellation_is_still_NO_GO()
    {
        await using var migration = await CommandMigration.CreateAsync();
        await migration.Target.ExecuteAsync("DELETE FROM cases WHERE id = 1");
        await migration.AddEndlessAsync();
        using var stop = new CancellationTokenSource();
        migration.Folder.Told = line =>
        {
            if (line.Contains(CasesAreDone, StringComparison.Ordinal))
                stop.Cancel();
        };
        (await migration.RunAsync(stop.Token, "verify", "--format", "json")).ShouldExitWith(ExitCode.NoGo).Document.Interrupted.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_run_that_is_cancelled_before_it_begins_is_recorded()
    {
        await using var migration = await CommandMigration.CreateAsync();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var run = (await migration.RunAsync(stop.Token, "verify", "--format", "json")).ShouldExitWith(ExitCode.Incomplete);
        run.Document.Interrupted.ShouldBe("The run was interrupted.");
        run.Results(TestMigration.Entity).Count.ShouldBe(4);
    }

    [SkippableFact]
    public async Task Ctrl_C_ends_the_process_with_2_and_the_run_is_in_the_ledger()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        await using var migration = await StartedAsync();
        using (var program = BuiltProgram.Start(migration.Folder.Path, "verify"))
        {
            await program.SaysAsync(CasesAreDone);
            await program.InterruptAsync();
            (await program.EndsAsync()).ShouldBe((int)ExitCode.Incomplete, program.Error);
            program.Error.ShouldContain("Stopping:");
        }
        (await migration.RunAsync("runs", "list")).Output.ShouldContain("INCOMPLETE");
        var run = (await migration.RunAsync("runs", "show", "latest", "--format", "json")).ShouldExitWith(ExitCode.Incomplete);
        run.Document.Interrupted.ShouldBe("The run was interrupted.");
        run.Document.Finished.ShouldNotBeNull();
        run.Results(TestMigration.Entity).ShouldAllBe(result => result.Outcome is CheckOutcome.Match);
    }

    [SkippableFact]
    public async Task A_run_whose_process_was_killed_is_INCOMPLETE_and_the_ledger_is_intact()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        await using var migration = await StartedAsync();
        using (var program = BuiltProgram.Start(migration.Folder.Path, "verify"))
        {
            await program.SaysAsync(CasesAreDone);
            program.Kill();
            await program.EndsAsync();
        }
        var run = (await migration.RunAsync("runs", "show", "latest", "--format", "json")).ShouldExitWith(ExitCode.Incomplete);
        run.Document.Verdict.ShouldBe(Verdict.Incomplete);
        run.Document.Finished.ShouldBeNull();
        run.Results(TestMigration.Entity).ShouldAllBe(result => result.Outcome is CheckOutcome.Match);
        (await migration.RunAsync("runs", "list")).Output.ShouldContain("not finished");
        (await migration.RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Done);
        (await migration.VerifyAsync("--entity", TestMigration.Entity)).ShouldExitWith(ExitCode.Incomplete);
    }

    private static async Task<CommandMigration> StartedAsync()
    {
        var migration = await CommandMigration.CreateAsync();
        await migration.AddEndlessAsync();
        migration.Folder.Configure(migration.Options);
        return migration;
    }
}

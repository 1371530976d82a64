using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Retention.Records;

/// <summary><c>records verify</c>, from the configuration to the ledger.</summary>
public sealed class RecordsCommandTests
{
    private const string Past = "2001-01-01 00:00:00";

    [Fact]
    public async Task A_report_without_a_place_is_refused_before_anything_is_read()
    {
        await using var folder = await RecordsFolder.CreateAsync();
        await File.WriteAllTextAsync(folder.Working.At("taken"), "a file");
        (await folder.RunAsync("records", "verify", "--output", "taken")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("--output taken: the directory cannot be made");
        File.Exists(folder.Working.At("migrationguard.db")).ShouldBeFalse();
        (await folder.RunAsync("records", "verify", "--output", "made/below")).ShouldExitWith(ExitCode.Done);
        Directory.EnumerateFiles(folder.Working.At("made/below")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Records_that_are_kept_as_promised_are_GO_and_the_ledger_holds_the_run()
    {
        await using var folder = await RecordsFolder.CreateAsync();
        var run = await folder.VerifyAsync(ExitCode.Done);
        (run.Verdict, run.Kind, run.Scope).ShouldBe((Verdict.Go, RunKinds.Records, Scope.Full));
        run.Results.Select(result => (result.Comparison, result.Entity, result.Check)).ShouldBe([("records", "completed", "retention:12.1"), ("records", "completed", "drift:12.1")]);
        run.Servers.Select(server => (server.Comparison, server.Side, server.Name)).ShouldBe([("records", "target", "new"), ("records", "source", "old")]);
        (await folder.RunAsync("runs", "show", "latest")).ShouldExitWith(ExitCode.Done).Output.ShouldContain("All 2 checks found what was promised to be so.");
        (await folder.RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Done);
    }

    [Fact]
    public async Task Drift_alone_is_NO_GO_and_leaves_the_live_promise_kept()
    {
        await using var folder = await RecordsFolder.CreateAsync();
        await folder.Frozen.ExecuteAsync($"INSERT INTO cases VALUES ('c4nary', 77, 'Doe', '{Past}', 1)");
        folder.Options.Records.Entities["completed"].Key = ["number"];
        var text = (await folder.RunAsync("records", "verify", "--label", "month 1", "--output", "report")).ShouldExitWith(ExitCode.NoGo);
        text.Output.ShouldContain("drift 1");
        folder.Working.FilesHolding("c4nary").ShouldBeEmpty();
        Directory.EnumerateFiles(folder.Working.At("report"), "*.html").Select(File.ReadAllText).ShouldHaveSingleItem()
            .ShouldContain("1 record that the live database has deleted by policy is still in the frozen copy.");
        var run = await folder.VerifyAsync(ExitCode.NoGo);
        run.Results[0].ShouldMatch();
        run.Results[1].ShouldMismatch().Single().Kind.ShouldBe(KeepingFindings.Drift);
    }

    [Fact]
    public async Task A_record_kept_too_long_is_NO_GO_and_one_deleted_too_early_too()
    {
        await using var folder = await RecordsFolder.CreateAsync();
        await folder.Live.ExecuteAsync($"UPDATE cases SET closed = '{Past}' WHERE number = 4");
        (await folder.VerifyAsync(ExitCode.NoGo)).Results[0].ShouldMismatch().Single().Kind.ShouldBe(KeepingFindings.KeptTooLong);
        await folder.Live.ExecuteAsync("DELETE FROM cases WHERE number = 4");
        (await folder.VerifyAsync(ExitCode.NoGo)).Results[0].ShouldMismatch().Single().Kind.ShouldBe(KeepingFindings.KeptTooShort);
    }

    [Fact]
    public async Task A_table_that_is_not_there_is_INCOMPLETE()
    {
        await using var folder = await RecordsFolder.CreateAsync();
        await folder.Live.ExecuteAsync("ALTER TABLE cases RENAME TO others");
        (await folder.VerifyAsync(ExitCode.Incomplete)).Results.ShouldAllBe(result => result.Outcome is CheckOutcome.NotChecked);
    }

    [Fact]
    public async Task A_configuration_is_checked_against_the_tables_before_anything_is_counted()
    {
        await using var folder = await RecordsFolder.CreateAsync();
        (await folder.RunAsync("check-config")).ShouldExitWith(ExitCode.Done);
        folder.Options.Records.Entities["completed"].Key = ["number", "state", "closed"];
        (await folder.RunAsync("check-config")).Output.ShouldContain("records / completed: closed is of type datetime in the frozen copy");
        folder.Options.Records.Entities["completed"].CountsFrom = "ended";
        var told = await folder.RunAsync("check-config");
        told.ExitCode.ShouldNotBe((int)ExitCode.Done);
        told.Output.ShouldContain("records / completed: The live database's cases has no column ended.");
        told.Output.ShouldContain("records / completed: The frozen copy's cases has no column ended.");
    }

    [Fact]
    public async Task Without_an_entity_there_is_nothing_to_do_and_it_says_so()
    {
        await using var folder = await RecordsFolder.CreateAsync();
        folder.Options.Records.Entities.Clear();
        (await folder.RunAsync("records", "verify")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("Records holds no entity");
    }

    [Fact]
    public async Task A_connection_string_that_cannot_be_read_is_the_configurations_fault()
    {
        await using var folder = await RecordsFolder.CreateAsync();
        folder.Options.Databases["new"].ConnectionString = "Pasword=c4nary";
        var told = (await folder.RunAsync("records", "verify")).ShouldExitWith(ExitCode.Usage).Error;
        told.ShouldContain("Databases:new");
        told.ShouldNotContain("c4nary");
    }

    [Fact]
    public async Task A_run_over_records_is_no_run_to_verify_since()
    {
        await using var folder = await RecordsFolder.CreateAsync();
        await folder.VerifyAsync(ExitCode.Done);
        (await folder.RunAsync("verify", "--since-run", "latest")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("looked at records and compared no databases");
    }
}

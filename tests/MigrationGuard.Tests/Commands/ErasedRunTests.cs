using System.Globalization;
using System.Text.Json.Nodes;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Packs;
using MigrationGuard.Tests.Verification;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.Commands;

/// <summary>What erasing entries costs is said before, afterwards, in lists and in packs.</summary>
public sealed class ErasedRunTests
{
    [Fact]
    public async Task Erasing_the_end_of_a_run_says_what_is_lost_and_the_run_is_marked_ever_after()
    {
        await using var migration = await CommandMigration.CreateAsync();
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done).Document.Run;
        (await migration.RunAsync("runs", "show", run)).ShouldExitWith(ExitCode.Done).LastLine.ShouldBe("GO");
        var end = await SeqAsync(migration, "run-finished");

        var erased = (await EraseAsync(migration, end)).ShouldExitWith(ExitCode.Done);
        erased.Error.ShouldContain($"holds the verdict and the results of run {run}");
        erased.Error.ShouldContain("It cannot be undone.");
        (await migration.RunAsync("runs", "list")).Output.ShouldContain("GO, ERASED");
        var shown = (await migration.RunAsync("runs", "show", run, "--output", "report")).ShouldExitWith(ExitCode.Incomplete);
        shown.LastLine.ShouldBe("GO, ERASED");
        shown.Output.ShouldContain($"was erased from the ledger (entry {end})");
        (await File.ReadAllTextAsync(Directory.GetFiles(migration.Folder.At("report"), "*.html").ShouldHaveSingleItem())).ShouldContain("GO, ERASED</h1>");
        var json = JsonNode.Parse((await migration.RunAsync("runs", "show", run, "--format", "json")).Output)!;
        ((string)json["verdict"]!, (long)json["erasedEnd"]!).ShouldBe(("GO", end));
    }

    [Fact]
    public async Task Erasing_what_no_claim_rests_on_warns_of_nothing_and_leaves_the_run_as_it_is()
    {
        await using var migration = await CommandMigration.CreateAsync();
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);

        (await EraseAsync(migration, await SeqAsync(migration, "run-started"))).ShouldExitWith(ExitCode.Done).Error.ShouldBeEmpty();
        (await migration.RunAsync("runs", "list")).Output.ShouldNotContain("ERASED");
        (await migration.RunAsync("runs", "show", "latest", "--format", "json")).ShouldExitWith(ExitCode.Done).Output.ShouldNotContain("erasedEnd");
    }

    [Fact]
    public async Task A_pack_says_in_its_headline_that_the_claim_was_erased_and_holds_who_erased_it_when_and_why()
    {
        await using var migration = await CommandMigration.CreateAsync();
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done).Document.Run;
        var before = await BuildAsync(migration, run);
        Segment(before).ShouldNotContain("payload-erased");
        Report(before).ShouldNotContain("What was erased");
        var end = await SeqAsync(migration, "run-finished");
        (await EraseAsync(migration, end)).ShouldExitWith(ExitCode.Done);

        var pack = await BuildAsync(migration, run);
        var erasure = await SeqAsync(migration, "payload-erased");
        Segment(pack).ShouldContain($"\"subject\":\"entry-{end}\"");
        File.Exists(Path.Combine(pack, PackPaths.Proof(erasure))).ShouldBeTrue();
        Payloads(pack).ShouldContain("A court asked for it.");
        var report = Report(pack);
        report.ShouldContain($"What run {run} of");
        report.ShouldContain("it proves nothing of the data any more");
        report.ShouldContain("A court asked for it.");
        File.ReadAllText(Path.Combine(pack, PackPaths.Runs)).ShouldContain($",{end},{erasure}\r\n");
        var listed = JsonNode.Parse(File.ReadAllText(Path.Combine(pack, PackPaths.ReportJson)))!["erasures"]!.AsArray().ShouldHaveSingleItem()!;
        ((long)listed["entry"]!, (string)listed["kind"]!, (long)listed["recordedBy"]!, (string)listed["reason"]!).ShouldBe((end, "run-finished", erasure, "A court asked for it."));
        (await migration.RunAsync("evidence", "verify", pack)).ShouldExitWith(ExitCode.Incomplete).Output.ShouldContain("intact");
    }

    [SkippableFact]
    public async Task The_commands_of_the_README_show_what_was_erased_and_why_and_say_so_where_nothing_was()
    {
        Skip.IfNot(AuditorShell.IsThere, "There is no shell with sha512sum and openssl here.");
        await using var migration = await CommandMigration.CreateAsync();
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done).Document.Run;
        (await SaidAsync(await BuildAsync(migration, run))).ShouldBe(("nothing was erased\n", "no reason is shown\n"));
        var end = await SeqAsync(migration, "run-finished");
        (await EraseAsync(migration, end)).ShouldExitWith(ExitCode.Done);

        var (lines, reasons) = await SaidAsync(await BuildAsync(migration, run));
        lines.ShouldContain($"\"subject\":\"entry-{end}\"");
        reasons.ShouldContain("\"reason\":\"A court asked for it.\"");

        static async Task<(string Lines, string Reasons)> SaidAsync(string pack)
        {
            var blocks = (await File.ReadAllTextAsync(Path.Combine(pack, "README-VERIFY.txt"))).Split("\n\n");
            Task<string> RunAsync(string beginning) => AuditorShell.SucceedAsync(pack, blocks.Single(block => block.TrimStart().StartsWith(beginning, StringComparison.Ordinal)));
            return (await RunAsync("grep '\"kind\":\"payload-erased\"'"), await RunAsync("sed -n 's/^.*\"payload\""));
        }
    }

    [Fact]
    public async Task A_reason_that_names_an_address_is_not_opened_in_a_pack()
    {
        await using var migration = await CommandMigration.CreateAsync();
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done).Document.Run;
        (await EraseAsync(migration, await SeqAsync(migration, "run-started"), "zoe.quill@example.org asked for it.")).ShouldExitWith(ExitCode.Done);

        var pack = await BuildAsync(migration, run);
        Segment(pack).ShouldContain("payload-erased");
        Payloads(pack).ShouldNotContain("asked for it");
        Report(pack).ShouldContain("[left out] asked for it.");
    }

    [Fact]
    public async Task An_erasure_after_the_segments_end_draws_in_what_was_erased_on_the_way_there_and_nothing_beyond()
    {
        await using var migration = await CommandMigration.CreateAsync();
        var first = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done).Document.Run;
        var firstEnd = await SeqAsync(migration, "run-finished");
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        var secondEnd = await SeqAsync(migration, "run-finished");
        (await EraseAsync(migration, firstEnd)).ShouldExitWith(ExitCode.Done);
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        var thirdEnd = await SeqAsync(migration, "run-finished");
        (await EraseAsync(migration, thirdEnd)).ShouldExitWith(ExitCode.Done);

        // The second run lies within the segment; what was erased of the third is after its end.
        var pack = await BuildAsync(migration, first);
        Segment(pack).ShouldContain($"\"entry-{firstEnd}\"");
        Segment(pack).ShouldNotContain($"\"entry-{thirdEnd}\"");
        (await EraseAsync(migration, secondEnd)).ShouldExitWith(ExitCode.Done);
        pack = await BuildAsync(migration, first);
        foreach (var end in new[] { firstEnd, secondEnd, thirdEnd })
            Segment(pack).ShouldContain($"\"entry-{end}\"");
        Report(pack).ShouldContain("the hash of its last line need not be that of the chain");
        (await migration.RunAsync("evidence", "verify", pack)).ShouldExitWith(ExitCode.Incomplete).Output.ShouldContain("intact");
    }

    [Fact]
    public async Task An_approval_that_the_configuration_still_holds_is_recorded_anew_and_the_erasure_says_so()
    {
        await using var migration = await CommandMigration.CreateAsync();
        migration.Comparison.ExpectedDifferences.Add(new ExpectedDifferenceOptions
        {
            Entity = TestMigration.Entity, Check = CheckNames.RecordCount, Kind = FindingKinds.ExtraInTarget, AtMost = 2, Reason = "Test rows.", ApprovedBy = "Zoë", Expires = new DateOnly(2099, 1, 1),
        });
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        var first = await SeqAsync(migration, "approval");

        (await EraseAsync(migration, first)).ShouldExitWith(ExitCode.Done).Output.ShouldContain("The configuration still holds this approval, among the ExpectedDifferences of crm: the next run records it anew");
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        var again = await SeqAsync(migration, "approval");
        again.ShouldBeGreaterThan(first);

        migration.Comparison.ExpectedDifferences.Clear();
        (await EraseAsync(migration, again)).ShouldExitWith(ExitCode.Done).Output.ShouldNotContain("still holds");
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        (await SeqAsync(migration, "approval")).ShouldBe(again);
        var pack = await BuildAsync(migration, "latest");
        Segment(pack).ShouldContain($"\"entry-{first}\"");
    }

    [Fact]
    public async Task The_configuration_as_last_recorded_is_recorded_anew_and_the_erasure_says_so()
    {
        await using var migration = await CommandMigration.CreateAsync();
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        var first = await SeqAsync(migration, "configuration-changed");
        migration.Options.Project.Name = "Another";
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        var second = await SeqAsync(migration, "configuration-changed");

        (await EraseAsync(migration, first)).ShouldExitWith(ExitCode.Done).Output.ShouldNotContain("records it anew");
        (await EraseAsync(migration, second)).ShouldExitWith(ExitCode.Done).Output.ShouldContain("the next run records it anew");
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        (await SeqAsync(migration, "configuration-changed")).ShouldBeGreaterThan(second);
    }

    private static Task<CommandRun> EraseAsync(CommandMigration migration, long seq, string reason = "A court asked for it.") =>
        migration.RunAsync("ledger", "erase", seq.ToString(CultureInfo.InvariantCulture), "--reason", reason);

    /// <summary>The last entry of a kind.</summary>
    private static async Task<long> SeqAsync(CommandMigration migration, string kind) => (await migration.RunAsync("ledger", "export")).Output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).Where(line => (string)line["kind"]! == kind).Select(line => (long)line["seq"]!).Last();

    private static async Task<string> BuildAsync(CommandMigration migration, string run)
    {
        var built = (await migration.RunAsync("evidence", "build", "--run", run, "--output", "packs", "--format", "json")).ShouldExitWith(ExitCode.Done);
        return (string)JsonNode.Parse(built.Output)!["path"]!;
    }

    private static string Segment(string pack) => File.ReadAllText(Path.Combine(pack, PackPaths.AuditSegment));

    private static string Report(string pack) => File.ReadAllText(Path.Combine(pack, PackPaths.ReportHtml));

    private static string Payloads(string pack) => string.Join('\n', File.ReadAllLines(Path.Combine(pack, "data/audit/payloads.jsonl"))
        .Select(line => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String((string)JsonNode.Parse(line)!["payload"]!))));
}

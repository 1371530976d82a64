using System.Text.Json.Nodes;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Tests.Commands;

/// <summary>A run beside earlier ones: what is left to fix, what is new, since when it may have been there, and when it would finish.</summary>
public sealed class RehearsalTests
{
    [Fact]
    public async Task After_a_fix_only_what_was_not_a_match_is_looked_at_again()
    {
        await using var migration = await CommandMigration.CreateAsync();
        migration.AddEntity("whole", "cases");
        await migration.OnBothAsync("CREATE TABLE notes (id int)");
        migration.AddEntity("notes");
        await migration.Target.ExecuteAsync("INSERT INTO notes VALUES (1)");
        var before = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.NoGo).Document;
        await migration.Target.ExecuteAsync("DELETE FROM notes");

        var run = (await migration.VerifyAsync("--since-run", before.Run)).ShouldExitWith(ExitCode.Incomplete).Document;
        run.Results.ShouldHaveSingleItem().Entity.ShouldBe("notes");
        run.Results[0].Outcome.ShouldBeOfType<CheckOutcome.Match>();
        (run.Scope, run.LimitedTo).ShouldBe((Scope.Partial, $"what was neither a match nor accepted in run {before.Run}: crm / notes"));
        (await migration.VerifyAsync("--since-run", run.Run)).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("there is nothing to look at again");
        (await migration.VerifyAsync("--since-run", before.Run, "--entity", "whole")).ShouldExitWith(ExitCode.Usage);
        (await migration.VerifyAsync("--since-run", "2001")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("there is no such run");
    }

    [Fact]
    public async Task What_a_fix_has_not_mended_is_still_a_mismatch()
    {
        await using var migration = await CommandMigration.CreateAsync();
        migration.AddEntity("whole", "cases");
        await migration.Target.ExecuteAsync("DELETE FROM cases WHERE id = 1");
        await migration.VerifyAsync();
        var run = (await migration.VerifyAsync("--since-run", "latest")).ShouldExitWith(ExitCode.NoGo).Document;
        run.Results.Where(result => result.Check == CheckNames.RecordCount).Select(result => (result.Entity, result.Outcome.Name)).ShouldBe([("case", "mismatch"), ("whole", "mismatch")]);
    }

    [Fact]
    public async Task What_is_new_against_an_earlier_run_stands_before_what_was_known()
    {
        await using var migration = await CommandMigration.CreateAsync();
        await migration.OnBothAsync("CREATE TABLE notes (id int)");
        await migration.OnBothAsync("CREATE TABLE tags (id int)");
        migration.AddEntity("notes");
        migration.AddEntity("tags");
        await migration.Target.ExecuteAsync("DELETE FROM cases WHERE id = 1");
        await migration.Target.ExecuteAsync("INSERT INTO tags VALUES (1)");
        var first = (await migration.VerifyAsync("--label", "dry-run-1")).Document.Run;
        await migration.Target.ExecuteAsync("DELETE FROM tags");
        await migration.Target.ExecuteAsync("INSERT INTO notes VALUES (1)");

        var text = (await migration.RunAsync("verify", "--label", "dry-run-2", "--against", first, "--window", "2h", "--output", "report")).ShouldExitWith(ExitCode.NoGo);
        string[] order = [$"New against dry-run-1 (run {first}):", "1 extra in the target", $"Known from dry-run-1 (run {first}):", "1 missing in the target", $"Gone since dry-run-1 (run {first}):", "tags"];
        order.Select(part => text.Output.IndexOf(part, StringComparison.Ordinal)).ShouldBeInOrder();
        order.ShouldAllBe(part => text.Output.Contains(part));
        text.LastLine.ShouldBe("NO-GO");
        text.Error.ShouldMatch("(?m)^By dry-run-1: would finish at [0-9]{2}:[0-9]{2}, window ends [0-9]{2}:[0-9]{2} \\(UTC\\)\\.");
        var page = await File.ReadAllTextAsync(Directory.EnumerateFiles(migration.Folder.At("report"), "*.html").ShouldHaveSingleItem());
        page.ShouldContain("Against dry-run-1");
        page.ShouldContain("would finish at ");

        var json = JsonNode.Parse((await migration.RunAsync("runs", "show", "latest", "--against", first, "--format", "json")).ShouldExitWith(ExitCode.NoGo).Output)!;
        string[] Of(string list) => [.. json["against"]![list]!.AsArray().Select(result => result!["entity"]!.GetValue<string>()).Distinct()];
        (Of("new").Single(), Of("known").Single(), Of("gone").Single()).ShouldBe(("notes", "case", "tags"));
        json["forecast"]!["by"]!.GetValue<string>().ShouldBe(first);
        JsonNode.Parse((await migration.RunAsync("runs", "show", "latest", "--format", "json")).Output)!["against"].ShouldBeNull("What a run is held against is a matter of showing it.");
        (await migration.RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Done);
    }

    [Fact]
    public async Task A_run_is_held_against_none_that_is_unknown()
    {
        await using var migration = await CommandMigration.CreateAsync();
        (await migration.VerifyAsync("--against", "latest")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("--against latest: there is no such run");
        await migration.VerifyAsync();
        (await migration.RunAsync("runs", "show", "latest", "--against", "2001")).ShouldExitWith(ExitCode.Usage);
    }

    [Fact]
    public async Task A_mismatch_says_when_it_was_last_proven_good_and_first_seen_bad()
    {
        await using var migration = await CommandMigration.CreateAsync();
        var good = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done).Document;
        good.Results.ShouldAllBe(result => result.Exposure == null);
        await migration.Target.ExecuteAsync("DELETE FROM cases WHERE id <= 2");
        var bad = (await migration.VerifyAsync()).Document;
        var later = await migration.VerifyAsync();
        foreach (var run in new[] { bad, later.Document })
        {
            var exposure = run.Results.Single(result => result.Check == CheckNames.RecordCount).Exposure;
            exposure.ShouldBe(new Exposure(good.Run, good.Started, bad.Run, bad.Finished!.Value, 2));
        }
        JsonNode.Parse(later.Output)!["results"]![0]!["exposure"]!["lastGood"]!.GetValue<string>().ShouldBe(good.Run);
        (await migration.RunAsync("runs", "show", "latest")).Output.ReplaceLineEndings(" ").ShouldContain("Last proven good in run");
    }
}

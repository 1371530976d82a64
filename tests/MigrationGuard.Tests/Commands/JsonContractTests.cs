using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Commands;

/// <summary>What <c>--format json</c> promises to those who read it by program: <c>migrationguard.run/1</c>.</summary>
public sealed class JsonContractTests
{
    private static readonly string[] OfARun = ["schema", "run", "verdict", "scope", "uncovered", "excluded", "started", "finished", "results"];

    private static readonly string[] OfAResult =
        ["comparison", "entity", "check", "outcome", "source", "target", "findings", "reason", "acceptedBy", "narrowed", "seconds"];

    private static readonly string[] Checks = ["record-count", "entity-breakdown", "last-timestamp"];

    [Fact]
    public async Task Standard_output_is_one_document_and_nothing_else()
    {
        await using var migration = await CommandMigration.CreateAsync();
        var run = await migration.VerifyAsync("--output", "report");
        JsonNode.Parse(run.Output)!["schema"]!.GetValue<string>().ShouldBe("migrationguard.run/1");
        run.Error.ShouldContain("Report: ");
        run.Error.ShouldContain(" planned, about");
    }

    [Fact]
    public async Task A_run_has_every_field_of_the_contract()
    {
        await using var migration = await CommandMigration.CreateAsync();
        var run = JsonNode.Parse((await migration.VerifyAsync()).Output)!.AsObject();
        Names(run).Intersect(OfARun).ShouldBe(OfARun);
        run["verdict"]!.GetValue<string>().ShouldBe("GO");
        run["scope"]!.GetValue<string>().ShouldBe("full");
        run["uncovered"]!.AsArray().ShouldBeEmpty();
        run["excluded"]!.AsArray().ShouldBeEmpty();
        run["finished"]!.GetValue<DateTimeOffset>().ShouldBeGreaterThanOrEqualTo(run["started"]!.GetValue<DateTimeOffset>());
    }

    [Fact]
    public async Task A_result_has_every_field_of_the_contract_those_that_are_null_included()
    {
        await using var migration = await CommandMigration.CreateAsync();
        migration.AddEntity("nowhere");
        await migration.Target.ExecuteAsync("DELETE FROM cases WHERE id = 12");
        var results = JsonNode.Parse((await migration.VerifyAsync()).Output)!["results"]!.AsArray();
        foreach (var result in results)
            Names(result!.AsObject()).Intersect(OfAResult).ShouldBe(OfAResult);
        var missing = results.Single(result => result!["entity"]!.GetValue<string>() == "nowhere")!;
        missing["outcome"]!.GetValue<string>().ShouldBe("not-checked");
        missing["source"].ShouldBeNull();
        missing["target"].ShouldBeNull();
        missing["acceptedBy"].ShouldBeNull();
        missing["reason"]!.GetValue<string>().ShouldNotBeNullOrEmpty();
        var count = results.First(result => result!["entity"]!.GetValue<string>() == TestMigration.Entity)!;
        count["reason"].ShouldBeNull();
    }

    [Fact]
    public async Task Each_check_says_what_it_measured_and_found()
    {
        await using var migration = await CommandMigration.CreateAsync();
        await migration.Target.ExecuteAsync("DELETE FROM cases WHERE id = 12");
        var results = JsonNode.Parse((await migration.VerifyAsync()).Output)!["results"]!.AsArray();
        results.Select(result => result!["check"]!.GetValue<string>()).Distinct().ShouldBe(Checks, ignoreOrder: true);

        var count = OfCheck(results, "record-count");
        count["source"]!["rows"]!.GetValue<long>().ShouldBe(12);
        count["target"]!["rows"]!.GetValue<long>().ShouldBe(11);
        var finding = count["findings"]!.AsArray().ShouldHaveSingleItem()!;
        finding["kind"]!.GetValue<string>().ShouldBe("missing-in-target");
        finding["count"]!.GetValue<long>().ShouldBe(1);

        var breakdown = OfCheck(results, "entity-breakdown");
        breakdown["by"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldBe("state");
        breakdown["source"]!["groups"]!.GetValue<long>().ShouldBe(3);
        var group = breakdown["findings"]!.AsArray().ShouldHaveSingleItem()!;
        group["kind"]!.GetValue<string>().ShouldBe("group-differs");
        group["group"]!.AsArray().ShouldHaveSingleItem()!.GetValue<long>().ShouldBe(0);
        (group["source"]!.GetValue<long>(), group["target"]!.GetValue<long>()).ShouldBe((4, 3));

        var newest = OfCheck(results, "last-timestamp");
        newest["source"]!["newestCreatedOn"]!.GetValue<string>().ShouldStartWith("2025-01-12T10:00:00");
        newest["target"]!["newestModifiedOn"]!.GetValue<string>().ShouldStartWith("2025-02-11T11:30:00");
        newest["findings"]!.AsArray().ShouldAllBe(difference => difference!["kind"]!.GetValue<string>() == "timestamp-differs");
    }

    [Fact]
    public async Task The_document_reads_back_to_the_run_that_the_ledger_holds()
    {
        await using var migration = await CommandMigration.CreateAsync();
        await migration.Source.ExecuteAsync("CREATE TABLE forgotten (id int)");
        migration.AddEntity("nowhere");
        await migration.Target.ExecuteAsync("UPDATE cases SET status = NULL, created_on = '2026-01-01 00:00:00' WHERE id = 3");
        var shown = await migration.VerifyAsync("--label", "dry run 2");
        var written = JsonSerializer.Serialize(shown.Document, LedgerJson.Readable);
        written.ReplaceLineEndings("\n").Trim().ShouldBe(shown.Output.ReplaceLineEndings("\n").Trim());
        var kept = await migration.RunAsync("runs", "show", "latest", "--format", "json");
        kept.Output.ShouldBe(shown.Output);
        kept.ExitCode.ShouldBe(shown.ExitCode);
    }

    [Fact]
    public async Task A_group_of_rows_without_a_value_is_null_and_not_a_word()
    {
        await using var migration = await CommandMigration.CreateAsync();
        await migration.Target.ExecuteAsync("UPDATE cases SET state = NULL WHERE id = 3");
        var findings = (await migration.VerifyAsync()).Document.Results
            .First(result => result.Check == CheckNames.EntityBreakdown).ShouldMismatch();
        findings.ShouldContain(finding => finding.Group![0].IsNull);
    }

    [Theory]
    [InlineData("GO", null)]
    [InlineData("NO-GO", "DELETE FROM cases WHERE id = 1")]
    [InlineData("INCOMPLETE", "DROP TABLE cases")]
    public async Task Text_ends_with_the_verdict_alone_on_the_last_line(string verdict, string? onTheTarget)
    {
        await using var migration = await CommandMigration.CreateAsync();
        if (onTheTarget is not null)
            await migration.Target.ExecuteAsync(onTheTarget);
        (await migration.RunAsync("verify")).LastLine.ShouldBe(verdict);
        (await migration.RunAsync("runs", "show", "latest")).LastLine.ShouldBe(verdict);
    }

    [Fact]
    public async Task What_is_not_a_terminal_gets_no_colours_and_no_cursor_movements()
    {
        await using var migration = await CommandMigration.CreateAsync();
        var run = await migration.RunAsync("verify");
        run.Output.ShouldNotContain("\u001b");
        run.Error.ShouldNotContain("\u001b");
    }

    [Fact]
    public async Task Names_that_mean_something_to_the_console_or_to_HTML_are_shown_as_they_are()
    {
        await using var migration = await CommandMigration.CreateAsync();
        migration.Comparison.Entities["[red]<script>&"] = migration.Cases;
        migration.Comparison.Entities.Remove(TestMigration.Entity);
        var run = (await migration.RunAsync("verify", "--output", "report")).ShouldExitWith(ExitCode.Done);
        run.Output.ShouldContain("[red]<script>&");
        var report = Directory.EnumerateFiles(migration.Folder.At("report"), "*.html").ShouldHaveSingleItem();
        (await File.ReadAllTextAsync(report)).ShouldNotContain("<script>&");
    }

    private static IEnumerable<string> Names(JsonObject json) => json.Select(member => member.Key);

    private static JsonNode OfCheck(JsonArray results, string check) => results.First(result => result!["check"]!.GetValue<string>() == check)!;
}

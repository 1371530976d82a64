using System.Text.RegularExpressions;
using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.Records;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Retention.Records;

/// <summary>The shipped retention codes, over records that keep them and break them.</summary>
public sealed class RetentionPresetTests
{
    // The shipped codes and their periods, as the assessment's recommendation 2 states them.
    private static readonly Dictionary<string, int> Months = new()
    {
        ["8.18"] = 24, ["8.19"] = 24, ["8.20"] = 9, ["8.21"] = 72, ["12.1"] = 24, ["3.7"] = 24, ["8.8"] = 24, ["8.9"] = 72,
        ["8.15"] = 72, ["10.6"] = 72, ["8.2"] = 24, ["9.1"] = 24, ["9.2"] = 24, ["9.3"] = 24, ["14.3"] = 72,
    };

    private static readonly string[] Seen = [.. Months.Keys.Where(code => code != "8.19")];

    public static TheoryData<string> Codes => [.. Seen];

    [Fact]
    public async Task Each_code_is_kept_by_records_a_day_younger_than_its_period()
    {
        await using var folder = await UsualAsync();
        var run = await folder.VerifyAsync(ExitCode.Done);
        var results = run.Results;
        results.Where(result => result.Outcome is CheckOutcome.Match).Select(result => result.Check).ShouldBe(Seen.Select(RecordVerification.RetentionOf), ignoreOrder: true);
        results.Count.ShouldBe(Seen.Length);
        var paper = run.Excluded.ShouldHaveSingleItem();
        (paper.Comparison, paper.Table).ShouldBe(("records", "retention:8.19"));
        paper.Reason!.ShouldContain("certificate of destruction");
        results.ShouldAllBe(result => result.Proves!.Contains("recommendation 2"));
    }

    [Fact]
    public async Task What_no_database_holds_is_shown_with_what_would_show_it()
    {
        await using var folder = await UsualAsync();
        const string words = "certificate of destruction for the paper files";
        var text = (await folder.RunAsync("records", "verify", "--output", "report")).ShouldExitWith(ExitCode.Done);
        text.Output.ReplaceLineEndings(" ").ShouldContain("retention:8.19");
        var page = Directory.EnumerateFiles(folder.Working.At("report"), "*.html").Select(File.ReadAllText).ShouldHaveSingleItem();
        page.ShouldContain("What was left out");
        page.ShouldContain(words);

        folder.Options.Records.Codes["8.19"] = new RetentionCodeOptions { Years = 2 };
        (await folder.VerifyAsync(ExitCode.Incomplete)).Results.Of("retention:8.19").ShouldNotBeChecked().ShouldStartWith("No entity covers this code.");
    }

    [Theory, MemberData(nameof(Codes))]
    public async Task A_record_past_the_period_of_a_code_breaks_that_code_alone(string code)
    {
        await using var folder = await UsualAsync();
        await folder.Live.ExecuteAsync($"UPDATE cases SET closed = '{RecordTables.Now.AddMonths(-Months[code]).AddDays(-2):yyyy-MM-dd HH:mm:ss}' WHERE state = {Array.IndexOf(Seen, code)}");
        (await folder.VerifyAsync(ExitCode.NoGo)).Results.Where(result => result.Outcome is CheckOutcome.Mismatch).ShouldHaveSingleItem().Check.ShouldBe("retention:" + code);
    }

    [Fact]
    public void Each_is_a_proof_that_a_commitment_asks_for_and_no_commitment_asks_for_another()
    {
        var asked = File.ReadAllText(RepositoryRoot.At("src", "MigrationGuard.Evidence", "Commitments", CommitmentFile.ShippedName));
        Regex.Matches(asked, "\"retention:([0-9.]+)\"").Select(match => match.Groups[1].Value).ShouldBe(Seen, ignoreOrder: true);
    }

    [Fact]
    public async Task A_code_that_no_entity_covers_leaves_the_run_incomplete()
    {
        await using var folder = await UsualAsync();
        folder.Options.Records.Entities.Remove("of-3.7");
        (await folder.VerifyAsync(ExitCode.Incomplete)).Results.Of("retention:3.7").ShouldNotBeChecked().ShouldStartWith("No entity covers this code.");
    }

    [Fact]
    public async Task What_the_configuration_says_itself_counts_in_the_place_of_the_preset()
    {
        await using var folder = await UsualAsync();
        folder.Options.Records.Codes["8.20"] = new RetentionCodeOptions { Months = 8 };
        (await folder.VerifyAsync(ExitCode.NoGo)).Results.Of("retention:8.20").ShouldMismatch();
    }

    [Fact]
    public async Task A_period_that_is_another_than_the_presets_is_said_with_both_and_one_that_is_as_long_is_not()
    {
        await using var folder = await UsualAsync();
        folder.Options.Records.Codes["12.1"] = new RetentionCodeOptions { Years = 200 };
        const string told = "Code 12.1 is of 200 years in the configuration, and of 2 years in a preset that it names: what is found is held against 200 years.";
        var results = (await folder.VerifyAsync(ExitCode.Done)).Results;
        results.Of("retention:12.1").Narrowed.ShouldContain(told);
        results.Where(result => result.Check != "retention:12.1").SelectMany(result => result.Narrowed).ShouldNotContain(sentence => sentence.Contains("in the configuration", StringComparison.Ordinal));
        (await folder.RunAsync("check-config")).ShouldExitWith(ExitCode.Done).Output.ShouldContain(told);

        folder.Options.Records.Codes["12.1"] = new RetentionCodeOptions { Months = 24 };
        (await folder.VerifyAsync(ExitCode.Done)).Results.Of("retention:12.1").Narrowed.ShouldNotContain(sentence => sentence.Contains("in the configuration", StringComparison.Ordinal));
        (await folder.RunAsync("check-config")).ShouldExitWith(ExitCode.Done).Output.ShouldNotContain("in the configuration");
        folder.Options.Records.Codes["12.1"] = new RetentionCodeOptions { Days = 731 };
        (await folder.VerifyAsync(ExitCode.Done)).Results.Of("retention:12.1").Narrowed.ShouldContain(sentence => sentence.Contains("of 731 days in the configuration, and of 2 years", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_code_that_no_preset_has_is_told_with_its_place()
    {
        await using var folder = await UsualAsync();
        folder.Options.Records.Entities["of-3.7"].Code = "3.77";
        const string told = "Records:Entities:of-3.7:Code: names 3.77, which is no retention code. Did you mean 3.7?";
        (await folder.RunAsync("records", "verify")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain(told);
        (await folder.RunAsync("check-config")).ShouldExitWith(ExitCode.Usage).Output.ShouldContain(told);
    }

    [Theory]
    [InlineData("none.json", null, "Records:Presets: names none.json, which is neither beside the configuration nor beside the program. Correct it; retention-codes.json comes with the program.")]
    [InlineData("own.json", "{ \"Codes\": { \"a\": { \"Yaers\": 2 } } }", "own.json, Codes:a:Yaers: is not a known option. Did you mean Years?")]
    [InlineData("own.json", "{ \"Codes\": { \"a\": { \"Title\": \"x\" } } }", "Records:Codes:a: says no period.")]
    public async Task A_preset_that_cannot_be_used_is_told_with_its_place(string preset, string? text, string told)
    {
        await using var folder = await UsualAsync();
        if (text is not null)
            File.WriteAllText(folder.Working.At(preset), text);
        folder.Options.Records.Presets = ["retention-codes.json", preset];
        (await folder.RunAsync("records", "verify")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain(told);
        (await folder.RunAsync("check-config")).ShouldExitWith(ExitCode.Usage).Output.ShouldContain(told);
    }

    // A record of every code, told apart by its state, a day from the end of its period.
    private static async Task<RecordsFolder> UsualAsync()
    {
        var folder = await RecordsFolder.CreateAsync();
        folder.Options.Records = new RecordsOptions { Presets = ["retention-codes.json"] };
        await folder.Live.ExecuteAsync("DELETE FROM cases");
        foreach (var (state, code) in Seen.Index())
        {
            await folder.Live.ExecuteAsync($"INSERT INTO cases VALUES ('{state}', {state}, 'x', '{RecordTables.Now.AddMonths(-Months[code]).AddDays(1):yyyy-MM-dd HH:mm:ss}', {state})");
            folder.Options.Records.Entities["of-" + code] = new RetainedEntityOptions { Code = code, Database = "new", Table = "cases", CountsFrom = "closed", Where = { ["state"] = new FieldValues([$"{state}"]) } };
        }
        return folder;
    }
}

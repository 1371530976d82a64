using MigrationGuard.Ledger.Runs;
using MigrationGuard.Retention.FileStores;
using MigrationGuard.Retention.Inventory;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Retention.FileStores;

/// <summary><c>files verify</c>, from the configuration to the ledger.</summary>
public sealed class FilesCommandTests
{
    [Fact]
    public async Task A_report_without_a_place_is_refused_before_anything_is_read()
    {
        using var folder = new FilesFolder();
        await File.WriteAllTextAsync(folder.Working.At("taken"), "a file");
        (await folder.RunAsync("files", "verify", "--output", "taken")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("--output taken: the directory cannot be made");
        File.Exists(folder.Working.At("migrationguard.db")).ShouldBeFalse();
        (await folder.RunAsync("files", "verify", "--output", "made/below")).ShouldExitWith(ExitCode.Done);
        Directory.EnumerateFiles(folder.Working.At("made/below")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Files_that_are_as_promised_are_GO_and_the_ledger_holds_the_run()
    {
        using var folder = new FilesFolder();
        var run = await folder.VerifyAsync(ExitCode.Done);
        (run.Verdict, run.Kind, run.Scope).ShouldBe((Verdict.Go, RunKinds.Files, Scope.Full));
        run.Results.Select(result => (result.Comparison, result.Entity, result.Check)).ShouldBe([("files", "new", "files:moved"), ("files", "new", "files:kept")]);
        run.Results[0].Proves.ShouldBe("Letters arrive whole.");
        (await folder.RunAsync("runs", "show", "latest")).ShouldExitWith(ExitCode.Done).Output.ShouldContain("All 2 checks found what was promised to be so.");
        (await folder.RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Done);
    }

    [Fact]
    public async Task A_file_that_did_not_arrive_is_NO_GO_and_named_nowhere()
    {
        using var folder = new FilesFolder();
        File.Delete(folder.Working.At("new/Doe-Jane.txt"));
        folder.Write("new/other.txt", "other");
        var text = (await folder.RunAsync("files", "verify", "--label", "night 1", "--output", "report")).ShouldExitWith(ExitCode.NoGo);
        text.Output.ShouldContain("1 file missing in the target.");
        folder.Working.FilesHolding("Doe").ShouldBeEmpty();
        (text.Output + text.Error).ShouldNotContain("Doe");
        Directory.EnumerateFiles(folder.Working.At("report")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Paths_are_revealed_to_whoever_asks_and_the_ledger_says_to_whom()
    {
        using var folder = new FilesFolder();
        File.Delete(folder.Working.At("new/Doe-Jane.txt"));
        folder.Write("new/other.txt", "other");
        (await folder.RunAsync("files", "verify", "--reveal")).ShouldExitWith(ExitCode.NoGo).Output.ShouldContain("files:moved  missing-in-target  Doe-Jane.txt");
        folder.Working.FilesHolding("Doe").ShouldBeEmpty();
        var entries = (await folder.RunAsync("ledger", "export")).ShouldExitWith(ExitCode.Done).Output;
        entries.ShouldContain("values-revealed");
        (await folder.RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Done);
    }

    [Fact]
    public async Task Nothing_is_revealed_where_nothing_is_found_or_JSON_is_asked_for()
    {
        using var folder = new FilesFolder();
        (await folder.RunAsync("files", "verify", "--reveal")).ShouldExitWith(ExitCode.Done).Output.ShouldNotContain("Doe");
        (await folder.RunAsync("ledger", "export")).Output.ShouldNotContain("values-revealed");
        (await folder.RunAsync("files", "verify", "--reveal", "--format", "json")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("Leave out --format json.");
    }

    [Fact]
    public async Task A_line_end_in_a_name_makes_no_second_line()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new FilesFolder();
        folder.Write("old/two\nGO.txt", "two");
        (await folder.RunAsync("files", "verify", "--reveal")).ShouldExitWith(ExitCode.NoGo).Output.ShouldContain("two[U+000A]GO.txt");
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_is_INCOMPLETE_and_one_broken_promise_is_NO_GO_all_the_same()
    {
        using var folder = new FilesFolder();
        folder.Options.Files.Stores["old"].Folder = "gone";
        var run = await folder.VerifyAsync(ExitCode.Incomplete);
        run.Results[0].ShouldNotBeChecked().ShouldContain("does not exist");
        run.Results[1].ShouldMatch();

        folder.Write("new/past.txt", "past", FileTrees.Now.AddYears(-7));
        (await folder.VerifyAsync(ExitCode.NoGo)).Results[1].ShouldMismatch();
    }

    [Fact]
    public async Task Without_a_promise_there_is_nothing_to_do_and_it_says_so()
    {
        using var folder = new FilesFolder();
        folder.Options.Files.Comparisons.Clear();
        folder.Options.Files.Retention.Clear();
        (await folder.RunAsync("files", "verify")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("Files holds no promise");
    }

    [Fact]
    public async Task Secrets_of_stores_reach_neither_the_ledger_nor_a_message()
    {
        using var folder = new FilesFolder();
        folder.Options.Files.Stores["cloud"] = new FileStoreOptions { Container = "http://127.0.0.1:9/account/container", Credential = StorageCredential.Sas, SharedAccessSignature = "sv=2023&sig=Canary4711%3D" };
        var shown = (await folder.RunAsync("files", "verify")).ShouldExitWith(ExitCode.Done);
        (shown.Output + shown.Error).ShouldNotContain("Canary4711");
        folder.Working.FilesHolding("Canary4711").ShouldBe([folder.Working.At("appsettings.json")]);
    }

    [Fact]
    public async Task A_run_over_files_is_no_run_to_verify_since()
    {
        using var folder = new FilesFolder();
        await folder.VerifyAsync(ExitCode.Done);
        (await folder.RunAsync("verify", "--since-run", "latest")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("looked at files and compared no databases");
    }
}
